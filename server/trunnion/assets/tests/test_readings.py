"""A counter never falls unless it rolled over or was replaced; what was wrong is reversed, never erased."""

from decimal import Decimal

import pytest

from trunnion.assets.commands import meter, reading, reading_batch
from trunnion.assets.models import Meter, MeterReading
from trunnion.assets.queries import find_total_at
from trunnion.assets.queries.history import get_meter
from trunnion.assets.rules.readings import Dial, Implausible, Neighbours, Point, total_of
from trunnion.assets.tests.builders import hour_counter, hours, pump
from trunnion.assets.types.kinds import MeterKind, ReadingKind
from trunnion.assets.types.lines import ReadingLine
from trunnion.kernel.errors import Invalid, KernelError, NotVisible, Refusal
from trunnion.kernel.models import Entry

COUNTER = Dial(MeterKind.COUNTER, Decimal(1000))


def point(value, total=None, entry=ReadingKind.READING):
    return Point(entry, Decimal(value), Decimal(value if total is None else total))


@pytest.mark.parametrize(
    ("before", "after", "entry", "value", "total"),
    [
        (None, None, "reading", 10, 10),
        (point(10), None, "reading", 10, 10),
        (point(10, 510), None, "reading", 25, 525),
        (point(990), None, "rollover", 5, 1005),
        (point(990), None, "replacement", 3, 990),
        (None, None, "replacement", 3, 3),
        (point(10), point(30), "reading", 20, 20),
        (None, point(30, 530), "reading", 20, 520),
        (point(990), point(5, 1005, ReadingKind.ROLLOVER), "reading", 995, 995),
    ],
)
def test_the_total_counts_on(before, after, entry, value, total):
    assert total_of(COUNTER, Neighbours(before, after), entry, Decimal(value)) == total


@pytest.mark.parametrize(
    ("before", "after", "entry", "value", "code"),
    [
        (point(10), None, "reading", 9, "reading_falls"),
        (None, None, "reading", -1, "reading_negative"),
        (None, None, "reading", 1000, "reading_beyond"),
        (point(10), point(30), "reading", 31, "reading_above_next"),
        (point(10), point(3, 20, ReadingKind.REPLACEMENT), "reading", 25, "reading_above_next"),
        (point(10), None, "rollover", 11, "rollover_rises"),
        (None, None, "rollover", 1, "rollover_rises"),
        (point(990), point(995), "rollover", 1, "reading_not_latest"),
        (point(990), point(995), "replacement", 1, "reading_not_latest"),
    ],
)
def test_the_implausible_is_told(before, after, entry, value, code):
    with pytest.raises(Implausible) as refused:
        total_of(COUNTER, Neighbours(before, after), entry, Decimal(value))
    assert refused.value.code == f"assets.{code}"


def test_a_gauge_goes_up_and_down():
    gauge = Dial(MeterKind.GAUGE)
    assert total_of(gauge, Neighbours(point(10)), ReadingKind.READING, Decimal(-4)) == -4
    with pytest.raises(Implausible):
        total_of(gauge, Neighbours(point(10)), ReadingKind.ROLLOVER, Decimal(1))


@pytest.fixture
def counter(tenant):
    return hour_counter(tenant.owner, pump(tenant.owner), rolls_over_at=Decimal(10_000))


def read(ctx, counter, value, hour, **facts):
    return reading.record(ctx, meter_id=counter, value=Decimal(value), read_at=hours(hour), **facts)


def test_the_last_reading_stands_at_the_meter(tenant, counter):
    ctx = tenant.owner
    read(ctx, counter, 100, 1)
    read(ctx, counter, "150.5", 2)
    read(ctx, counter, 120, 1.5)
    row = Meter.objects.of(ctx).get(id=counter)
    assert (row.last_value, row.last_total, row.last_read_at) == (
        Decimal("150.5"),
        Decimal("150.5"),
        hours(2),
    )
    assert find_total_at(ctx, counter, hours(1.7)) == 120


def test_a_rollover_must_be_said(tenant, counter):
    ctx = tenant.owner
    read(ctx, counter, 9_990, 1)
    with pytest.raises(Invalid) as refused:
        read(ctx, counter, 4, 2)
    assert refused.value.errors[0].code == "assets.reading_falls"
    assert refused.value.errors[0].facts == {"last": "9990", "rolls_over_at": "10000"}
    assert read(ctx, counter, 4, 2, rolled_over=True).total == 10_004


def test_a_replaced_meter_counts_on(tenant, counter):
    ctx = tenant.owner
    read(ctx, counter, 500, 1)
    meter.replace(ctx, meter_id=counter, ended_at=Decimal(520), starts_at=Decimal(3), at=hours(2))
    assert read(ctx, counter, 13, 3).total == 530


def test_a_wrong_reading_is_reversed(tenant, counter):
    ctx = tenant.owner
    read(ctx, counter, 100, 1)
    wrong = read(ctx, counter, 900, 2)
    with pytest.raises(Invalid):
        read(ctx, counter, 110, 3)
    reading.reverse(ctx, reading_id=wrong.id, remark="Misread")
    assert read(ctx, counter, 110, 3).total == 110
    shown = get_meter(ctx, counter)["readings"]
    assert [(r["entry"], r["value"], r["is_reversed"]) for r in shown] == [
        ("reading", 110, False), ("reversal", 900, False), ("reading", 900, True), ("reading", 100, False),
    ]  # fmt: skip
    with pytest.raises(Refusal) as refused:
        reading.reverse(ctx, reading_id=wrong.id)
    assert refused.value.code == "assets.reversed_already"


