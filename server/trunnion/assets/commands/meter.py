"""Verbs on meters: add, edit, retire, replace."""

from uuid import UUID

from trunnion.assets.models import Asset, Meter
from trunnion.assets.types.cards import ReadingDone
from trunnion.assets.types.kinds import MeterKind, ReadingKind
from trunnion.assets.types.lines import Label
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Amount, Code, Instant, Line, Name, SignedAmount
from trunnion.kernel.policies import take
from trunnion.kernel.quantity import is_unit

from .naming import assign, at_or_now, named
from .reading import enter


@command("assets.meter.create")
def create(
    ctx: Context, asset_id: UUID, name: Name, kind: MeterKind, unit: Code, code: Label = "",
    rolls_over_at: Amount | None = None,
) -> Done:  # fmt: skip
    """Adds a meter to an asset."""
    asset = named(ctx, Asset, asset_id, "/asset_id")
    row = Meter(asset=asset, name=name, meter_kind=kind, unit=unit, code=code, rolls_over_at=rolls_over_at)
    _check(row)
    row.save()
    return Done(row.id, row.version)


@command("assets.meter.edit")
def edit(
    ctx: Context,
    meter_id: UUID,
    name: Name = UNSET,
    code: Label = UNSET,
    rolls_over_at: Amount | None = UNSET,
) -> Done:
    """Changes plain facts of a meter; kind and unit are what its readings mean and stay."""
    row = take(ctx, Meter, meter_id)
    assign(row, given(name=name, code=code, rolls_over_at=rolls_over_at))
    _check(row)
    row.save()
    return Done(row.id, row.version)


@command("assets.meter.retire")
def retire(ctx: Context, meter_id: UUID) -> Done:
    """Says that the meter is read no more."""
    return _set_active(ctx, meter_id, active=False)


@command("assets.meter.reinstate")
def reinstate(ctx: Context, meter_id: UUID) -> Done:
    """Takes a retired meter up again."""
    return _set_active(ctx, meter_id, active=True)


@command("assets.meter.replace")
def replace(
    ctx: Context, meter_id: UUID, starts_at: SignedAmount, ended_at: SignedAmount | None = None,
    at: Instant | None = None, remark: Line = "", rolls_over_at: Amount | None = UNSET,
) -> ReadingDone:  # fmt: skip
    """The device was exchanged: what the old one showed last, what the new one began with; the total counts on."""
    row = take(ctx, Meter, meter_id)
    if not row.is_active:
        raise Refusal("assets.meter_retired")
    moment = at_or_now(at)
    if ended_at is not None:
        enter(ctx, row, ReadingKind.READING, ended_at, moment, remark, "/ended_at")
    if rolls_over_at is not UNSET:
        row.rolls_over_at = rolls_over_at
        _check(row)
    return enter(ctx, row, ReadingKind.REPLACEMENT, starts_at, moment, remark, "/starts_at")


def _check(row: Meter) -> None:
    if not is_unit(row.unit):
        raise Invalid.field("/unit", "assets.unit_unknown", unit=row.unit)
    if row.rolls_over_at is not None and (row.meter_kind == MeterKind.GAUGE or row.rolls_over_at <= 0):
        raise Invalid.field("/rolls_over_at", "assets.gauge_rolls_not")


def _set_active(ctx: Context, meter_id: UUID, *, active: bool) -> Done:
    row = take(ctx, Meter, meter_id)
    row.is_active = active
    row.save()
    return Done(row.id, row.version)
