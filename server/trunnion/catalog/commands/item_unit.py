"""Verbs on the units besides its own in which an item is bought or handed out."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.catalog.models import Item, ItemUnit
from trunnion.catalog.types import ItemUnitLine, Quantity, UnitCode
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import STEP, Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about

Lines = Annotated[list[ItemUnitLine], Field(max_length=100_000)]


@command("catalog.item_unit.add")
def add(ctx: Context, item_id: UUID, unit: UnitCode, factor: Quantity) -> Done:
    """Says how many of an item's own units another unit holds, such as a box of twelve."""
    about(Item.kind, item_id)
    item = take(ctx, Item, item_id)
    if item.unit == unit:
        raise Invalid.field("/unit", "item_unit_own", unit=unit)
    row = ItemUnit(item=item, unit=unit, factor=factor)
    row.save()
    return Done(row.id, row.version)


@command("catalog.item_unit.edit")
def edit(ctx: Context, item_unit_id: UUID, factor: Quantity) -> Done:
    """Changes how many a pack holds; what was bought by it before stays as it was."""
    row = take(ctx, ItemUnit, item_unit_id)
    about(Item.kind, row.item_id)
    row.factor = factor
    row.save()
    return Done(row.id, row.version)


@command("catalog.item_unit.remove")
def remove(ctx: Context, item_unit_id: UUID) -> None:
    """Takes a unit away."""
    row = take(ctx, ItemUnit, item_unit_id)
    about(Item.kind, row.item_id)
    row.delete()


@command("catalog.item_unit.ensure_many")
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that items have these units: each line is found by item and unit."""
    known: dict[Any, ItemUnit] = {}
    own: dict[UUID, str] = {}
    items = list({line.item_id for line in lines})
    for i in range(0, len(items), STEP):
        rows = ItemUnit.objects.of(ctx).filter(item_id__in=items[i : i + STEP])
        known.update({(row.item_id, row.unit): row for row in rows})
        own.update(Item.objects.of(ctx).filter(id__in=items[i : i + STEP]).values_list("id", "unit"))
    tally = Tally()
    for index, line in enumerate(lines):
        if own.get(line.item_id) == line.unit:
            raise Invalid.field(f"/lines/{index}/unit", "item_unit_own", unit=line.unit)
        key = (line.item_id, line.unit)
        row = known.setdefault(key, ItemUnit(item_id=line.item_id, unit=line.unit))
        tally.put(row, {"factor": line.factor})
    tally.write()
    return tally.ensured()
