"""Whatever can be brought in can be sent out and back: a list of ours changes nothing, in either kind of file."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from trunnion.assets.commands import asset_batch, location_batch, reading
from trunnion.assets.models import Meter, MeterReading
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import AssetLine, LocationLine
from trunnion.integrations.tabular.declare import TARGETS
from trunnion.integrations.tests.builders import door
from trunnion.kernel.listing import exports, page
from trunnion.kernel.listing.columns import LISTINGS

from .builders import applied, brought, counts, csv_of, reasons
from .test_assets import HEADS, MAPPING, line
from .test_certificates import CERTIFICATES, prepare
from .test_groups import SYSTEMS, ZONES, stock
from .test_meters import METERS
from .test_parts import PARTS, prepare_parts
from .test_places import POSITIONS
from .test_targets import FILES, ORDERS, orders_mapping

COMPANIES = {
    "contacts": [
        ["公司名称", "联系人", "职务", "邮箱"], ["东海电厂", "王工", "设备部长", ""],
        ["东海电厂", "李工", "", "l@a.example"],
    ],
    "sites": [["公司名称", "站点名称", "城市", "详细地址"], ["东海电厂", "一期", "上海", "海滨路1号"]],
}  # fmt: skip
# What must stand before, and the table itself.
PREPARED = {
    "certificates": (prepare, CERTIFICATES), "asset_groups": (stock, SYSTEMS), "location_groups": (stock, ZONES),
    **{target: (prepare_parts, rows) for target, rows in PARTS.items()},
}  # fmt: skip
# In the hour that comes twice, with a fraction of a second, at midnight, and by Chinese summer time of 1990.
MOMENTS = [
    datetime(2024, 10, 27, 0, 30, tzinfo=UTC), datetime(2024, 10, 27, 1, 30, tzinfo=UTC),
    datetime(2024, 11, 1, 8, 0, 59, 999_700, tzinfo=UTC), datetime(2024, 11, 2, 16, 0, tzinfo=UTC),
    datetime(1990, 7, 1, 4, 0, tzinfo=UTC),
]  # fmt: skip


@pytest.fixture
def ctx(tenant):
    return door(tenant)


def fill(ctx, target: str) -> None:
    """Some records of the kind, brought in by tables."""
    if target == "assets":
        applied(ctx, brought(ctx, csv_of([HEADS, line(1), line(2, "EQ-001")]), "assets", mapping=MAPPING))
    elif target in COMPANIES:
        applied(ctx, brought(ctx, csv_of(FILES["parties"]), "parties"))
        applied(ctx, brought(ctx, csv_of(COMPANIES[target]), target))
    elif target == "positions":
        lines = [
            LocationLine(LocationKind.SITE, "一厂"),
            LocationLine(LocationKind.SPACE, "泵房", parent_line=0),
            LocationLine(LocationKind.SITE, "泵房"),
        ]
        location_batch.ensure_many(ctx, lines)
        applied(ctx, brought(ctx, csv_of(POSITIONS), "positions"))
    elif target in PREPARED:
        ready, rows = PREPARED[target]
        ready(ctx)
        applied(ctx, brought(ctx, csv_of(rows), target))
    elif target == "orders":
        first = brought(ctx, csv_of(ORDERS[:3]), "orders")
        applied(ctx, brought(ctx, csv_of(ORDERS[:3]), "orders", mapping=orders_mapping(first)))
    elif target in ("meters", "readings"):
        place = location_batch.ensure_many(
            ctx, [LocationLine(LocationKind.SITE, "London", zone="Europe/London")]
        ).ids[0]
        lines = [AssetLine("1号泵", serial="SN-1", location_id=place), AssetLine("2号泵")]
        asset_batch.ensure_many(ctx, lines)
        applied(ctx, brought(ctx, csv_of(METERS), "meters"))
        for asset in ("1号泵", "2号泵"):
            meter = Meter.objects.of(ctx).get(asset__name=asset, name="运行小时")
            for n, at in enumerate(sorted(MOMENTS)):
                reading.record(ctx, meter_id=meter.id, value=Decimal(n) + Decimal("0.1"), read_at=at)
    else:
        applied(ctx, brought(ctx, csv_of(FILES[target]), target))


@pytest.mark.parametrize(
    ("format_", "language", "zone"),
    [
        ("csv", "zh-CN", "Asia/Shanghai"),
        ("xlsx", "en", "Europe/London"),
        ("xlsx", "zh-CN", "America/New_York"),
    ],
)
@pytest.mark.parametrize("target", TARGETS)
def test_a_list_of_ours_sent_back_changes_nothing(ctx, tmp_path, target, format_, language, zone):
    fill(ctx, target)
    path = tmp_path / f"out.{format_}"
    told = ctx.with_(language=language, zone=zone)
    wanted = exports.write(
        told, LISTINGS[TARGETS[target].listing], page.Ask(), path, format_, lambda *_: None
    )
    run = brought(ctx, path.read_bytes(), target, path.name)
    assert wanted > 0
    assert counts(run) == (0, 0, wanted, 0), (run.failure, reasons(ctx, run))
    assert counts(applied(ctx, run)) == (0, 0, wanted, 0)


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Shanghai"])
def test_readings_go_out_as_instants_and_come_back_as_the_same(ctx, tmp_path, zone):
    fill(ctx, "readings")
    before = sorted(MeterReading.objects.of(ctx).values_list("meter__asset__name", "value", "read_at"))
    for format_ in ("csv", "xlsx"):
        path = tmp_path / f"out.{format_}"
        told = ctx.with_(language="en", zone=zone)
        exports.write(told, LISTINGS["assets.readings"], page.Ask(), path, format_, lambda *_: None)
        if format_ == "csv":
            cells = path.read_text("utf-8-sig")
            assert (
                "2024-10-27T01:30:00+01:00" if zone == "Europe/London" else "2024-10-27T08:30:00+08:00"
            ) in cells
        else:
            sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
            at = next(n for n, head in enumerate(sheet[0]) if zone in str(head))
            assert sum(isinstance(row[at], date) for row in sheet[1:]) == (
                6 if zone == "Europe/London" else 10
            )
        run = brought(ctx, path.read_bytes(), "readings", path.name)
        assert counts(run) == (0, 0, 10, 0), reasons(ctx, run)
    assert (
        sorted(MeterReading.objects.of(ctx).values_list("meter__asset__name", "value", "read_at")) == before
    )


def test_a_heading_may_say_the_zone(ctx):
    fill(ctx, "meters")
    rows = [
        ["设备", "计量表", "读数", "抄表时间 (America/New_York)"], ["SN-1", "H", "1", "2024-03-01 08:00"],
    ]  # fmt: skip
    run = applied(ctx, brought(ctx, csv_of(rows), "readings"))
    assert counts(run) == (1, 0, 0, 0), reasons(ctx, run)
    assert MeterReading.objects.of(ctx).get(value=1).read_at == datetime(2024, 3, 1, 13, tzinfo=UTC)
