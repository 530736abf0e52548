"""Meters and readings from tables: in, in again, refused with the reason, and taken back."""

from datetime import UTC, datetime

import pytest

from trunnion.assets.commands import asset_batch, location_batch, reading
from trunnion.assets.models import Meter, MeterReading
from trunnion.assets.types.kinds import LocationKind
from trunnion.assets.types.lines import AssetLine, LocationLine
from trunnion.integrations.commands import import_run
from trunnion.integrations.tests.builders import door
from trunnion.kernel.errors import NotGranted
from trunnion.kernel.listing import exports, page
from trunnion.kernel.listing.columns import LISTINGS

from .builders import applied, brought, counts, csv_of, reasons, undone

METERS = [
    ["设备编号", "表计名称", "表计编号", "表计类型", "单位", "归零值"],
    ["SN-1", "运行小时", "H", "累计表", "h", "1000"], ["2号泵", "运行小时", "H", "累计", "h", ""],
    ["2号泵", "轴承温度", "T", "瞬时表", "Cel", ""],
]  # fmt: skip
HEADS = ["设备", "计量表", "读数", "单位", "抄表时间", "读数类型", "备注"]
READINGS = [
    HEADS,
    ["SN-1", "H", "120", "h", "2024-03-02 08:00", "", ""], ["SN-1", "H", "6000", "min", "2024-03-01 08:00", "", "早班"],
    ["2号泵", "轴承温度", "61.5", "", "2024-03-01 08:00", "", ""],
    ["SN-1", "H", "5", "", "2024-03-05 08:00", "归零", ""],
]  # fmt: skip


@pytest.fixture
def ctx(tenant):
    ctx = door(tenant)
    place = location_batch.ensure_many(
        ctx, [LocationLine(LocationKind.SITE, "London", zone="Europe/London")]
    ).ids[0]
    asset_batch.ensure_many(ctx, [AssetLine("1号泵", serial="SN-1", location_id=place), AssetLine("2号泵")])
    return ctx


@pytest.fixture
def meters(ctx):
    return applied(ctx, brought(ctx, csv_of(METERS, "gb18030"), "meters"))


def test_meters_come_in_again_and_back(ctx, meters):
    assert counts(meters) == (3, 0, 0, 0), reasons(ctx, meters)
    assert {one["heading"] for one in meters.mapping["suggestions"] if one["field"]} == set(METERS[0])
    turn = Meter.objects.of(ctx).get(asset__serial="SN-1")
    assert (turn.unit, turn.meter_kind, turn.rolls_over_at, turn.code) == ("h", "counter", 1000, "H")
    assert counts(brought(ctx, csv_of(METERS), "meters")) == (0, 0, 3, 0)
    assert undone(ctx, meters).undone["kept"] == []
    assert Meter.objects.of(ctx).count() == 0


def test_bad_meters_say_why(ctx):
    rows = [
        METERS[0], ["3号泵", "A", "A", "累计表", "h", ""], ["2号泵", "B", "B", "累计表", "furlong per", ""],
        ["2号泵", "C", "C", "瞬时表", "Cel", "10"], ["2号泵", "D", "D", "累计表", "h", ""],
        ["2号泵", "E", "D", "累计表", "h", ""],
    ]  # fmt: skip
    run = brought(ctx, csv_of(rows), "meters")
    assert reasons(ctx, run) == {
        2: [("asset_id", "table.not_found")], 3: [("unit", "table.unit_unknown")],
        4: [("rolls_over_at", "assets.gauge_rolls_not")], 6: [("code", "table.twice")],
    }  # fmt: skip


