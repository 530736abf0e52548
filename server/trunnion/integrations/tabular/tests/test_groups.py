"""Zones and systems from tables: with what belongs to them, added to, refused with the reason, taken back."""

import pytest
from django.db.models import Q

from trunnion.assets.commands import asset_batch, group, location_batch
from trunnion.assets.models import Asset, AssetGroup, AssetGroupMember, LocationGroup, LocationGroupMember
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import AssetLine, LocationLine
from trunnion.integrations.tabular.declare import TARGETS
from trunnion.integrations.tabular.several import parts_of
from trunnion.integrations.tests.builders import door
from trunnion.kernel.listing import exports, page
from trunnion.kernel.listing.columns import LISTINGS

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
    rows = [SYSTEMS[0], ["冷冻水", "", "", "A-1; A-77; 9号泵"], ["热水", "", "", ""], ["", "X", "", ""]]
    run = brought(ctx, csv_of(rows), "asset_groups")
    assert reasons(ctx, run) == {
        2: [("asset_ids", "table.not_found"), ("asset_ids", "table.not_found")],
        4: [("name", "table.missing")],
    }
    assert counts(applied(ctx, run))[:2] == (1, 0)
    assert inside(ctx) == {"热水": set()}


def sent_out(ctx, target: str, folder, format_: str = "csv") -> bytes:
    """The list of a kind as a file, as anybody would take it along."""
    path = folder / f"{target}.{format_}"
    exports.write(ctx, LISTINGS[TARGETS[target].listing], page.Ask(), path, format_, lambda *_: None)
    return path.read_bytes()


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.parametrize(("target", "rows"), [("asset_groups", SYSTEMS), ("location_groups", ZONES)])
def test_members_go_out_and_come_back(ctx, tmp_path, target, rows, format_):
    run = applied(ctx, brought(ctx, csv_of(rows), target))
    content, name = sent_out(ctx, target, tmp_path, format_), f"{target}.{format_}"
    mapped = brought(ctx, content, target, name)
    members = "asset_ids" if target == "asset_groups" else "location_ids"
    assert members in {one["field"] for one in mapped.mapping["suggestions"]}
    assert counts(mapped) == (0, 0, len(rows) - 1, 0), reasons(ctx, mapped)
    before = memberships(ctx)
    assert undone(ctx, run).undone["kept"] == []
    assert memberships(ctx) == []
    again = applied(ctx, brought(ctx, content, target, name))
    assert counts(again) == (len(rows) - 1, 0, 0, 0), reasons(ctx, again)
    assert memberships(ctx) == before


def memberships(ctx) -> list[tuple[str, str]]:
    """Who is in what, by names."""
    places = LocationGroupMember.objects.of(ctx).values_list("group__name", "location__name")
    return sorted([*places, *AssetGroupMember.objects.of(ctx).values_list("group__name", "asset__name")])


def test_rooms_of_one_name_are_told_by_their_way(ctx, tmp_path):
    floors = ["二厂 > 泵房", "三厂 > 泵房 > 泵房", "四; 厂 > 泵房"]
    lines = []
    for way in floors:
        for depth, name in enumerate(way.split(" > ")):
            kind = LocationKind.SPACE if depth else LocationKind.SITE
            lines.append(LocationLine(kind, name, parent_line=len(lines) - 1 if depth else None))
    ids = location_batch.ensure_many(ctx, lines).ids
    zone = group.create_zone(ctx, name="泵房们").id
    group.add_to_zone(ctx, group_id=zone, location_ids=ids)
    content = sent_out(ctx, "location_groups", tmp_path)
    assert "三厂 > 泵房 > 泵房" in content.decode("utf-8-sig")
    run = brought(ctx, content, "location_groups")
    assert counts(run) == (0, 0, 1, 0), reasons(ctx, run)
    # A bare name means several of them, all of which are in the zone.
    bare = brought(ctx, csv_of([["分区", "包含位置"], ["泵房们", "泵房"]]), "location_groups")
    assert counts(bare) == (0, 0, 1, 0), reasons(ctx, bare)
    other = brought(ctx, csv_of([["分区", "包含位置"], ["别的", "泵房"]]), "location_groups")
    assert reasons(ctx, other) == {2: [("location_ids", "table.several")]}


TWINS = [
    ["系统名称", "类别", "包含设备"], ["冷冻水", "暖通", "A-1"], ["冷冻水", "", "2号泵"], ["冷冻水", "", "3号泵"],
]  # fmt: skip


def test_systems_of_one_name_are_not_confused(ctx, tmp_path):
    for _, category, member in TWINS[1:]:
        made = group.create(ctx, name="冷冻水", category=category).id
        ids = Asset.objects.of(ctx).filter(Q(number=member) | Q(name=member)).values_list("id", flat=True)
        group.add(ctx, group_id=made, asset_ids=list(ids))
    content = sent_out(ctx, "asset_groups", tmp_path)
    run = brought(ctx, content, "asset_groups")
    assert counts(run) == (0, 0, 3, 0), reasons(ctx, run)
    # What they hold, or their category, tells them apart; a name alone does not.
    rows = [TWINS[0], ["冷冻水", "暖通", "泵, 备用"]]
    run = applied(ctx, brought(ctx, csv_of(rows), "asset_groups"))
    assert counts(run) == (0, 1, 0, 0), reasons(ctx, run)
    held = AssetGroupMember.objects.of(ctx).filter(group__category="暖通")
    assert sorted(held.values_list("asset__name", flat=True)) == ["1号泵", "泵, 备用"]
    run = brought(ctx, csv_of([["系统名称", "包含设备"], ["冷冻水", "泵, 备用; 3号泵"]]), "asset_groups")
    assert reasons(ctx, run) == {2: [("name", "table.not_told_apart")]}
    assert AssetGroup.objects.of(ctx).count() == 3


def test_two_new_systems_of_one_name_are_refused_unless_a_code_tells_them_apart(ctx):
    run = brought(ctx, csv_of(TWINS), "asset_groups")
    assert reasons(ctx, run) == {3: [("name", "table.twice")], 4: [("name", "table.twice")]}
    coded = [
        ["系统名称", "系统编码", "包含设备"], ["冷冻水", "C-1", "A-1"], ["冷冻水", "C-2", "2号泵"],
        ["冷冻水", "", "3号泵"],
    ]  # fmt: skip
    run = applied(ctx, brought(ctx, csv_of(coded), "asset_groups"))
    assert counts(run) == (3, 0, 0, 0), reasons(ctx, run)
    assert counts(brought(ctx, csv_of(coded), "asset_groups")) == (0, 0, 3, 0)
