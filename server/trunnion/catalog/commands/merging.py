"""Two items that turn out to be one, and two again."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from trunnion.attach.queries import values_to_carry
from trunnion.catalog.events import ItemMerged, ItemUnmerged
from trunnion.catalog.models import Item
from trunnion.catalog.states import CatalogState
from trunnion.kernel import merging
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError
from trunnion.kernel.merging import FactNames, Merged, Unmerged
from trunnion.kernel.policies import get
from trunnion.kernel.unit import emit

from . import item as items
from .alias import refind


@command("catalog.item.merge")
def merge(ctx: Context, item_id: UUID, into_id: UUID, take: FactNames = ()) -> Merged:  # type: ignore[assignment]
    """Merges an item into another, which keeps its facts and takes over what it lacks; lists and aliases follow.

    Its code finds the one that stays. `take` names facts of the item that goes which win over those of the other.
    """
    gone, stays = merging.both(ctx, Item, item_id, into_id)
    merging.refuse(obstacles(ctx, gone, stays))
    done = merging.merge(gone, stays, take, partial(_complete, ctx, gone, stays))
    emit(ItemMerged(item_id=gone.id, into_id=stays.id))
    return done


@command("catalog.item.unmerge")
def unmerge(ctx: Context, item_id: UUID) -> Unmerged:
    """Takes a merge back: the item stands for itself again, with all that had gone along and was not changed since."""
    into_id = Item.objects.of(ctx).filter(id=item_id).values_list("merged_into_id", flat=True).first()
    done = merging.unmerge(ctx, Item, item_id)
    for row_id in (item_id, into_id):
        if row_id is not None:
            refind(ctx, get(ctx, Item, row_id))
    emit(ItemUnmerged(item_id=item_id, from_id=into_id))
    return done


def obstacles(_: Context, gone: Any, stays: Any) -> Iterator[FieldError]:
    """What stands in the way of a merge."""
    for one in (gone, stays):
        if one.is_model:
            yield FieldError("/into_id", "item_merge_model", {"code": one.code})
    codes = {"code": gone.code, "other": stays.code}
    if stays.state != CatalogState.ACTIVE:
        yield FieldError("/into_id", "item_merge_archived", {"code": stays.code})
    if gone.unit != stays.unit:
        yield FieldError("/into_id", "item_merge_unit", codes | {"unit": gone.unit, "other_unit": stays.unit})
    if gone.tracked_by != stays.tracked_by:
        yield FieldError("/into_id", "item_merge_tracking", codes)


def _complete(ctx: Context, gone: Item, stays: Item) -> None:
    refind(ctx, stays)
    carried = values_to_carry(ctx, gone, stays)
    if carried:
        items.edit(ctx, stays.id, custom=carried)  # type: ignore[call-arg]