def test_readings_come_in_again_and_back(ctx, meters):
    run = brought(ctx, csv_of(READINGS), "readings")
    assert counts(run) == (4, 0, 0, 0), reasons(ctx, run)
    run = applied(ctx, run)
    assert counts(run) == (4, 0, 0, 0), reasons(ctx, run)
    first = MeterReading.objects.of(ctx).order_by("read_at", "value").last()
    assert (first.value, first.total, first.entry) == (5, 1005, "rollover")
    told = MeterReading.objects.of(ctx).get(remark="早班")
    # Minutes became hours, and the time is told in the zone of the asset's site.
    assert (told.value, told.read_at) == (100, datetime(2024, 3, 1, 8, tzinfo=UTC))
    assert Meter.objects.of(ctx).get(asset__serial="SN-1").last_total == 1005
    assert counts(brought(ctx, csv_of(READINGS), "readings")) == (0, 0, 4, 0)
    assert undone(ctx, run).undone["kept"] == []
    assert MeterReading.objects.of(ctx).count() == 0
    turn = Meter.objects.of(ctx).get(asset__serial="SN-1")
    assert (turn.last_value, turn.last_read_at) == (None, None)
    assert undone(ctx, meters).undone["kept"] == []


def test_bad_readings_say_why_and_nothing_of_them_is_written(ctx, meters):
    rows = [
        HEADS, ["SN-1", "H", "100", "", "2024-03-01 08:00", "", ""],
        ["SN-1", "H", "90", "", "2024-03-02 08:00", "", ""],
        ["SN-1", "H", "110", "Cel", "2024-03-03 08:00", "", ""], ["SN-1", "H", "110", "??", "2024-03-03 08:00", "", ""],
        ["SN-1", "轴承温度", "50", "", "2024-03-03 08:00", "", ""], ["SN-1", "H", "120", "", "2999-03-03", "", ""],
        ["SN-1", "H", "101", "", "2024-03-01 8:00", "", ""],
        ["", "H", "110", "", "2024-03-03 08:00", "", ""],
        ["SN-1", "H", "2000", "", "2024-03-04 08:00", "", ""], ["SN-1", "H", "130", "", "2024-03-06", "换表", ""],
    ]  # fmt: skip
    run = brought(ctx, csv_of(rows), "readings")
    wrong = {number: codes[0][1] for number, codes in reasons(ctx, run).items()}
    assert wrong == {
        3: "assets.reading_falls", 4: "table.unit_other", 5: "table.unit_unknown", 6: "table.not_found",
        7: "table.not_a_date", 8: "assets.read_already", 9: "table.missing", 10: "assets.reading_beyond",
        11: "table.not_a_choice",
    }  # fmt: skip
    assert counts(applied(ctx, run)) == (1, 0, 0, 9)
    assert MeterReading.objects.of(ctx).get().value == 100
    # One that is there at the same time stays as it is.
    again = [HEADS, ["SN-1", "H", "105", "", "2024-03-01 08:00", "", ""]]
    assert counts(brought(ctx, csv_of(again), "readings")) == (0, 0, 1, 0)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_our_own_lists_sent_back_change_nothing(ctx, meters, tmp_path, language):
    applied(ctx, brought(ctx, csv_of(READINGS), "readings"))
    last = MeterReading.objects.of(ctx).get(entry="rollover")
    reading.reverse(ctx, reading_id=last.id)
    for target, wanted in (("meters", 3), ("readings", 5)):
        path = tmp_path / f"{target}.csv"
        told = ctx.with_(language=language)
        exports.write(told, LISTINGS[f"assets.{target}"], page.Ask(), path, "csv", lambda _done, _total: None)
        run = brought(ctx, path.read_bytes(), target, path.name)
        assert counts(run) == (0, 0, wanted, 0), reasons(ctx, run)


def test_what_was_read_since_stays(ctx, meters):
    run = applied(ctx, brought(ctx, csv_of(READINGS), "readings"))
    turn = Meter.objects.of(ctx).get(asset__serial="SN-1")
    reading.record(ctx, meter_id=turn.id, value=9)
    run = undone(ctx, run)
    # The later reading was counted from the rollover, which stays therefore.
    assert [one["code"] for one in run.undone["kept"]] == ["take_back.in_use"]
    assert MeterReading.objects.of(ctx).count() == 2
    assert Meter.objects.of(ctx).get(id=turn.id).last_total == 1009


def test_planners_bring_readings_in_and_engineers_do_not(ctx, meters, tenant):
    run = brought(tenant.person("planner"), csv_of(READINGS), "readings")
    assert counts(run) == (4, 0, 0, 0)
    with pytest.raises(NotGranted):
        import_run.apply(tenant.person("engineer"), import_id=run.id)
