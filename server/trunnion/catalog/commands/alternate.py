"""Verbs on what may be used in an item's stead."""

from uuid import UUID

from trunnion.catalog.models import Item, ItemAlternate
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Line
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about


@command("catalog.alternate.add")
def add(ctx: Context, item_id: UUID, alternate_id: UUID, notes: Line = "") -> Done:
    """Says that another item may be used in an item's stead; the other way round is to be said on its own."""
    about(Item.kind, item_id)
    if item_id == alternate_id:
        raise Invalid.field("/alternate_id", "alternate_of_itself")
    item = get(ctx, Item, item_id)
    refer(ctx, Item.kind, alternate_id, "/alternate_id")
    row = ItemAlternate(item=item, alternate_id=alternate_id, notes=notes)
    row.save()
    return Done(row.id, row.version)


@command("catalog.alternate.remove")
def remove(ctx: Context, alternate_id: UUID) -> None:
    """Says that it no longer may."""
    row = take(ctx, ItemAlternate, alternate_id)
    about(Item.kind, row.item_id)
    row.delete()
