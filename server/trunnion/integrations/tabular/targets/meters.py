"""Rows that become meters, or readings of meters."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from trunnion.assets.commands import meter_batch, reading_batch
from trunnion.assets.queries.dials import Shown, units_of, weigh
from trunnion.assets.types.kinds import MeterKind, ReadingKind
from trunnion.assets.types.lines import MeterLine, ReadingLine
from trunnion.integrations.tabular.declare import Field, Kind, Looked, Target, Values, Writing, target
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel.context import Context
from trunnion.kernel.quantity import Quantity, UnitMismatch, UnitUnknown

from .lookups import METER, PARENT_ASSET

_ENTERED = (ReadingKind.READING, ReadingKind.ROLLOVER)


def _write_meters(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = []
    for row in rows:
        said = {**row.before, **row.values}
        lines.append(
            MeterLine(
                said["asset_id"], said["name"], MeterKind(said["kind"]), said["unit"], id=row.id,
                code=row.values.get("code"), rolls_over_at=row.values.get("rolls_over_at"),
            )
        )  # fmt: skip
    return meter_batch.ensure_many(ctx, lines).ids


def _judge_meter(values: Values, _: bool) -> Iterator[Reason]:
    turn = values.get("rolls_over_at")
    if turn is not None and (values.get("kind") == MeterKind.GAUGE or turn <= 0):
        yield Reason(None, "rolls_over_at", "assets.gauge_rolls_not")


def _write_readings(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    # The ledger is only added to: rows that stand already are the same, and stay.
    lines = [
        ReadingLine(
            row.values["meter_id"], row.values["value"], row.values["read_at"], row.values.get("remark", ""),
            rolled_over=row.values.get("entry") == ReadingKind.ROLLOVER,
        )
        for row in rows if row.id is None
    ]  # fmt: skip
    made = iter([done.id for done in reading_batch.record_many(ctx, lines).rows if done is not None])
    return [row.id or next(made) for row in rows]


def _look(ctx: Context, rows: Sequence[Values]) -> list[Looked]:
    """Puts each value into the meter's unit and holds it against the meter's ledger."""
    found = [Looked() for _ in rows]
    units = units_of(ctx, {row["meter_id"] for row in rows if isinstance(row.get("meter_id"), UUID)})
    told: list[int] = []
    for at, row in enumerate(rows):
        if row.get("meter_id") not in units or row.get("value") is None or row.get("read_at") is None:
            continue
        unit, wanted = row.get("unit"), units[row["meter_id"]]
        try:
            row["value"] = _in_unit(row["value"], unit, wanted)
            told.append(at)
        except (UnitMismatch, UnitUnknown):
            found[at] = Looked(
                None, (Reason(None, "unit", "table.unit_other", {"text": unit, "unit": wanted}),)
            )
    lines = [
        Shown(row["meter_id"], row["value"], row["read_at"], row.get("entry") == ReadingKind.ROLLOVER)
        for row in (rows[at] for at in told)
    ]
    for at, one in zip(told, weigh(ctx, lines), strict=True):
        why = (Reason(None, one.about, one.code, one.facts),) if one.code else ()
        found[at] = Looked(one.reading_id, why)
    return found


def _in_unit(value: Decimal, unit: str | None, wanted: str) -> Decimal:
    if not unit or unit == wanted:
        return value
    return Quantity(value, unit).to(wanted).value.quantize(Decimal("0.000001")).normalize() + 0


def _judge_reading(values: Values, is_new: bool) -> Iterator[Reason]:
    entry = values.get("entry")
    if is_new and entry and entry not in _ENTERED:
        known = [one.value for one in _ENTERED]
        yield Reason(None, "entry", "table.not_a_choice", {"text": entry, "known": known})


METERS = target(Target(
    name="meters", kind="assets.meter", permission="assets.meter.ensure_many", listing="assets.meters",
    keys=("code", "name"), within="asset_id", partial=("code", "name"), write=_write_meters, judge=_judge_meter,
    fields=(
        Field("asset_id", Kind.REFERENCE, required=True, lookup=PARENT_ASSET),
        Field("name", required=True, most=200), Field("code", Kind.CODE, most=60),
        Field("kind", Kind.CHOICE, required=True, choices=MeterKind, words="choice.assets.meter.kind",
              path="meter_kind", only_new=True),
        Field("unit", Kind.UNIT, required=True, only_new=True), Field("rolls_over_at", Kind.NUMBER, minimum=0),
    ),
))  # fmt: skip
READINGS = target(Target(
    name="readings", kind="assets.reading", permission="assets.reading.record_many", listing="assets.readings",
    keys=("read_at",), write=_write_readings, look=_look, is_history=True,
    judge=_judge_reading,
    fields=(
        Field("asset_id", Kind.REFERENCE, required=True, lookup=PARENT_ASSET, path="meter__asset_id"),
        Field("meter_id", Kind.REFERENCE, required=True, lookup=METER),
        Field("value", Kind.NUMBER, required=True), Field("unit", Kind.UNIT, path=""),
        Field("read_at", Kind.INSTANT, required=True, zone_of="asset_id"),
        Field("entry", Kind.CHOICE, choices=ReadingKind, words="choice.assets.reading.entry"),
        Field("remark"),
    ),
))  # fmt: skip
