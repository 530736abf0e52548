"""Zones and systems from tables: with what belongs to them, added to, refused with the reason, taken back."""

import pytest

from trunnion.assets.commands import asset_batch, location_batch
from trunnion.assets.models import AssetGroup, AssetGroupMember, LocationGroup, LocationGroupMember
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import AssetLine, LocationLine
from trunnion.integrations.tabular.several import parts_of
from trunnion.integrations.tests.builders import door

from .builders import applied, brought, counts, csv_of, reasons, undone

SYSTEMS = [
    ["系统名称", "系统编码", "类别", "包含设备"],
    ["冷冻水", "CHW", "暖通", "A-1；2号泵"], ["蒸汽", "", "", "泵, 备用"], ["压缩空气", "", "", ""],
]  # fmt: skip
ZONES = [
    ["分区", "分区编码", "包含位置"],
    ["一号防火分区", "FZ-1", "一厂 > 泵房、一厂 > 配电室"],
    ["租区A", "", "泵房"],
]


@pytest.fixture
def ctx(tenant):
    ctx = door(tenant)
    stock(ctx)
    return ctx


def stock(ctx) -> None:
    """Pumps and rooms."""
    asset_batch.ensure_many(
        ctx, [AssetLine("1号泵", number="A-1"), AssetLine("2号泵"), AssetLine("泵, 备用"), AssetLine("3号泵")]
    )
    lines = [LocationLine(LocationKind.SITE, "一厂")]
    lines += [LocationLine(LocationKind.SPACE, name, parent_line=0) for name in ("泵房", "配电室")]
    location_batch.ensure_many(ctx, lines)


def inside(ctx) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {
        name: set() for name in AssetGroup.objects.of(ctx).values_list("name", flat=True)
    }
    for name, member in AssetGroupMember.objects.of(ctx).values_list("group__name", "asset__name"):
        found[name].add(member)
    return found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A", ["A"]),
        ("A, B，C", ["A", "B", "C"]),
        ("a, b; c", ["a, b", "c"]),
        ("A、A\nB|", ["A", "B"]),
        (" ; ", []),
    ],
)
def test_a_cell_is_divided(text, parts):
    assert parts_of(text) == parts


def test_systems_come_in_with_their_assets_and_back(ctx):
    run = brought(ctx, csv_of(SYSTEMS), "asset_groups")
    assert {one["heading"] for one in run.mapping["suggestions"] if one["field"]} == set(SYSTEMS[0])
    run = applied(ctx, run)
    assert counts(run) == (3, 0, 0, 0), reasons(ctx, run)
    assert inside(ctx) == {"冷冻水": {"1号泵", "2号泵"}, "蒸汽": {"泵, 备用"}, "压缩空气": set()}
    assert counts(brought(ctx, csv_of(SYSTEMS), "asset_groups")) == (0, 0, 3, 0)
    more = [["系统编码", "包含设备"], ["CHW", "3号泵"]]
    added = brought(ctx, csv_of(more), "asset_groups")
    assert counts(added) == (0, 1, 0, 0), reasons(ctx, added)
    added = applied(ctx, added)
    assert inside(ctx)["冷冻水"] == {"1号泵", "2号泵", "3号泵"}
    assert undone(ctx, added).undone["kept"] == []
    assert inside(ctx)["冷冻水"] == {"1号泵", "2号泵"}
    assert undone(ctx, run).undone["kept"] == []
    assert not AssetGroup.objects.of(ctx).exists()


def test_zones_come_in_with_their_places_and_back(ctx):
    run = applied(ctx, brought(ctx, csv_of(ZONES), "location_groups"))
    assert counts(run) == (2, 0, 0, 0), reasons(ctx, run)
    rows = LocationGroupMember.objects.of(ctx).values_list("group__name", "location__name")
    assert sorted(rows) == [("一号防火分区", "泵房"), ("一号防火分区", "配电室"), ("租区A", "泵房")]
    assert counts(brought(ctx, csv_of(ZONES), "location_groups")) == (0, 0, 2, 0)
    assert undone(ctx, run).undone["kept"] == []
    assert not LocationGroup.objects.of(ctx).exists()


def test_members_that_are_not_there_are_named_one_by_one(ctx):
    rows = [SYSTEMS[0], ["冷冻水", "", "", "A-1; A-77; 9号泵"], ["冷冻水", "", "", ""], ["", "X", "", ""]]
    run = brought(ctx, csv_of(rows), "asset_groups")
    assert reasons(ctx, run) == {
        2: [("asset_ids", "table.not_found"), ("asset_ids", "table.not_found")],
        4: [("name", "table.missing")],
    }
    assert counts(applied(ctx, run))[:2] == (1, 0)
    assert inside(ctx) == {"冷冻水": set()}
