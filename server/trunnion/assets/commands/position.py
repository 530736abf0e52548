"""Verbs on functional positions."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import BatchEnsured
from trunnion.assets.models import Asset, Location, Position
from trunnion.assets.types.kinds import Criticality
from trunnion.assets.types.lines import Label, PositionLine
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Name, Prose
from trunnion.kernel.policies import refer, take
from trunnion.kernel.unit import emit

from .assessing import state_criticality
from .naming import STEP, assign, check_all, named, rows_by_id, unknown

Lines = Annotated[list[PositionLine], Field(max_length=200_000)]
MOST_DEPTH = 20
PLAIN = ("name", "code", "description", "location_id", "equipment_class_id")


@command("assets.position.create")
def create(
    ctx: Context, name: Name, code: Label = "", location_id: UUID | None = None, parent_id: UUID | None = None,
    equipment_class_id: UUID | None = None, criticality: Criticality | None = None, description: Prose = "",
) -> Done:  # fmt: skip
    """Adds a role to be filled."""
    place = named(ctx, Location, location_id, "/location_id")
    if place is None and ctx.scope.location_ids is not None:
        raise Invalid.field("/location_id", "assets.location_needed")
    refer(ctx, "catalog.equipment_class", equipment_class_id, "/equipment_class_id")
    row = Position(
        name=name, code=code, location=place, parent=named(ctx, Position, parent_id, "/parent_id"),
        equipment_class_id=equipment_class_id, criticality=criticality or "", description=description,
    )  # fmt: skip
    row.save()
    if row.criticality:
        state_criticality(ctx, row, row.criticality)
    return Done(row.id, row.version)


@command("assets.position.edit")
def edit(
    ctx: Context, position_id: UUID, name: Name = UNSET, code: Label = UNSET, parent_id: UUID | None = UNSET,
    equipment_class_id: UUID | None = UNSET, criticality: Criticality | None = UNSET, description: Prose = UNSET,
) -> Done:  # fmt: skip
    """Changes plain facts of a position."""
    row = take(ctx, Position, position_id)
    shown = row.criticality
    facts = given(
        name=name, code=code, parent_id=parent_id, equipment_class_id=equipment_class_id,
        criticality=criticality, description=description,
    )  # fmt: skip
    if "criticality" in facts:
        facts["criticality"] = facts["criticality"] or ""
    if facts.get("parent_id"):
        _check_parent(ctx, row, facts["parent_id"])
    refer(ctx, "catalog.equipment_class", facts.get("equipment_class_id"), "/equipment_class_id")
    assign(row, facts)
    row.save()
    # A class that is stated here is an assessment of today, like any other.
    if row.criticality != shown:
        state_criticality(ctx, row, row.criticality)
    return Done(row.id, row.version)


@command("assets.position.move")
def move(ctx: Context, position_id: UUID, location_id: UUID) -> Done:
    """Puts a position elsewhere; what fills it goes along."""
    row = take(ctx, Position, position_id)
    place = named(ctx, Location, location_id, "/location_id")
    row.location = place
    row.save()
    for asset in Asset.objects.of(ctx).filter(position_id=row.id):
        asset.location = place
        asset.save()
    return Done(row.id, row.version)


@command("assets.position.retire")
def retire(ctx: Context, position_id: UUID) -> Done:
    """Gives a position up; it must be empty."""
    row = take(ctx, Position, position_id)
    filled = Asset.objects.of(ctx).filter(position_id=row.id).first()
    if filled is not None:
        raise Refusal("assets.position_filled", number=filled.number)
    row.is_active = False
    row.save()
    return Done(row.id, row.version)


@command("assets.position.reinstate")
def reinstate(ctx: Context, position_id: UUID) -> Done:
    """Takes a retired position up again."""
    row = take(ctx, Position, position_id)
    row.is_active = True
    row.save()
    return Done(row.id, row.version)


@command("assets.position.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that these positions exist."""
    _check_lines(ctx, lines)
    known = rows_by_id(ctx, Position, [line.id for line in lines])
    by_code = _by_code(ctx, [line.code for line in lines if line.code])
    rows, fresh, changed = [], [], 0
    for index, line in enumerate(lines):
        row = known.get(line.id) if line.id else by_code.get(line.code or "")
        if line.id and row is None:
            raise unknown(f"/lines/{index}/id", Position.kind)
        facts = {name: getattr(line, name) for name in PLAIN if getattr(line, name) is not None}
        if row is None:
            row = Position(**facts)
            fresh.append(row)
            if line.code:
                by_code[line.code] = row
        elif any(getattr(row, name) != value for name, value in facts.items()) and not row._state.adding:
            assign(row, facts)
            row.save()
            changed += 1
        rows.append(row)
    Position.objects.bulk_create(fresh)
    emit(BatchEnsured(thing="position", created=len(fresh), changed=changed))
    return Ensured(
        [r.id for r in rows], len(fresh), changed, len({r.id for r in rows}) - len(fresh) - changed
    )


def _check_lines(ctx: Context, lines: list[PositionLine]) -> None:
    for field, kind in (("location_id", Location.kind), ("equipment_class_id", "catalog.equipment_class")):
        named_in = {
            getattr(line, field): f"/lines/{i}/{field}"
            for i, line in enumerate(lines)
            if getattr(line, field)
        }
        check_all(ctx, kind, named_in)


def _by_code(ctx: Context, codes: list[str]) -> dict[str, Position]:
    found: dict[str, Position] = {}
    for start in range(0, len(codes), STEP):
        rows = Position.objects.of(ctx).filter(code__in=codes[start : start + STEP])
        found.update((row.code, row) for row in rows)
    return found


def _check_parent(ctx: Context, row: Position, parent_id: UUID) -> None:
    step = named(ctx, Position, parent_id, "/parent_id")
    for _ in range(MOST_DEPTH):
        if step is None:
            return
        if step.id == row.id:
            break
        step = Position.objects.of(ctx).filter(id=step.parent_id).first() if step.parent_id else None
    raise Invalid.field("/parent_id", "assets.position_cycle")
