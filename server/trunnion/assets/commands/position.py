"""Verbs on functional positions."""

from uuid import UUID

from trunnion.assets.models import Asset, Location, Position
from trunnion.assets.types.kinds import Criticality
from trunnion.assets.types.lines import Label
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Name, Prose
from trunnion.kernel.policies import refer, take

from .assessing import state_criticality
from .naming import assign, named

MOST_DEPTH = 20


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
        state_criticality(ctx, [row])
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
        state_criticality(ctx, [row])
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


def _check_parent(ctx: Context, row: Position, parent_id: UUID) -> None:
    step = named(ctx, Position, parent_id, "/parent_id")
    for _ in range(MOST_DEPTH):
        if step is None:
            return
        if step.id == row.id:
            break
        step = Position.objects.of(ctx).filter(id=step.parent_id).first() if step.parent_id else None
    raise Invalid.field("/parent_id", "assets.position_cycle")
