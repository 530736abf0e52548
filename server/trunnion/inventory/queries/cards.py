"""One thing on one page: a store, a bin, an item's stock, how far the ledger is closed; and what a scanned text is."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from trunnion.catalog.queries import find_item, find_items
from trunnion.identity.queries import get_organisation
from trunnion.inventory.models import (
    Balance,
    Bin,
    Lot,
    Period,
    Reservation,
    SerialUnit,
    Shortage,
    Stock,
    Store,
)
from trunnion.inventory.rules import unit_cost
from trunnion.inventory.types import StoreCard, StoreKind
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.mergeable import family_of
from trunnion.kernel.policies import KINDS, get, seen, visible
from trunnion.kernel.shape import Rows, plain, read

from .levels import FREE
from .lists import READ_RESERVATIONS, READ_VALUE

_STORE = ("id", "code", "name", "store_kind", "resource_id", "location_id", "lat", "lon", "is_active")
_BIN = plain("id", "version", "code", "name", "is_active")
_KEPT = plain("id", "label", "demand_kind", "demand_id", "quantity", "needed_at", store="store__name")
_LACKED = _KEPT | plain("expected_on")
_LEVEL = plain(
    "id", "store_id", "on_hand", "reserved", "free", "value", store="store__name", store_code="store__code",
    store_kind="store__store_kind",
)  # fmt: skip
_PART = plain("id", "store_id", "on_hand", bin="bin__code", lot="lot__code", expires_on="lot__expires_on")
_UNIT = plain("id", "code", "store_id", store="store__name", bin="bin__code")


def find_stores(ctx: Context, store_ids: Iterable[UUID]) -> dict[UUID, StoreCard]:
    """The cards of these stores."""
    rows = visible(ctx, Store).filter(id__in=set(store_ids)).values_list(*_STORE)
    return {card.id: card for card in map(_card, rows)}


def find_store(ctx: Context, code: str) -> StoreCard | None:
    """The store of that code."""
    values = visible(ctx, Store).filter(code=code.strip()).values_list(*_STORE).first()
    return _card(values) if values else None


def list_stores(ctx: Context, resource_id: UUID | None = None) -> list[StoreCard]:
    """The stores in use, by name; of one person only where they are named: their van."""
    rows = visible(ctx, Store).filter(is_active=True)
    if resource_id is not None:
        rows = rows.filter(resource_id=resource_id)
    return [_card(values) for values in rows.order_by("name_key", "id").values_list(*_STORE)]


def _card(values: Any) -> StoreCard:
    row_id, code, name, kind, *rest = values
    return StoreCard(row_id, code, name, StoreKind(kind), *rest)


def get_store(ctx: Context, store_id: UUID) -> dict[str, Any]:
    """One store with its bins."""
    row = get(ctx, Store, store_id)
    verbs = ["edit", "close" if row.is_active else "reopen"]
    return {
        "id": row.id, "version": row.version, "code": row.code, "name": row.name, "kind": row.store_kind,
        "location_id": row.location_id, "location": _name_of(ctx, "assets.location", row.location_id),
        "resource_id": row.resource_id, "resource": _name_of(ctx, "workforce.labour_resource", row.resource_id),
        "party_id": row.party_id, "party": _name_of(ctx, "parties.party", row.party_id), "address": row.address,
        "lat": row.lat, "lon": row.lon, "is_active": row.is_active,
        "bins": read(visible(ctx, Bin).filter(store_id=row.id).order_by("code"), _BIN),
        "actions": [verb for verb in verbs if ctx.may(f"inventory.store.{verb}")],
    }  # fmt: skip


def _name_of(ctx: Context, kind: str, row_id: UUID | None) -> str:
    """What something of a room beside is called, as far as the actor may know of it."""
    if row_id is None or kind not in KINDS:
        return ""
    return seen(ctx, KINDS[kind]).filter(id=row_id).values_list("name", flat=True).first() or ""


def get_bin(ctx: Context, bin_id: UUID) -> dict[str, Any]:
    """One bin with what lies in it."""
    row = get(ctx, Bin, bin_id)
    lying = visible(ctx, Balance).filter(bin_id=row.id, on_hand__gt=0).order_by("item__code", "id")
    shape = plain("id", "item_id", "on_hand", code="item__code", name="item__name", lot="lot__code")
    return {
        "id": row.id, "version": row.version, "code": row.code, "name": row.name, "store_id": row.store_id,
        "store": row.store.name, "is_active": row.is_active, "contents": read(lying, shape),
        "actions": ["edit"] if ctx.may("inventory.bin.edit") else [],
    }  # fmt: skip


def get_item_stock(ctx: Context, item_id: UUID) -> dict[str, Any]:
    """An item's stock card: what each store has, in which bins and lots, who it is kept for, and who lacks it."""
    ids = family_of(ctx, "catalog.item", [item_id])
    item = find_items(ctx, {item_id}, with_merged=True).get(item_id)
    if item is None:
        raise NotVisible
    levels = visible(ctx, Stock).filter(item_id__in=ids).order_by("store__name_key", "id").annotate(free=FREE)
    may_see = ctx.may(READ_VALUE)
    parts = visible(ctx, Balance).filter(item_id__in=ids, on_hand__gt=0)
    units = visible(ctx, SerialUnit).filter(item_id__in=ids, store__isnull=False).order_by("code")
    kept = visible(ctx, Reservation).filter(item_id__in=ids).order_by("needed_at", "id")
    lacked = visible(ctx, Shortage).filter(item_id__in=ids).order_by("needed_at", "id")
    return {
        "id": item.id, "code": item.code, "name": item.name, "specification": item.specification, "unit": item.unit,
        "tracked_by": item.tracked_by, "state": item.state,
        "stores": [_level(one, may_see) for one in read(levels, _LEVEL)],
        "balances": read(parts.order_by("lot__expires_on", "id"), _PART), "serials": read(units, _UNIT),
        "reservations": read(kept, _KEPT) if ctx.may(READ_RESERVATIONS) else None,
        "shortages": read(lacked, _LACKED) if ctx.may(READ_RESERVATIONS) else None,
        "currency": get_organisation(ctx.organisation_id).currency if may_see else "",
        "line_actions": _verbs(ctx),
    }  # fmt: skip


