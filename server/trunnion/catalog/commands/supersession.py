"""Verbs on what takes an item's place."""

from uuid import UUID

from trunnion.catalog.events import ItemSuperseded
from trunnion.catalog.models import Item, ItemSupersession
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Day, Line
from trunnion.kernel.policies import get, refer, take
from trunnion.kernel.unit import about, emit

# Nobody renews a part this often; it ends a search that a merge could have made a ring of.
MOST_STEPS = 50


@command("catalog.supersession.set")
def set_(
    ctx: Context, item_id: UUID, successor_id: UUID, from_on: Day | None = None, notes: Line = ""
) -> Done:
    """Says what takes an item's place, and from which day on (today unless said); it has one successor."""
    about(Item.kind, item_id)
    item = take(ctx, Item, item_id)
    if item_id == successor_id:
        raise Invalid.field("/successor_id", "superseded_by_itself")
    refer(ctx, Item.kind, successor_id, "/successor_id")
    successor = get(ctx, Item, successor_id)
    _refuse_ring(ctx, item, successor)
    row = ItemSupersession.objects.of(ctx).filter(item_id=item_id).first() or ItemSupersession(item=item)
    row.successor, row.notes = successor, notes
    row.from_on = from_on or clock.now().date()
    row.save()
    emit(ItemSuperseded(item_id=item_id, successor_id=successor_id, from_on=row.from_on))
    return Done(row.id, row.version)


@command("catalog.supersession.remove")
def remove(ctx: Context, supersession_id: UUID) -> None:
    """Says that the item keeps its place after all."""
    row = take(ctx, ItemSupersession, supersession_id)
    about(Item.kind, row.item_id)
    row.delete()


def _refuse_ring(ctx: Context, item: Item, successor: Item) -> None:
    at: UUID | None = successor.id
    for _ in range(MOST_STEPS):
        at = (
            ItemSupersession.objects.of(ctx).filter(item_id=at).values_list("successor_id", flat=True).first()
        )
        if at is None:
            return
        if at == item.id:
            raise Invalid.field("/successor_id", "supersession_ring", code=successor.code, other=item.code)
