"""What is to be bought, with every figure that it follows from and the names of those who wait for it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum

from trunnion.catalog.queries import find_items, get_item_card, packs_of
from trunnion.catalog.types import ItemCard
from trunnion.inventory.demand import queries as demand
from trunnion.inventory.demand.rules import Forecast, Method
from trunnion.inventory.models import Shortage, Stock, Store
from trunnion.inventory.purchasing import rules
from trunnion.inventory.purchasing.models import ReplenishmentPolicy, SupplierTerm
from trunnion.inventory.purchasing.types import ReplenishmentMethod
from trunnion.inventory.queries import shortages_of
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible

from .levels import incoming

# Where neither the policy nor any terms say how long it takes.
USUAL_LEAD_DAYS = 14
Key = tuple[UUID, UUID]
_TERM = ("unit", "price", "currency", "minimum", "lead_days", "from_on", "until_on")


def get_suggestions(ctx: Context, store_id: UUID | None = None) -> dict[str, Any]:
    """What every policy says now, and what demands lack of items without one; what needs nothing is left out."""
    policies = _policies(ctx, store_id)
    lacking = _lacking(ctx, store_id)
    keys = list(dict.fromkeys([*policies, *lacking]))
    cards = find_items(ctx, {item_id for item_id, _ in keys})
    standings = _standings(ctx, keys, lacking)
    forecasts = demand.forecasts(ctx, store_id) if policies else {}
    waiting = shortages_of(ctx, {item_id for item_id, _ in lacking})
    names = dict(_store_names(ctx, {store for _, store in keys}))
    offers = _offers(ctx, {item_id for item_id, _ in keys})
    packs = packs_of(ctx, {item_id for item_id, _ in keys})
    rows = []
    for key in keys:
        card = cards.get(key[0])
        if card is None or key[1] not in names:
            continue
        told = _told(
            card, policies.get(key), standings[key], forecasts.get(key), offers.get(key[0], []), packs[key[0]]
        )
        if told["quantity"] > 0:
            waits = [
                {"label": one.label, "quantity": one.quantity, "needed_at": one.needed_at, "kind": one.demand_kind,
                 "id": one.demand_id}
                for one in waiting if (one.item_id, one.store_id) == key
            ]  # fmt: skip
            rows.append({**told, "store_id": key[1], "store": names[key[1]], "waiting": waits})
    rows.sort(key=lambda one: (-len(one["waiting"]), one["item_code"]))
    return {"rows": rows}


def _told(
    card: ItemCard, policy: ReplenishmentPolicy | None, stands: rules.Position, forecast: Forecast | None,
    offers: list[tuple[UUID, str, rules.Terms]], packs: dict[str, Decimal],
) -> dict[str, Any]:  # fmt: skip
    month = Decimal(f"{forecast.level:.4f}") if forecast else rules.NOTHING
    deviation = Decimal(f"{forecast.deviation:.4f}") if forecast else rules.NOTHING
    offer = _offer(offers, policy)
    lead = _lead(policy, offer)
    arithmetic = rules.suggest(_policy(policy, lead), stands, month, deviation, card)
    unit, factor, minimum = card.unit, Decimal(1), rules.NOTHING
    if offer is not None and (offer[2].unit == card.unit or offer[2].unit in packs):
        unit, minimum = offer[2].unit, offer[2].minimum
        factor = packs.get(unit, Decimal(1))
    return {
        "item_id": card.id, "item_code": card.code, "item_name": card.name, "own_unit": card.unit,
        "on_hand": stands.on_hand, "reserved": stands.reserved, "short": stands.short, "incoming": stands.incoming,
        "level": stands.level, "method": policy.method if policy else "", "month": month, "deviation": deviation,
        "forecast_by": str(forecast.method) if forecast else "", "factor": _factor(forecast), "lead_days": lead,
        "service_level": policy.service_level if policy else None, "z": arithmetic.z,
        "lead_demand": arithmetic.lead_demand, "safety": arithmetic.safety, "reorder_point": arithmetic.reorder_point,
        "order_up_to": arithmetic.order_up_to, "needed": arithmetic.quantity, "pack": factor, "minimum": minimum,
        "quantity": rules.in_packs(arithmetic.quantity, factor, minimum), "unit": unit,
        "party_id": offer[0] if offer else (policy.party_id if policy else None),
        "supplier": offer[1] if offer else None,
        "price": offer[2].price if offer else None, "currency": offer[2].currency if offer else "",
    }  # fmt: skip


def _factor(forecast: Forecast | None) -> Decimal:
    return Decimal(f"{forecast.factor:.3f}") if forecast else Decimal(1)


def _lead(policy: ReplenishmentPolicy | None, offer: tuple[UUID, str, rules.Terms] | None) -> int:
    told = [policy.lead_days if policy else None, offer[2].lead_days if offer else None]
    return next((days for days in told if days is not None), USUAL_LEAD_DAYS)


def _policy(policy: ReplenishmentPolicy | None, lead: int) -> rules.Policy:
    if policy is None:
        # Nothing is kept in stock: only what somebody waits for is bought.
        return rules.Policy(ReplenishmentMethod.MIN_MAX, rules.NOTHING, rules.NOTHING, None, lead, 0)
    method = ReplenishmentMethod(policy.method)
    return rules.Policy(method, policy.minimum, policy.maximum, policy.service_level, lead, policy.cover_days)


def _offer(
    offers: list[tuple[UUID, str, rules.Terms]], policy: ReplenishmentPolicy | None
) -> tuple[UUID, str, rules.Terms] | None:
    """The supplier that the policy names, else the cheapest by the item's own unit price."""
    day = clock.now().date()
    able = [one for one in offers if one[2].holds(day) and (not policy or policy.party_id in (None, one[0]))]
    return min(able, key=lambda one: (one[2].price, one[1]), default=None)


