"""Many meters at once, for imports: found or made, in one entry."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import BatchEnsured
from trunnion.assets.models import Asset, Meter
from trunnion.assets.types.kinds import MeterKind
from trunnion.assets.types.lines import MeterLine
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.errors import Invalid
from trunnion.kernel.quantity import is_unit
from trunnion.kernel.unit import emit

from .naming import STEP, assign, rows_by_id, unknown

Lines = Annotated[list[MeterLine], Field(max_length=200_000)]


@command("assets.meter.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that these meters exist on their assets; what a standing one counts in stays as it is."""
    assets = rows_by_id(ctx, Asset, [line.asset_id for line in lines])
    known = rows_by_id(ctx, Meter, [line.id for line in lines])
    standing = _standing(ctx, {line.asset_id for line in lines})
    rows: list[Meter] = []
    fresh: list[Meter] = []
    changed: set[UUID] = set()
    for index, line in enumerate(lines):
        if line.asset_id not in assets:
            raise unknown(f"/lines/{index}/asset_id", Asset.kind)
        if line.id is not None and line.id not in known:
            raise unknown(f"/lines/{index}/id", Meter.kind)
        row = known[line.id] if line.id else standing.get((line.asset_id, line.name))
        if row is None:
            row = _fresh(line, assets[line.asset_id], index)
            fresh.append(row)
            standing[line.asset_id, line.name] = row
        elif not row._state.adding and _bring_up(row, line, index):
            changed.add(row.id)
        rows.append(row)
    Meter.objects.bulk_create(fresh)
    emit(BatchEnsured(thing="meter", created=len(fresh), changed=len(changed)))
    same = len({row.id for row in rows}) - len(fresh) - len(changed)
    return Ensured([row.id for row in rows], len(fresh), len(changed), same)


def _standing(ctx: Context, asset_ids: set[UUID]) -> dict[tuple[UUID, str], Meter]:
    ids, found = list(asset_ids), {}
    for start in range(0, len(ids), STEP):
        for row in Meter.objects.of(ctx).filter(asset_id__in=ids[start : start + STEP]):
            found[row.asset_id, row.name] = row
    return found


def _fresh(line: MeterLine, asset: Asset, index: int) -> Meter:
    if not is_unit(line.unit):
        raise Invalid.field(f"/lines/{index}/unit", "assets.unit_unknown", unit=line.unit)
    _check_turn(line, line.kind, index)
    return Meter(
        asset=asset, name=line.name, meter_kind=line.kind, unit=line.unit, code=line.code or "",
        rolls_over_at=line.rolls_over_at,
    )  # fmt: skip


def _check_turn(line: MeterLine, kind: str, index: int) -> None:
    if line.rolls_over_at is not None and (kind == MeterKind.GAUGE or line.rolls_over_at <= 0):
        raise Invalid.field(f"/lines/{index}/rolls_over_at", "assets.gauge_rolls_not")


def _bring_up(row: Meter, line: MeterLine, index: int) -> bool:
    _check_turn(line, row.meter_kind, index)
    stated = {"name": line.name, "code": line.code, "rolls_over_at": line.rolls_over_at}
    facts = {name: value for name, value in stated.items() if value is not None}
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    assign(row, facts)
    row.save()
    return True
