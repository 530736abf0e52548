"""Where the parts of an order can come from: the engineer's van, the site's store, other stores by their distance."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from trunnion.catalog.queries import spares_of
from trunnion.inventory.queries import in_stores, list_stores
from trunnion.inventory.types import ItemInStore, StoreCard, StoreKind
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.policies import KINDS, seen, visible
from trunnion.work.models import Order, PartLine
from trunnion.work.rules import metres_between
from trunnion.work.types import Near

_PLACES = tuple(Near)
# Farther than anything on earth: a store that nobody placed comes last.
NOWHERE = 30_000_000
_FACTS = ("leading_id", "location_id", "location__site_id", "location__lat", "location__lon", "location__site__lat",
          "location__site__lon", "asset__model_id")  # fmt: skip


class Scene:
    """Where an order is to be done and by whom, and how near a store is to that."""

    def __init__(self, ctx: Context, order_id: UUID, stores: Iterable[ItemInStore | StoreCard]) -> None:
        found = visible(ctx, Order).filter(id=order_id).values_list(*_FACTS).first()
        if found is None:
            raise NotVisible
        leading_id, location_id, site_id, lat, lon, site_lat, site_lon, self.model_id = found
        self.leading_id = leading_id
        self.point = (lat, lon) if lat is not None and lon is not None else (site_lat, site_lon)
        places = {s.location_id for s in stores if s.location_id is not None}
        self.on_site: set[UUID] = set()
        if site_id is not None and places:
            rows = seen(ctx, KINDS["assets.location"]).filter(id__in=places, site_id=site_id)
            self.on_site = set(rows.values_list("id", flat=True))
        self.on_site |= {location_id} if location_id else set()

    def near(self, store: ItemInStore | StoreCard) -> Near:
        """In what relation a store stands to the order."""
        kind = store.store_kind if isinstance(store, ItemInStore) else store.kind
        if kind == StoreKind.VAN and store.resource_id is not None and store.resource_id == self.leading_id:
            return Near.VAN
        return Near.SITE if store.location_id in self.on_site else Near.OTHER

    def metres(self, store: ItemInStore | StoreCard) -> int | None:
        """How far a store is, as far as both places are known."""
        lat, lon = self.point
        if lat is None or lon is None or store.lat is None or store.lon is None:
            return None
        return metres_between(lat, lon, store.lat, store.lon)

    def rank(self, store: ItemInStore | StoreCard) -> tuple[bool, int, int]:
        """What to sort stores by: somebody else's van comes last."""
        kind = store.store_kind if isinstance(store, ItemInStore) else store.kind
        near, metres = self.near(store), self.metres(store)
        is_foreign_van = kind == StoreKind.VAN and near != Near.VAN
        return is_foreign_van, _PLACES.index(near), NOWHERE if metres is None else metres


def get_sources(ctx: Context, order_id: UUID) -> dict[str, Any]:
    """What each store has of the order's parts, and of the spare list of its machine's model; nearest first."""
    planned = list(
        PartLine.objects.of(ctx).filter(order_id=order_id).order_by("id").values_list("item_id", flat=True)
    )
    model_id = visible(ctx, Order).filter(id=order_id).values_list("asset__model_id", flat=True).first()
    spares = spares_of(ctx, model_id) if model_id else []
    levels = in_stores(ctx, {*planned, *(spare.item_id for spare in spares)})
    where = Scene(ctx, order_id, levels)
    levels.sort(key=where.rank)
    by_item: dict[UUID, list[dict[str, Any]]] = {}
    for level in levels:
        by_item.setdefault(level.item_id, []).append(_source(where, level))
    return {
        "sources": {str(item_id): found for item_id, found in by_item.items()},
        "proposed": [
            {
                "item_id": s.item_id, "code": s.code, "name": s.name, "unit": s.unit, "quantity": s.quantity,
                "available": sum((x["available"] for x in by_item.get(s.item_id, [])), Decimal(0)),
            }
            for s in spares if s.item_id not in planned
        ],
        "stores": sorted(
            ({"id": s.id, "name": s.name, "kind": s.kind} for s in list_stores(ctx)), key=lambda s: str(s["name"])
        ),
    }  # fmt: skip


def _source(where: Scene, level: ItemInStore) -> dict[str, Any]:
    return {
        "store_id": level.store_id, "store": level.store_name, "kind": level.store_kind, "near": where.near(level),
        "metres": where.metres(level), "on_hand": level.on_hand, "available": level.available,
    }  # fmt: skip


def nearest_store(ctx: Context, order: Order, item_id: UUID, quantity: Decimal) -> UUID | None:
    """The nearest store that has enough, else that at the site, else a central one."""
    levels = in_stores(ctx, [item_id])
    stores = list_stores(ctx)
    where = Scene(ctx, order.id, [*levels, *stores])
    enough = [level for level in levels if level.available >= quantity]
    if enough:
        return min(enough, key=where.rank).store_id
    kept = [s for s in stores if s.kind != StoreKind.VAN] or stores
    if not kept:
        return None
    return min(
        kept, key=lambda s: (where.near(s) != Near.SITE, s.kind != StoreKind.CENTRAL, where.rank(s))
    ).id


def order_of_part(ctx: Context, part_id: UUID) -> UUID | None:
    """The order that a part is planned on."""
    found: UUID | None = (
        PartLine.objects.of(ctx).filter(id=part_id).values_list("order_id", flat=True).first()
    )
    return found


def has_parts(ctx: Context, order_id: UUID) -> bool:
    """Whether an order needs parts."""
    return PartLine.objects.of(ctx).filter(order_id=order_id).exists()
