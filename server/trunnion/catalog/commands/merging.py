"""Two items or models that turn out to be one, and two again."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from trunnion.attach.queries import values_to_carry
from trunnion.catalog.events import ItemMerged, ItemUnmerged, ModelMerged, ModelUnmerged
from trunnion.catalog.models import Item, Model, ModelPart
from trunnion.catalog.states import CatalogState
from trunnion.kernel import merging
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Refusal
from trunnion.kernel.merging import FactNames, Merged, Unmerged
from trunnion.kernel.policies import get
from trunnion.kernel.unit import emit

from . import item as items
from . import model as models
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
    row = get(ctx, Item, item_id)
    if row.is_model and row.merged_into_id is not None:
        raise Refusal("item_unmerge_model", code=row.code)
    into_id = row.merged_into_id
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
    yield from _of_items(gone, stays)


def _of_items(gone: Any, stays: Any) -> Iterator[FieldError]:
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


@command("catalog.model.merge")
def merge_model(ctx: Context, model_id: UUID, into_id: UUID, take: FactNames = ()) -> Merged:  # type: ignore[assignment]
    """Merges a model into another, which keeps its facts and takes over what it lacks; its equipment follows.

    Parameters, documents and the spare list follow as well, and so does its item: codes and aliases find the model that
    stays. `take` names facts of the model that goes which win over those of the other.
    """
    gone, stays = merging.both(ctx, Model, model_id, into_id)
    merging.refuse(obstacles_of_models(ctx, gone, stays))
    done = merging.merge(gone, stays, take, partial(_complete_model, ctx, gone, stays))
    emit(ModelMerged(model_id=gone.id, into_id=stays.id))
    return done


@command("catalog.model.unmerge")
def unmerge_model(ctx: Context, model_id: UUID) -> Unmerged:
    """Takes a merge back: the model stands for itself again, with its equipment and all that was not changed since."""
    into_id = Model.objects.of(ctx).filter(id=model_id).values_list("merged_into_id", flat=True).first()
    done = merging.unmerge(ctx, Model, model_id)
    for row_id in (model_id, into_id):
        if row_id is not None:
            item = get(ctx, Item, get(ctx, Model, row_id).item_id)
            merging.known_anew(ctx, item)
            refind(ctx, item)
    emit(ModelUnmerged(model_id=model_id, from_id=into_id))
    return Unmerged(done.id, get(ctx, Model, model_id).version, done.restored, done.kept)


def obstacles_of_models(ctx: Context, gone: Any, stays: Any) -> Iterator[FieldError]:
    """What stands in the way of a merge of two models."""
    codes = {"code": gone.code, "other": stays.code}
    if stays.state != CatalogState.ACTIVE:
        yield FieldError("/into_id", "model_merge_archived", {"code": stays.code})
    if not _may_be_one_class(gone.equipment_class, stays.equipment_class):
        classes = {"class": gone.equipment_class.code, "other_class": stays.equipment_class.code}
        yield FieldError("/into_id", "model_merge_class", codes | classes)
    makers = (gone.manufacturer, stays.manufacturer)
    if None not in makers and makers[0].id != makers[1].id:
        names = {"maker": makers[0].name, "other_maker": makers[1].name}
        yield FieldError("/into_id", "model_merge_maker", codes | names)
    parts = ModelPart.objects.of(ctx)
    for whole, part in ((gone, stays), (stays, gone)):
        if parts.filter(model_id=whole.id, item_id=part.item_id).exists():
            yield FieldError("/into_id", "model_merge_part", {"code": part.code, "other": whole.code})
    for error in _of_items(gone.item, stays.item):
        if error.code != "item_merge_archived":
            yield error


def _may_be_one_class(one: Any, other: Any) -> bool:
    """Two classes are of one model where one is the other, or lies beneath it."""
    if one is None or other is None:
        return True
    return bool(one.path.startswith(other.path) or other.path.startswith(one.path))


def _complete_model(ctx: Context, gone: Any, stays: Any) -> None:
    item = Item.objects.of(ctx).get(id=stays.item_id)
    item.name = stays.name
    # A model is an item as well: what is ordered, stocked and listed under the one is under the other from now on.
    merging.merge(Item.objects.of(ctx).get(id=gone.item_id), item, (), partial(refind, ctx, item))
    carried = values_to_carry(ctx, gone, stays)
    if carried:
        models.edit(ctx, stays.id, custom=carried)  # type: ignore[call-arg]
