"""What there is: of items in stores, and what demands lack."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import ExpressionWrapper, F

from trunnion.inventory.models import Reservation, Shortage, Stock
from trunnion.inventory.types import ItemInStore, ShortageCard, Standing, StoreKind
from trunnion.kernel.context import Context
from trunnion.kernel.fields import ExactField

FREE = ExpressionWrapper(F("on_hand") - F("reserved"), output_field=ExactField())

_LEVEL = (
    "item_id", "store_id", "store__code", "store__name", "store__store_kind", "store__resource_id",
    "store__location_id", "store__lat", "store__lon", "on_hand", "free",
)  # fmt: skip
_SHORTAGE = (
    "id",
    "item_id",
    "store_id",
    "demand_kind",
    "demand_id",
    "label",
    "quantity",
    "needed_at",
    "expected_on",
)


def in_stores(ctx: Context, item_ids: Iterable[UUID]) -> list[ItemInStore]:
    """Of each of these items what every store in use has, in one query; stores that have none are left out."""
    rows = Stock.objects.of(ctx).filter(item_id__in=set(item_ids), on_hand__gt=0, store__is_active=True)
    found = rows.annotate(free=FREE).values_list(*_LEVEL)
    return [_level(values) for values in found]


def stock_of_item(ctx: Context, item_id: UUID) -> list[ItemInStore]:
    """What every store has of one item."""
    return in_stores(ctx, [item_id])


def shortages_of(ctx: Context, item_ids: Iterable[UUID]) -> list[ShortageCard]:
    """Who lacks what of these items; whoever needs it first comes first."""
    rows = Shortage.objects.of(ctx).filter(item_id__in=set(item_ids))
    ordered = rows.order_by(F("needed_at").asc(nulls_last=True), "id")
    return [ShortageCard(*values) for values in ordered.values_list(*_SHORTAGE)]


def standing_of(ctx: Context, demand_kind: str, demand_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """What is kept for these demands and what they lack; each demand needs one item."""
    ids = set(demand_ids)
    found = dict.fromkeys(ids, Standing())
    kept = Reservation.objects.of(ctx).filter(demand_id__in=ids, demand_kind=demand_kind)
    for demand_id, quantity in kept.values_list("demand_id", "quantity"):
        found[demand_id] = Standing(found[demand_id].reserved + quantity)
    lacking = Shortage.objects.of(ctx).filter(demand_id__in=ids, demand_kind=demand_kind)
    unknown: set[UUID] = set()
    for demand_id, quantity, day in lacking.values_list("demand_id", "quantity", "expected_on"):
        before = found[demand_id]
        if day is None:
            unknown.add(demand_id)
        last = None if demand_id in unknown else max(day, before.expected_on or day)
        found[demand_id] = Standing(before.reserved, before.short + quantity, last)
    return found


def _level(values: tuple[Any, ...]) -> ItemInStore:
    named = dict(zip(ItemInStore.__struct_fields__, values, strict=True))
    return ItemInStore(**{**named, "store_kind": StoreKind(named["store_kind"])})
