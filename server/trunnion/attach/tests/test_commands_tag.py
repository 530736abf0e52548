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
