"""Positions from tables: with their places, classes and parents, changed, refused with the reason, taken back."""

import pytest

from trunnion.assets.commands import location_batch
from trunnion.assets.models import CriticalityAssessment, Location, Position
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import LocationLine
from trunnion.integrations.tabular.types import ColumnUse, Mapping
from trunnion.integrations.tests.builders import door

from .builders import applied, brought, counts, csv_of, reasons, undone

HEADS = ["位号", "名称", "位置", "上级功能位置", "设备类别", "说明"]
POSITIONS = [
    HEADS,
    ["P-101-M", "给水泵电机", "一厂 > 泵房", "P-101", "EM", ""],
    ["P-101", "一号给水泵", "一厂 > 泵房", "给水系统", "PU", "常开"],
    ["SYS", "给水系统", "一厂", "", "", ""],
]  # fmt: skip


@pytest.fixture
def ctx(tenant):
    ctx = door(tenant)
    lines = [LocationLine(LocationKind.SITE, "一厂"), LocationLine(LocationKind.SPACE, "泵房", parent_line=0)]
    location_batch.ensure_many(ctx, lines)
    return ctx


def positions(ctx) -> dict[str, tuple[str, str | None, str | None]]:
    rows = Position.objects.of(ctx).values_list(
        "code", "location__name", "parent__code", "equipment_class__code"
    )
    return {code: tuple(facts) for code, *facts in rows}


def test_positions_come_in_with_place_class_and_parent(ctx):
    run = brought(ctx, csv_of(POSITIONS), "positions")
    assert {one["heading"]: one["field"] for one in run.mapping["suggestions"]} == dict(
        zip(
            HEADS,
            ["code", "name", "location_id", "parent_id", "equipment_class_id", "description"],
            strict=True,
        )
    )
    run = applied(ctx, run)
    assert counts(run) == (3, 0, 0, 0), reasons(ctx, run)
    assert positions(ctx) == {
        "P-101-M": ("泵房", "P-101", "EM"), "P-101": ("泵房", "SYS", "PU"), "SYS": ("一厂", None, None),
    }  # fmt: skip
    changed = [HEADS, ["P-101-M", "给水泵电机", "一厂", "SYS", "", ""]]
    more = applied(ctx, brought(ctx, csv_of(changed), "positions"))
    assert (counts(more), positions(ctx)["P-101-M"]) == ((0, 1, 0, 0), ("一厂", "SYS", "EM"))
    assert undone(ctx, more).undone["kept"] == []
    assert positions(ctx)["P-101-M"] == ("泵房", "P-101", "EM")
    assert undone(ctx, run).undone["kept"] == []
    assert positions(ctx) == {}


def test_missing_places_are_made_where_that_was_allowed(ctx):
    rows = [["位号", "名称", "位置"], ["P-7", "七号泵", "二厂 > 水泵间"]]
    assert reasons(ctx, brought(ctx, csv_of(rows), "positions")) == {2: [("location_id", "table.not_found")]}
    uses = (ColumnUse(0, "code"), ColumnUse(1, "name"), ColumnUse(2, "location_id", may_create=True))
    run = applied(ctx, brought(ctx, csv_of(rows), "positions", mapping=Mapping(uses, match_on="code")))
    assert (counts(run), positions(ctx)["P-7"][0]) == ((1, 0, 0, 0), "水泵间")
    undone(ctx, run)
    assert sorted(Location.objects.of(ctx).values_list("name", flat=True)) == ["一厂", "泵房"]


def test_bad_positions_say_why(ctx):
    applied(ctx, brought(ctx, csv_of(POSITIONS), "positions"))
    rows = [
        HEADS, ["A", "甲", "", "B", "", ""], ["B", "乙", "", "A", "", ""], ["C", "丙", "三厂", "", "", ""],
        ["D", "丁", "", "无此位号", "", ""], ["E", "", "", "", "", ""], ["F", "己", "", "", "无此类别", ""],
        ["SYS", "给水系统", "", "P-101-M", "", ""], ["G", "庚", "", "", "", ""], ["g", "辛", "", "", "", ""],
    ]  # fmt: skip
    run = brought(ctx, csv_of(rows), "positions")
    assert reasons(ctx, run) == {
        2: [("parent_id", "table.circle")], 3: [("parent_id", "table.circle")],
        4: [("location_id", "table.not_found")], 5: [("parent_id", "table.not_found")], 6: [("name", "table.missing")],
        7: [("equipment_class_id", "table.not_found")], 10: [("code", "table.twice")],
    }  # fmt: skip
    # A circle with what stands already is refused by the room, row by row.
    run = applied(ctx, run)
    assert reasons(ctx, run)[8] == [("parent_id", "assets.position_cycle")]
    assert "G" in positions(ctx)


def test_how_critical_a_position_is_comes_in_as_an_assessment_of_the_day(ctx):
    heads = ["位号", "名称", "重要性"]
    rows = [heads, ["P-1", "给水泵", "A类"], ["P-2", "备用泵", ""], ["P-3", "排污泵", "次要"]]
    run = applied(ctx, brought(ctx, csv_of(rows), "positions"))
    assert counts(run) == (3, 0, 0, 0), reasons(ctx, run)
    assert levels(ctx) == {"P-1": "a", "P-2": "", "P-3": "c"}
    assert counts(brought(ctx, csv_of(rows), "positions")) == (0, 0, 3, 0)
    rows = [heads, ["P-1", "给水泵", "B"], ["P-2", "备用泵", "c"], ["P-3", "排污泵", ""], ["P-4", "泵", "D"]]
    more = applied(ctx, brought(ctx, csv_of(rows), "positions"))
    assert counts(more) == (0, 2, 1, 1)
    assert reasons(ctx, more) == {5: [("criticality", "table.not_a_choice")]}
    told = CriticalityAssessment.objects.of(ctx).order_by("id").values_list("position__code", "level")
    assert sorted(told) == [("P-1", "a"), ("P-1", "b"), ("P-2", "c"), ("P-3", "c")]
    assert undone(ctx, more).undone["kept"] == []
    assert levels(ctx) == {"P-1": "a", "P-2": "", "P-3": "c"}
    assert undone(ctx, run).undone["kept"] == []
    assert not CriticalityAssessment.objects.of(ctx).exists()


def levels(ctx) -> dict[str, str]:
    """What each position shows."""
    return dict(Position.objects.of(ctx).values_list("code", "criticality"))
