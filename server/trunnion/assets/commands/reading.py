"""Verbs on the ledger of meter readings: record one, reverse one."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from trunnion.assets.events import ReadingRecorded, ReadingReversed
from trunnion.assets.models import Meter, MeterReading
from trunnion.assets.queries.dials import standing_entries
from trunnion.assets.rules.readings import Dial, Implausible, Neighbours, Point, total_of
from trunnion.assets.types.cards import ReadingDone
from trunnion.assets.types.kinds import ReadingKind
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Instant, Line, SignedAmount
from trunnion.kernel.policies import get, take
from trunnion.kernel.tables import ScopedQuerySet
from trunnion.kernel.unit import emit

from .naming import at_or_now


@command("assets.reading.record")
def record(
    ctx: Context, meter_id: UUID, value: SignedAmount, read_at: Instant | None = None, rolled_over: bool = False,
    remark: Line = "",
) -> ReadingDone:  # fmt: skip
    """Enters what a meter showed; a counter that shows less than before must have rolled over, and say so."""
    meter = take(ctx, Meter, meter_id)
    kind = ReadingKind.ROLLOVER if rolled_over else ReadingKind.READING
    return enter(ctx, meter, kind, value, at_or_now(read_at, "/read_at"), remark)


@command("assets.reading.reverse")
def reverse(ctx: Context, reading_id: UUID, remark: Line = "") -> ReadingDone:
    """Takes a reading back by an entry against it; what others were counted from must be reversed after them."""
    wrong = get(ctx, MeterReading, reading_id)
    meter = take(ctx, Meter, wrong.meter_id)
    if wrong.entry == ReadingKind.REVERSAL:
        raise Refusal("assets.reversal_stays")
    if MeterReading.objects.of(ctx).filter(reverses_id=wrong.id).exists():
        raise Refusal("assets.reversed_already")
    later = standing(ctx, meter).filter(_after(wrong.read_at, wrong.id)).order_by("read_at", "id").first()
    if later is not None and ReadingKind.READING not in (wrong.entry, later.entry):
        raise Refusal("assets.reverse_later_first")
    if later is not None and (wrong.entry != ReadingKind.READING or later.entry == ReadingKind.REPLACEMENT):
        raise Refusal("assets.reverse_later_first")
    row = MeterReading(
        meter=meter, entry=ReadingKind.REVERSAL, value=wrong.value, total=wrong.total, read_at=wrong.read_at,
        reverses=wrong, remark=remark, actor_id=ctx.actor_id, actor_name=ctx.actor_name,
    )  # fmt: skip
    row.save()
    show_last(ctx, meter)
    emit(ReadingReversed(asset_id=meter.asset_id, meter_id=meter.id, reading_id=wrong.id))
    return _done(row)


def standing(ctx: Context, meter: Meter) -> ScopedQuerySet:
    """The readings of a meter that were not taken back."""
    return standing_entries(ctx).filter(meter_id=meter.id)


def enter(
    ctx: Context, meter: Meter, entry: ReadingKind, value: Decimal, at: datetime, remark: str,
    pointer: str = "/value",
) -> ReadingDone:  # fmt: skip
    """Judges a reading against its neighbours and stores it."""
    if not meter.is_active:
        raise Refusal("assets.meter_retired")
    known = standing(ctx, meter)
    before = known.filter(read_at__lte=at).order_by("-read_at", "-id").first()
    after = known.filter(read_at__gt=at).order_by("read_at", "id").first()
    if before is not None and (before.read_at, before.value, entry) == (at, value, ReadingKind.READING):
        raise Refusal("assets.read_already", at=at.isoformat())
    try:
        near = Neighbours(_point(before), _point(after))
        total = total_of(Dial(meter.meter_kind, meter.rolls_over_at), near, entry, value)
    except Implausible as fault:
        facts = {name: None if fact is None else str(fact) for name, fact in fault.facts.items()}
        raise Invalid.field(pointer, fault.code, **facts) from None
    row = MeterReading(
        meter=meter, entry=entry, value=value, total=total, read_at=at, remark=remark, actor_id=ctx.actor_id,
        actor_name=ctx.actor_name,
    )  # fmt: skip
    row.save()
    if after is None:
        meter.last_value, meter.last_total, meter.last_read_at = value, total, at
        meter.save()
    emit(
        ReadingRecorded(asset_id=meter.asset_id, meter_id=meter.id, value=str(value), total=str(total), at=at)
    )
    return _done(row)


def _after(at: datetime, row_id: UUID) -> Q:
    return Q(read_at__gt=at) | Q(read_at=at, id__gt=row_id)


def _point(row: MeterReading | None) -> Point | None:
    return None if row is None else Point(row.entry, row.value, row.total)


def show_last(ctx: Context, meter: Meter) -> None:
    """Writes beside the meter what its ledger says last."""
    last = standing(ctx, meter).order_by("-read_at", "-id").first()
    meter.last_value = last.value if last else None
    meter.last_total = last.total if last else None
    meter.last_read_at = last.read_at if last else None
    meter.save()


def followed(ctx: Context, rows: list[MeterReading]) -> dict[UUID, str]:
    """Which of these entries later ones, not among them, were counted from; they cannot simply go."""
    ids, found = {row.id for row in rows}, {}
    for meter_id in {row.meter_id for row in rows}:
        own = [row for row in rows if row.meter_id == meter_id]
        since = min(row.read_at for row in own)
        later = [
            row
            for row in standing(ctx, own[0].meter).filter(read_at__gte=since).order_by("read_at", "id")
            if row.id not in ids
        ]
        for row in own:
            after = next((one for one in later if (one.read_at, one.id) > (row.read_at, row.id)), None)
            hangs = after is not None and (
                row.entry != ReadingKind.READING or after.entry == ReadingKind.REPLACEMENT
            )
            if hangs:
                found[row.id] = MeterReading.kind
    return found


def _done(row: MeterReading) -> ReadingDone:
    return ReadingDone(row.id, row.version, row.meter_id, row.value, row.total)
