"""Many meter readings at once: one entry, each judged like a single one; what is refused is named by line."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.db import connection
from pydantic import Field

from trunnion.assets.events import ReadingRecorded
from trunnion.assets.models import Meter, MeterReading
from trunnion.assets.queries.dials import Shown, Strand, strands_of
from trunnion.assets.rules.readings import Implausible, Point, total_of
from trunnion.assets.types.cards import ReadingDone, ReadingRefused, ReadingsDone
from trunnion.assets.types.kinds import ReadingKind
from trunnion.assets.types.lines import ReadingLine
from trunnion.kernel import unit
from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.policies import visible
from trunnion.kernel.unit import emit
from trunnion.kernel.words import say

from .naming import at_or_now, unknown

Lines = Annotated[list[ReadingLine], Field(max_length=10_000)]


@dataclass(slots=True)
class _Batch:
    """The meters of a batch with their ledgers, and what has become of each line."""

    ctx: Context
    meters: dict[UUID, Meter]
    strands: dict[UUID, Strand]
    made: dict[int, MeterReading] = field(default_factory=dict)
    # The entry that each meter shows last now, where that is a new one.
    last: dict[UUID, MeterReading] = field(default_factory=dict)
    refused: dict[int, FieldError] = field(default_factory=dict)


@command("assets.reading.record_many")
def record_many(ctx: Context, lines: Lines, keep_good: bool = False) -> ReadingsDone:
    """Enters many readings in the order of their times. One that cannot be refuses all, each with its reason.

    With `keep_good` the others are entered, and the answer names those that are not.
    """
    meters = _held(ctx, {line.meter_id for line in lines})
    known = [
        Shown(line.meter_id, line.value, line.read_at, line.rolled_over)
        for line in lines if line.meter_id in meters
    ]  # fmt: skip
    batch = _Batch(ctx, meters, strands_of(ctx, known) if known else {})
    for index, line in sorted(enumerate(lines), key=lambda pair: pair[1].read_at):
        try:
            _enter(batch, index, line)
        except Invalid as refusal:
            batch.refused[index] = refusal.errors[0]
    if batch.refused and not keep_good:
        raise Invalid("invalid_input", errors=[batch.refused[index] for index in sorted(batch.refused)])
    _store(batch)
    rows = [_done(batch.made[index]) if index in batch.made else None for index in range(len(lines))]
    return ReadingsDone(rows, [_told(ctx, index, fault) for index, fault in sorted(batch.refused.items())])


def _held(ctx: Context, ids: set[UUID]) -> dict[UUID, Meter]:
    """The visible meters of these ids, locked until the command ends, always in the same order."""
    listed = sorted(ids)
    found: dict[UUID, Meter] = {}
    for start in range(0, len(listed), AT_ONCE):
        rows = visible(ctx, Meter).filter(id__in=among(listed[start : start + AT_ONCE])).order_by("id")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(of=("self",))
        found.update((row.id, row) for row in rows)
    return found


def _enter(batch: _Batch, index: int, line: ReadingLine) -> None:
    """Judges one line against the entries before and after it, those of the batch included."""
    pointer = f"/lines/{index}"
    meter = batch.meters.get(line.meter_id)
    if meter is None:
        raise unknown(f"{pointer}/meter_id", Meter.kind)
    at = at_or_now(line.read_at, f"{pointer}/read_at")
    if not meter.is_active:
        raise Invalid.field(f"{pointer}/meter_id", "assets.meter_retired")
    strand = batch.strands[meter.id]
    entry = ReadingKind.ROLLOVER if line.rolled_over else ReadingKind.READING
    if entry == ReadingKind.READING and strand.last_by(at) == (at, line.value):
        raise Invalid.field(f"{pointer}/read_at", "assets.read_already", at=at.isoformat())
    near = strand.near(at)
    total = _total(strand, at, entry, line.value, f"{pointer}/value")
    row = MeterReading.fresh(
        meter=meter, entry=entry, value=line.value, total=total, read_at=at, remark=line.remark,
        actor_id=batch.ctx.actor_id, actor_name=batch.ctx.actor_name,
    )  # fmt: skip
    strand.add(at, Point(entry, line.value, total), row.id, True)
    batch.made[index] = row
    if near.after is None:
        batch.last[meter.id] = row


def _total(strand: Strand, at: datetime, entry: ReadingKind, value: Decimal, pointer: str) -> Decimal:
    try:
        return total_of(strand.dial, strand.near(at), entry, value)
    except Implausible as fault:
        facts = {name: None if fact is None else str(fact) for name, fact in fault.facts.items()}
        raise Invalid.field(pointer, fault.code, **facts) from None


def _store(batch: _Batch) -> None:
    rows = sorted(batch.made.values(), key=lambda row: (row.read_at, row.id))
    if len(batch.meters) > 1:
        unit.about_many()
    MeterReading.objects.bulk_create(rows)
    for meter_id, row in batch.last.items():
        meter = batch.meters[meter_id]
        meter.last_value, meter.last_total, meter.last_read_at = row.value, row.total, row.read_at
        meter.save()
    for row in rows:
        asset_id, value, total = batch.meters[row.meter_id].asset_id, str(row.value), str(row.total)
        emit(
            ReadingRecorded(
                asset_id=asset_id, meter_id=row.meter_id, value=value, total=total, at=row.read_at
            )
        )


def _done(row: MeterReading) -> ReadingDone:
    return ReadingDone(row.id, row.version, row.meter_id, row.value, row.total)


def _told(ctx: Context, index: int, fault: FieldError) -> ReadingRefused:
    facts: dict[str, Any] = dict(fault.facts)
    name = fault.pointer.rsplit("/", 1)[-1]
    return ReadingRefused(index, name, fault.code, facts, say(f"refusal.{fault.code}", ctx.language, **facts))
