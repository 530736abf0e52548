"""Reads of models, spare lists and items for handover formats: many whole records in a few queries."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.kernel.sorting import sort_key

from .models import Item, ItemSupplier, Model, ModelPart

STEP = 500


class ModelFacts(msgspec.Struct, frozen=True):
    """An equipment model as a handover tells of it."""

    id: UUID
    name: str
    description: str
    manufacturer_id: UUID | None
    model_number: str
    mobility: str
    expected_life_months: int | None
    warranty_parts_months: int | None
    warranty_labour_months: int | None
    warranty_parts_by_id: UUID | None
    warranty_labour_by_id: UUID | None
    warranty_terms: str
    replacement_cost: Decimal | None
    replacement_currency: str
    created_at: datetime


class ItemFacts(msgspec.Struct, frozen=True):
    """An item as a handover tells of it, with its suppliers in the order in which they were named."""

    id: UUID
    code: str
    name: str
    description: str
    specification: str
    created_at: datetime
    supplier_ids: list[UUID] = []


class PartFacts(msgspec.Struct, frozen=True):
    """A line of a model's spare list."""

    id: UUID
    model_id: UUID
    item_id: UUID
    quantity: Decimal
    set_number: str
    notes: str
    created_at: datetime


_MODEL = (
    "id", "name", "description", "manufacturer_id", "model_number", "mobility", "expected_life_months",
    "warranty_parts_months", "warranty_labour_months", "warranty_parts_by_id", "warranty_labour_by_id",
    "warranty_terms", "replacement_cost", "replacement_currency", "created_at",
)  # fmt: skip
_ITEM = ("id", "code", "name", "description", "specification", "created_at")
_PART = ("id", "model_id", "item_id", "quantity", "set_number", "notes", "created_at")


def whole_models(ctx: Context, model_ids: Iterable[UUID]) -> dict[UUID, ModelFacts]:
    """Several models by their ids."""
    rows = _by(visible(ctx, Model), "id", model_ids)
    return {values[0]: ModelFacts(*values) for part in rows for values in part.values_list(*_MODEL)}


def models_named(ctx: Context, names: Iterable[str]) -> dict[str, ModelFacts]:
    """The models of these names; the oldest where several share one."""
    wanted = set(names)
    rows = _by(visible(ctx, Model), "name_key", {sort_key(name) for name in wanted})
    found = [ModelFacts(*values) for part in rows for values in part.order_by("-id").values_list(*_MODEL)]
    return {model.name: model for model in found if model.name in wanted}


def whole_items(ctx: Context, item_ids: Iterable[UUID]) -> dict[UUID, ItemFacts]:
    """Several items by their ids."""
    listed = list(item_ids)
    rows = _by(visible(ctx, Item), "id", listed)
    found = {values[0]: ItemFacts(*values) for part in rows for values in part.values_list(*_ITEM)}
    for part in _by(ItemSupplier.objects.of(ctx), "item_id", listed):
        for item_id, party_id in part.order_by("id").values_list("item_id", "party_id"):
            if item_id in found:
                found[item_id].supplier_ids.append(party_id)
    return found


def items_named(ctx: Context, names: Iterable[str]) -> dict[str, ItemFacts]:
    """The items of these names that are no models; the oldest where several share one."""
    wanted = set(names)
    rows = _by(visible(ctx, Item).filter(is_model=False), "name_key", {sort_key(name) for name in wanted})
    found = [ItemFacts(*values) for part in rows for values in part.order_by("-id").values_list(*_ITEM)]
    return {item.name: item for item in found if item.name in wanted}


def spare_lists(ctx: Context, model_ids: Iterable[UUID]) -> list[PartFacts]:
    """The spare lists of several models."""
    rows = _by(visible(ctx, ModelPart), "model_id", model_ids)
    found = [PartFacts(*values) for part in rows for values in part.values_list(*_PART)]
    return sorted(found, key=lambda one: one.id)


def _by(rows: Any, column: str, values: Iterable[Any]) -> Iterator[Any]:
    listed = list(values)
    for start in range(0, len(listed), STEP):
        yield rows.filter(**{f"{column}__in": listed[start : start + STEP]})
