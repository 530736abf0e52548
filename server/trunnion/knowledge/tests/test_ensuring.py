"""Codes are brought in many at once: found in their list, added at its end, refused line by line."""

import pytest

from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.knowledge import commands, queries
from trunnion.knowledge.models import FailureCode
from trunnion.knowledge.types import CodeLine, CodeList


@pytest.fixture
def ctx(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


def test_codes_are_found_in_their_list_and_what_is_empty_stays(ctx, django_assert_max_num_queries):
    lines = [
        CodeLine(CodeList.MODE, "FTS", name_zh="启动不了"),
        CodeLine(CodeList.CAUSE, "ZZ1", name_zh="人为破坏"),
        CodeLine(CodeList.MODE, "ZZ1", name_en="Blocked in", classes=["PU"]),
        CodeLine(CodeList.MODE, "ZZ2", name_en="Sticks", name_zh="卡滞"),
    ]
    before = FailureCode.objects.of(ctx).get(list="mode", code="FTS")
    with django_assert_max_num_queries(30):
        done = commands.ensure_many(ctx, lines)
    assert (done.created, done.changed, done.same) == (3, 1, 0)
    after = FailureCode.objects.of(ctx).get(list="mode", code="FTS")
    assert (after.name_zh, after.name_en, after.classes) == ("启动不了", before.name_en, before.classes)
    own = FailureCode.objects.of(ctx).get(id=done.ids[2])
    assert (own.name_zh, own.classes, own.is_shipped) == ("Blocked in", ["PU"], False)
    offered = [card.code for card in queries.failure_codes(ctx, CodeList.MODE, "PU")]
    assert offered[-4:] == ["ZZ1", "ZZ2", "OTH", "UNK"]
    assert commands.ensure_many(ctx, lines).same == 4


def test_a_retired_code_is_reworded_and_stays_retired(ctx):
    row = FailureCode.objects.of(ctx).get(list="mode", code="FTS")
    commands.archive(ctx, row.id)
    commands.ensure_many(ctx, [CodeLine(id=row.id, name_en="Will not start")])
    after = FailureCode.objects.of(ctx).get(id=row.id)
    assert after.name_en == "Will not start"
    assert after.archived_at is not None


@pytest.mark.parametrize(
    ("line", "pointer", "why"),
    [
        (CodeLine(CodeList.MODE, "ZZ9"), "/lines/1/name_en", "failure_code.name_needed"),
        (CodeLine(None, "ZZ9", name_en="x"), "/lines/1/list", "field.missing"),
        (CodeLine(CodeList.MODE, name_en="x"), "/lines/1/code", "field.missing"),
        (CodeLine(id=uuid7(), name_en="x"), "/lines/1/id", "reference_unknown"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(ctx, line, pointer, why):
    before = FailureCode.objects.of(ctx).count()
    with pytest.raises(Invalid) as refused:
        commands.ensure_many(ctx, [CodeLine(CodeList.MODE, "ZZ8", name_en="New"), line])
    assert [(e.pointer, e.code) for e in refused.value.errors] == [(pointer, why)]
    assert FailureCode.objects.of(ctx).count() == before


def test_only_those_who_keep_codes_bring_them_in(tenant):
    enter_organisation(tenant.id)
    with pytest.raises(NotGranted):
        commands.ensure_many(tenant.person("engineer"), [CodeLine(CodeList.MODE, "X", name_en="X")])
