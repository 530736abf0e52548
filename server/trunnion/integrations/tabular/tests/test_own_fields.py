"""Fields of one's own come in with a table: known by their names, converted, compared, refused by their own reasons."""

from datetime import date
from decimal import Decimal

import pytest

from trunnion.assets.commands import asset
from trunnion.assets.models import Asset
from trunnion.attach.commands import custom_field
from trunnion.attach.custom.reading import detail
from trunnion.catalog.commands import equipment_class
from trunnion.integrations.tabular.preview import get_targets
from trunnion.integrations.tests.builders import door
from trunnion.kernel.database import reading

from .builders import applied, brought, counts, csv_of, reasons, rows_of, undone

KIND = "assets.asset"
GASES = [
    {"value": "argon", "label_en": "Argon", "label_zh": "氩气"},
    {"value": "ammonia", "label_en": "Ammonia", "label_zh": "氨"},
]
HEADS = ["设备名称", "出厂编号", "介质", "Design pressure", "检定日期", "防爆"]


@pytest.fixture
def ctx(tenant):
    return door(tenant)


def define(ctx, key, value_type, en, zh, **facts):
    return custom_field.create(
        ctx, kind=KIND, key=key, value_type=value_type, label_en=en, label_zh=zh, **facts
    )


def furnish(ctx):
    define(ctx, "gas", "choice", "Gas type", "介质", choices=GASES)
    define(ctx, "pressure", "number", "Design pressure", "设计压力", unit="kPa", highest=Decimal(1000))
    define(ctx, "checked_on", "date", "Checked on", "检定日期")
    define(ctx, "is_ex", "yes_no", "Explosion proof", "防爆")


def values(ctx, serial):
    with reading(ctx.organisation_id):
        row = Asset.objects.of(ctx).get(serial=serial)
        return {one["key"]: one["value"] for one in detail(ctx, KIND, row.id)}


def test_a_new_field_is_offered_found_by_its_name_and_filled(ctx):
    with reading(ctx.organisation_id):
        before = next(one for one in get_targets(ctx)["rows"] if one["name"] == "assets")
    furnish(ctx)
    with reading(ctx.organisation_id):
        after = next(one for one in get_targets(ctx)["rows"] if one["name"] == "assets")
    assert [f["name"] for f in after["fields"]][len(before["fields"]) :] == [
        "custom.gas", "custom.pressure", "custom.checked_on", "custom.is_ex",
    ]  # fmt: skip
    rows = [
        HEADS,
        ["压缩机", "S-1", "氨", "2.5 bar", "2026/3/1", "是"],
        ["压缩机", "S-2", "Argon", "300", "", "no"],
        ["压缩机", "S-3", "", "", "", ""],
    ]
    run = applied(ctx, brought(ctx, csv_of(rows), "assets"))
    assert values(ctx, "S-1") == {
        "gas": "ammonia", "pressure": Decimal(250), "checked_on": date(2026, 3, 1), "is_ex": True,
    }  # fmt: skip
    assert values(ctx, "S-2") == {
        "gas": "argon",
        "pressure": Decimal(300),
        "checked_on": None,
        "is_ex": False,
    }
    assert set(values(ctx, "S-3").values()) == {None}
    again = brought(ctx, csv_of(rows), "assets")
    assert counts(again) == (0, 0, 3, 0)
    rows[1][3] = "3 bar"
    changed = brought(ctx, csv_of(rows), "assets")
    assert counts(changed) == (0, 1, 2, 0)
    applied(ctx, changed)
    assert values(ctx, "S-1")["pressure"] == 300
    undone(ctx, changed)
    assert values(ctx, "S-1")["pressure"] == 250
    assert run.number


def test_what_does_not_fit_is_refused_in_the_preview_by_the_fields_own_reason(ctx):
    furnish(ctx)
    rows = [HEADS, ["风机", "F-1", "氢气", "20 bar", "", ""], ["风机", "F-2", "氩气", "3", "", "也许"]]
    run = brought(ctx, csv_of(rows), "assets")
    assert counts(run) == (0, 0, 0, 2)
    assert reasons(ctx, run) == {
        2: [("custom.gas", "field.enum"), ("custom.pressure", "custom_too_high")],
        3: [("custom.is_ex", "table.not_yes_or_no")],
    }


def test_a_field_of_another_class_stays_out_and_is_said(ctx):
    pumps = equipment_class.create(ctx, code="PX", name_en="Pumps", name_zh="泵")
    define(ctx, "flow", "number", "Flow", "流量", narrowed_by="equipment_class", narrowed_to=[str(pumps.id)])
    asset.create(ctx, name="Lamp", serial="L-1")
    run = applied(
        ctx, brought(ctx, csv_of([["设备名称", "出厂编号", "流量"], ["Lamp", "L-1", "5"]]), "assets")
    )
    assert values(ctx, "L-1") == {}
    [row] = rows_of(ctx, run)
    assert [(r["field"], r["code"], r["severity"]) for r in row["reasons"]] == [
        ("custom.flow", "custom_elsewhere", "note")
    ]


def test_a_retired_field_is_no_longer_offered(ctx):
    made = define(ctx, "gas", "text", "Gas type", "介质")
    custom_field.archive(ctx, field_id=made.id)
    with reading(ctx.organisation_id):
        fields = next(one for one in get_targets(ctx)["rows"] if one["name"] == "assets")["fields"]
    assert "custom.gas" not in [f["name"] for f in fields]