def test_the_last_reading_reversed_leaves_the_one_before(tenant, counter):
    ctx = tenant.owner
    only = read(ctx, counter, 100, 1)
    back = reading.reverse(ctx, reading_id=only.id)
    assert Meter.objects.of(ctx).get(id=counter).last_value is None
    with pytest.raises(Refusal):
        reading.reverse(ctx, reading_id=back.id)


def test_what_others_were_counted_from_stays(tenant, counter):
    ctx = tenant.owner
    first = read(ctx, counter, 9_990, 1)
    turn = read(ctx, counter, 4, 2, rolled_over=True)
    last = read(ctx, counter, 9, 3)
    with pytest.raises(Refusal) as refused:
        reading.reverse(ctx, reading_id=turn.id)
    assert refused.value.code == "assets.reverse_later_first"
    reading.reverse(ctx, reading_id=last.id)
    reading.reverse(ctx, reading_id=turn.id)
    assert read(ctx, counter, 9_995, 2).total == 9_995
    assert first


def test_the_ledger_is_not_edited(tenant, counter):
    read(tenant.owner, counter, 1, 1)
    with pytest.raises(KernelError):
        MeterReading.objects.of(tenant.owner).update(remark="x")


def test_many_at_once_or_none(tenant, counter):
    ctx = tenant.owner
    lines = [ReadingLine(counter, Decimal(30), hours(3)), ReadingLine(counter, Decimal(10), hours(1))]
    assert [r.total for r in reading_batch.record_many(ctx, lines=lines).rows] == [30, 10]
    with pytest.raises(Invalid) as refused:
        reading_batch.record_many(
            ctx,
            lines=[ReadingLine(counter, Decimal(40), hours(4)), ReadingLine(counter, Decimal(5), hours(5))],
        )
    assert refused.value.errors[0].pointer == "/lines/1/value"
    assert MeterReading.objects.of(ctx).count() == 2


def test_many_are_judged_like_one_by_one_and_leave_one_entry(tenant, counter):
    ctx = tenant.owner
    shown = [(1, 10, False), (2, 30, False), (3, 5, True), (4, 8, False), (6, 20, False), (5, 12, False)]
    lines = [ReadingLine(counter, Decimal(v), hours(at), rolled_over=r) for at, v, r in shown]
    before = Entry.objects.filter(organisation_id=ctx.organisation_id).count()
    many = [r.total for r in reading_batch.record_many(ctx, lines=lines).rows]
    assert Entry.objects.filter(organisation_id=ctx.organisation_id).count() == before + 1
    second = meter.create(
        ctx, asset_id=pump(ctx), name="M2", kind=MeterKind.COUNTER, unit="h", rolls_over_at=10_000
    ).id
    ones = {}
    for line in sorted(lines, key=lambda one: one.read_at):
        done = reading.record(
            ctx, meter_id=second, value=line.value, read_at=line.read_at, rolled_over=line.rolled_over
        )
        ones[line.read_at] = done.total
    assert many == [ones[line.read_at] for line in lines]
    first, other = Meter.objects.of(ctx).get(id=counter), Meter.objects.of(ctx).get(id=second)
    assert (first.last_value, first.last_total, first.last_read_at) == (
        other.last_value, other.last_total, other.last_read_at,
    )  # fmt: skip


def test_each_refused_line_is_named_and_the_others_may_come_in(tenant, other, counter):
    ctx = tenant.owner
    foreign = hour_counter(other.owner, pump(other.owner))
    lines = [
        ReadingLine(counter, Decimal(10), hours(1)), ReadingLine(counter, Decimal(5), hours(2)),
        ReadingLine(counter, Decimal(10), hours(1)), ReadingLine(foreign, Decimal(1), hours(1)),
        ReadingLine(counter, Decimal(20_000), hours(3)), ReadingLine(counter, Decimal(40), hours(4)),
        ReadingLine(counter, Decimal(41), hours(24 * 365 * 80)),
    ]  # fmt: skip
    codes = {
        1: "assets.reading_falls", 2: "assets.read_already", 3: "reference_unknown", 4: "assets.reading_beyond",
        6: "assets.in_future",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        reading_batch.record_many(ctx, lines=lines)
    assert {int(e.pointer.split("/")[2]): e.code for e in refused.value.errors} == codes
    assert MeterReading.objects.of(ctx).count() == 0
    done = reading_batch.record_many(ctx, lines=lines, keep_good=True)
    assert {one.line: one.code for one in done.refused} == codes
    assert all(one.text and "refusal." not in one.text for one in done.refused)
    assert [row and row.total for row in done.rows] == [10, None, None, None, None, 40, None]
    assert Meter.objects.of(ctx).get(id=counter).last_total == 40


def test_bad_meters_and_readings(tenant, other, counter):
    ctx, machine = tenant.owner, pump(tenant.owner)
    for facts, pointer in (
        ({"unit": "furlongs per"}, "/unit"),
        ({"kind": MeterKind.GAUGE, "rolls_over_at": 10}, "/rolls_over_at"),
        ({"kind": "dial"}, "/kind"),
    ):
        with pytest.raises(Invalid) as refused:
            meter.create(
                ctx, **{"asset_id": machine, "name": "M", "kind": MeterKind.COUNTER, "unit": "h", **facts}
            )
        assert refused.value.errors[0].pointer == pointer
    with pytest.raises(Refusal):
        read(ctx, counter, 1, 1) and read(ctx, counter, 1, 1)
    meter.retire(ctx, meter_id=counter)
    with pytest.raises(Refusal):
        read(ctx, counter, 2, 2)
    meter.reinstate(ctx, meter_id=counter)
    with pytest.raises(NotVisible):
        read(other.owner, counter, 3, 3)