def _level(row: dict[str, Any], may_see: bool) -> dict[str, Any]:
    value = row.pop("value")
    cost = unit_cost(value, row["on_hand"]) if may_see else None
    return {**row, "value": value if may_see else None, "unit_cost": cost}


def _verbs(ctx: Context) -> list[str]:
    return [verb for verb in ("receive", "transfer", "scrap", "adjust") if ctx.may(f"inventory.stock.{verb}")]


def get_period(ctx: Context) -> dict[str, Any]:
    """How far the ledger is closed."""
    row = Period.objects.of(ctx).first()
    verbs = ["close", *(["reopen"] if row and row.closed_through_on else [])]
    return {
        "closed_through_on": row.closed_through_on if row else None,
        "actions": [verb for verb in verbs if ctx.may(f"inventory.period.{verb}")],
    }


def scan(ctx: Context, text: str) -> dict[str, Any]:
    """What a scanned or typed text is: an item by its code or any other name, a bin, a store, a serial, a lot."""
    asked = text.strip()
    item = find_item(ctx, asked) if asked else None
    found: Rows = []
    if item is not None:
        found.append(
            {"kind": "catalog.item", "id": item.id, "item_id": item.id, "store_id": None, "label": item.code}
        )
    for model in (Bin, Store, SerialUnit, Lot) if asked else ():
        for row in visible(ctx, model).filter(code=asked).order_by("id")[:10]:
            found.append({
                "kind": model.kind, "id": row.id, "item_id": getattr(row, "item_id", None),
                "store_id": row.id if model is Store else getattr(row, "store_id", None), "label": row.code,
            })  # fmt: skip
    return {"text": asked, "found": found}