def _policies(ctx: Context, store_id: UUID | None) -> dict[Key, ReplenishmentPolicy]:
    rows = visible(ctx, ReplenishmentPolicy).filter(store__is_active=True)
    rows = rows if store_id is None else rows.filter(store_id=store_id)
    return {(row.item_id, row.store_id): row for row in rows.order_by("id")}


def _lacking(ctx: Context, store_id: UUID | None) -> dict[Key, Decimal]:
    rows = Shortage.objects.of(ctx)
    rows = rows if store_id is None else rows.filter(store_id=store_id)
    sums = rows.values("item_id", "store_id").annotate(sum=Sum("quantity"))
    return {
        (item, store): quantity for item, store, quantity in sums.values_list("item_id", "store_id", "sum")
    }


def _standings(ctx: Context, keys: Iterable[Key], lacking: dict[Key, Decimal]) -> dict[Key, rules.Position]:
    wanted = list(keys)
    items = {item_id for item_id, _ in wanted}
    there = {
        (item, store): (on_hand, reserved)
        for item, store, on_hand, reserved in Stock.objects.of(ctx)
        .filter(item_id__in=items)
        .values_list("item_id", "store_id", "on_hand", "reserved")
    }
    coming: dict[Key, Decimal] = {}
    for one in incoming(ctx, items, is_asked_too=True):
        key = (one.item_id, one.store_id)
        coming[key] = coming.get(key, rules.NOTHING) + one.quantity
    none = (rules.NOTHING, rules.NOTHING)
    return {
        key: rules.Position(
            *there.get(key, none), lacking.get(key, rules.NOTHING), coming.get(key, rules.NOTHING)
        )
        for key in wanted
    }


def _store_names(ctx: Context, store_ids: set[UUID]) -> list[tuple[UUID, str]]:
    return list(visible(ctx, Store).filter(id__in=store_ids).values_list("id", "name"))


def _offers(ctx: Context, item_ids: set[UUID]) -> dict[UUID, list[tuple[UUID, str, rules.Terms]]]:
    rows = SupplierTerm.objects.of(ctx).filter(item_id__in=item_ids).order_by("id")
    found: dict[UUID, list[tuple[UUID, str, rules.Terms]]] = {}
    for item_id, party_id, name, *values in rows.values_list("item_id", "party_id", "party__name", *_TERM):
        found.setdefault(item_id, []).append((party_id, name, rules.Terms(*values)))
    return found


def get_demand(ctx: Context, item_id: UUID) -> dict[str, Any]:
    """What each store consumed of an item by month, what is foreseen, and how wrong that would have been."""
    series = demand.history(ctx, [get_item_card(ctx, item_id).id])
    names = dict(_store_names(ctx, {store for _, store in series}))
    stores = []
    for (found_id, store), values in series.items():
        if store not in names:
            continue
        forecast = demand.forecasts(ctx, store)[found_id, store]
        stores.append({
            "store_id": store, "store": names[store],
            "months": [month.isoformat() for month in demand.months_until(ctx, len(values))],
            "used": [_exact(v) for v in values], "month": _exact(forecast.level), "method": str(forecast.method),
            "factor": _exact(forecast.factor), "accuracy": [_judged(forecast, method) for method in Method],
        })  # fmt: skip
    stores.sort(key=lambda one: str(one["store"]))
    return {"item_id": item_id, "stores": stores}


def _judged(forecast: Forecast, method: Method) -> dict[str, Any]:
    one = forecast.accuracy[method]
    return {"method": str(method), "rmse": _exact(one.rmse), "bias": _exact(one.bias), "months": one.months}


def _exact(value: float) -> Decimal:
    return Decimal(f"{value:.4f}").normalize() + 0
