"""Verbs on the spare lists of models."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.catalog.events import SparesChanged
from trunnion.catalog.models import Item, Model, ModelPart
from trunnion.catalog.types import Quantity, SpareLine
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Line
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about, emit

STEP = 500
Lines = Annotated[list[SpareLine], Field(max_length=100_000)]


@command("catalog.spare.add")
def add(
    ctx: Context, model_id: UUID, item_id: UUID, quantity: Quantity = Decimal(1), set_number: Line = "",
    notes: Line = "",
) -> Done:  # fmt: skip
    """Puts an item on a model's spare list."""
    about(Model.kind, model_id)
    model = get(ctx, Model, model_id)
    refer(ctx, Item.kind, item_id, "/item_id")
    if model.item_id == item_id:
        raise Invalid.field("/item_id", "spare_of_itself")
    row = ModelPart(model=model, item_id=item_id, quantity=quantity, set_number=set_number, notes=notes)
    row.save()
    emit(SparesChanged(model_id=model.id))
    return Done(row.id, row.version)


@command("catalog.spare.edit")
def edit(
    ctx: Context, spare_id: UUID, quantity: Quantity = UNSET, set_number: Line = UNSET, notes: Line = UNSET
) -> Done:
    """Changes a line of a spare list."""
    row = take(ctx, ModelPart, spare_id)
    about(Model.kind, row.model_id)
    for field, value in given(quantity=quantity, set_number=set_number, notes=notes).items():
        setattr(row, field, value)
    row.save()
    emit(SparesChanged(model_id=row.model_id))
    return Done(row.id, row.version)


@command("catalog.spare.remove")
def remove(ctx: Context, spare_id: UUID) -> None:
    """Takes a line off a spare list."""
    row = take(ctx, ModelPart, spare_id)
    about(Model.kind, row.model_id)
    row.delete()
    emit(SparesChanged(model_id=row.model_id))


@command("catalog.spare.ensure_many")
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that items stand on spare lists: each line is found by model and item."""
    models = list({line.model_id for line in lines})
    known: dict[Any, ModelPart] = {}
    for i in range(0, len(models), STEP):
        rows = ModelPart.objects.of(ctx).filter(model_id__in=models[i : i + STEP])
        known.update({(row.model_id, row.item_id): row for row in rows})
    tally = Tally()
    for line in lines:
        key = (line.model_id, line.item_id)
        row = known.setdefault(key, ModelPart(model_id=line.model_id, item_id=line.item_id))
        tally.put(row, {"quantity": line.quantity, "set_number": line.set_number, "notes": line.notes})
    tally.write()
    touched = {row.id: row for row in known.values() if row.id in tally.made or row.id in tally.changed}
    for model_id in sorted({row.model_id for row in touched.values()}):
        emit(SparesChanged(model_id=model_id))
    return tally.ensured()
