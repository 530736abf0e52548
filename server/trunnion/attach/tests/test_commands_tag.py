"""Tags."""

import pytest

from trunnion.attach import queries
from trunnion.attach.commands import tag
from trunnion.attach.models import Tag
from trunnion.kernel.errors import Invalid, NotVisible

from .builders import KIND, record


def test_a_record_has_exactly_the_tags_that_were_put(tenant):
    ctx = tenant.owner
    tag.put(ctx, KIND, record(ctx), ["消防", "Legionella", "LEGIONELLA"])
    assert queries.tags_of(ctx, KIND, record(ctx)) == ["LEGIONELLA", "消防"]
    tag.put(ctx, KIND, record(ctx), ["legionella", "2026"])
    assert queries.tags_of(ctx, KIND, record(ctx)) == ["2026", "LEGIONELLA"]
    assert Tag.objects.of(ctx).count() == 3


def test_two_tags_differ_by_more_than_capitals(tenant):
    ctx = tenant.owner
    done = tag.create(ctx, "Ｆire", "#ff0000")
    with pytest.raises(Invalid) as refused:
        tag.create(ctx, "fire")
    assert refused.value.errors[0].pointer == "/name"
    tag.edit(ctx, done.id, name="Fire", colour="")
    assert Tag.objects.of(ctx).get(id=done.id).name == "Fire"


@pytest.mark.parametrize(("name", "colour"), [("", ""), ("a\nb", ""), ("x" * 61, ""), ("x", "red")])
def test_a_tag_is_a_short_word(tenant, name, colour):
    with pytest.raises(Invalid):
        tag.create(tenant.owner, name, colour)


def test_no_record_no_tag(tenant, other):
    with pytest.raises(NotVisible):
        tag.put(tenant.owner, KIND, record(other.owner), ["x"])


def test_a_merge_is_taken_back_with_everything_that_bore_the_tag(tenant):
    ctx = tenant.owner
    first, second = record(ctx), record(ctx, "planner")
    tag.put(ctx, KIND, first, ["Leak"])
    tag.put(ctx, KIND, second, ["Leak", "Leakage"])
    tags = {row.name: row for row in Tag.objects.of(ctx)}
    leak, leakage = tags["Leak"].id, tags["Leakage"].id
    tag.edit(ctx, leak, colour="#b42318")
    tag.merge(ctx, leak, leakage)
    assert queries.tags_of(ctx, KIND, first) == queries.tags_of(ctx, KIND, second) == ["Leakage"]
    assert queries.get_tag_uses(ctx)["uses"] == {str(leakage): {KIND: 2}}
    tag.unmerge(ctx, leak)
    assert queries.tags_of(ctx, KIND, first) == ["Leak"]
    assert queries.tags_of(ctx, KIND, second) == ["Leak", "Leakage"]
    assert Tag.objects.of(ctx).get(id=leak).colour == "#b42318"
    with pytest.raises(NotVisible):
        tag.unmerge(ctx, leak)
    with pytest.raises(NotVisible):
        tag.unmerge(ctx, leakage)


def test_a_merge_stays_where_the_name_is_taken_again(tenant):
    ctx = tenant.owner
    leak, leakage = tag.create(ctx, "Leak").id, tag.create(ctx, "Leakage").id
    tag.merge(ctx, leak, leakage)
    tag.create(ctx, "leak")
    with pytest.raises(Invalid) as refused:
        tag.unmerge(ctx, leak)
    assert refused.value.errors[0].code == "duplicate"
