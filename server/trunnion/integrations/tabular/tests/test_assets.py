"""Assets from tables: new, changed, the same, wrong; parents in any order; taken back."""

from decimal import Decimal

import pytest

from trunnion.assets.commands import asset as assets
from trunnion.assets.models import Asset, Installation, Location, QrCode, QrToken
from trunnion.integrations.tabular.types import ColumnUse, Mapping
from trunnion.integrations.tests.builders import door

from .builders import applied, brought, counts, csv_of, detail, fresh, reasons, rows_of, undone

HEADS = ["设备编号", "设备名称", "序列号", "型号", "安装位置", "安装日期", "使用状态", "原值", "上级设备"]
MAPPING = Mapping(
    tuple(
        ColumnUse(at, field, may_create=field in ("model_id", "location_id"))
        for at, field in enumerate(
            ["tag", "name", "serial", "model_id", "location_id", "installed_on", "state", "price", "parent_id"]
        )
    ),
    constants={"currency": "CNY"}, match_on="tag",
)  # fmt: skip


def line(n: int, parent: str = "", **more: str) -> list[str]:
    facts = {"serial": f"SN{n:05d}", "state": "在用", "on": "2024年3月5日", **more}
    return [
        f"EQ-{n:03d}", f"离心泵{n}", facts["serial"], "IS100-80", "一厂区 > 1号楼 > 泵房", facts["on"], facts["state"],
        "12,500.50", parent,
    ]  # fmt: skip


@pytest.fixture
def ctx(tenant):
    return door(tenant)


def test_a_chinese_file_becomes_assets_and_comes_again_without_change(ctx):
    content = csv_of([["某厂设备台账"], [], HEADS, *(line(n) for n in range(1, 6))], "gb18030")
    run = brought(ctx, content, "assets")
    assert (run.state, run.layout["header_row"], run.layout["encoding"]) == ("checked", 3, "gb18030")
    found = {one["heading"]: one["field"] for one in run.mapping["suggestions"]}
    assert [found[head] for head in HEADS] == [
        "number", "name", "serial", "model_id", "location_id", "installed_on", "state", "price", "parent_id",
    ]  # fmt: skip
    run = brought(ctx, content, "assets", mapping=MAPPING)
    assert counts(run) == (5, 0, 0, 0), reasons(ctx, run)
    run = applied(ctx, run)
    assert (run.state, counts(run)) == ("applied", (5, 0, 0, 0))
    asset = Asset.objects.of(ctx).select_related("location", "model").get(tag="EQ-003")
    assert (asset.serial, asset.state, asset.price, asset.currency) == (
        "SN00003",
        "in_service",
        Decimal("12500.5"),
        "CNY",
    )
    assert (asset.location.name, asset.model.model_number, str(asset.installed_on)) == (
        "泵房",
        "IS100-80",
        "2024-03-05",
    )
    assert Location.objects.of(ctx).count() == 3
    again = brought(ctx, content, "assets", mapping=MAPPING)
    assert counts(again) == (0, 0, 5, 0)


def test_changed_cells_change_and_undo_puts_them_back(ctx):
    first = applied(
        ctx, brought(ctx, csv_of([HEADS, *(line(n) for n in range(1, 4))]), "assets", mapping=MAPPING)
    )
    rows = [line(1), line(2, on="2024/4/6"), line(3), line(4)]
    second = applied(ctx, brought(ctx, csv_of([HEADS, *rows]), "assets", mapping=MAPPING))
    assert counts(second) == (1, 1, 2, 0)
    assert Asset.objects.of(ctx).count() == 4
    second = undone(ctx, second)
    assert (second.state, second.undone["kept"]) == ("undone", [])
    assert str(Asset.objects.of(ctx).get(tag="EQ-002").installed_on) == "2024-03-05"
    assert Asset.objects.of(ctx).count() == 3
    first = undone(ctx, first)
    assert (first.state, first.undone["kept"]) == ("undone", [])
    for table in (Asset, Location, Installation, QrCode):
        assert table.objects.of(ctx).count() == 0
    assert QrToken.objects.filter(organisation_id=ctx.organisation_id).count() == 0


def test_what_was_touched_since_stays_and_is_named(ctx):
    run = applied(ctx, brought(ctx, csv_of([HEADS, line(1), line(2)]), "assets", mapping=MAPPING))
    touched = Asset.objects.of(ctx).get(tag="EQ-001")
    assets.edit(ctx, asset_id=touched.id, description="looked at")
    run = undone(ctx, run)
    kept = {one["id"]: one["code"] for one in run.undone["kept"]}
    assert kept[str(touched.id)] == "take_back.changed_since"
    # What it stands on and what it is stays with it.
    assert [row.tag for row in Asset.objects.of(ctx)] == ["EQ-001"]
    assert Location.objects.of(ctx).count() == 3
    assert "take_back.in_use" in set(kept.values())
    assert detail(ctx, run)["undone"]["kept"][0]["text"]


def test_parents_come_in_any_order_and_circles_are_named(ctx):
    rows = [line(1, "EQ-002"), line(2, "EQ-003"), line(3)]
    run = applied(ctx, brought(ctx, csv_of([HEADS, *rows]), "assets", mapping=MAPPING))
    assert counts(run) == (3, 0, 0, 0)
    by_tag = {row.tag: row for row in Asset.objects.of(ctx)}
    assert by_tag["EQ-001"].parent_id == by_tag["EQ-002"].id
    assert by_tag["EQ-002"].parent_id == by_tag["EQ-003"].id
    assert counts(brought(ctx, csv_of([HEADS, *rows]), "assets", mapping=MAPPING)) == (0, 0, 3, 0)
    circle = [line(5, "EQ-006"), line(6, "EQ-005"), line(7, "EQ-005")]
    bad = brought(ctx, csv_of([HEADS, *circle]), "assets", mapping=MAPPING)
    found = reasons(ctx, bad)
    assert found[2] == [("parent_id", "table.circle")]
    assert found[3] == [("parent_id", "table.circle")]
    assert found[4] == [("parent_id", "table.parent_wrong")]
    assert undone(ctx, run).undone["kept"] == []
    assert Asset.objects.of(ctx).count() == 0
    assert fresh(ctx, bad.id).state == "checked"
    assert rows_of(ctx, bad, "new") == []
