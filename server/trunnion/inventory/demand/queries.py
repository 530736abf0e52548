"""What was consumed, month by month, and what follows from it for the months to come."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DateField, Min, Sum
from django.db.models.functions import TruncMonth

from trunnion.identity.queries import get_organisation
from trunnion.inventory.models import Movement
from trunnion.inventory.types import PlaceKind
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.mergeable import standing

from . import rules

# Older months say little of what will be needed, and this many are judged by.
MOST_MONTHS = 60
Key = tuple[UUID, UUID]
Series = dict[Key, list[float]]


def months_until(ctx: Context, months: int = MOST_MONTHS) -> list[date]:
    """The first days of the months that are over, by the organisation's clock, the oldest first."""
    today = clock.now().astimezone(ZoneInfo(get_organisation(ctx.organisation_id).zone)).date()
    first = today.year * 12 + today.month - 1
    return [date((first - ago) // 12, (first - ago) % 12 + 1, 1) for ago in range(months, 0, -1)]


def history(ctx: Context, item_ids: Iterable[UUID] | None = None, store_id: UUID | None = None) -> Series:
    """Consumption by item and store in each month that is over, from the first in which the store had the item.

    What was handed out less what came back; what was merged counts with what it went into.
    """
    months = months_until(ctx)
    zone = ZoneInfo(get_organisation(ctx.organisation_id).zone)
    begun = _begun(ctx, item_ids, store_id, zone)
    at = {month: index for index, month in enumerate(months)}
    found: Series = {}
    for key, month in begun.items():
        first = max(0, at.get(month, 0 if month < months[0] else len(months)))
        found[key] = [0.0] * (len(months) - first)
    for key, month, quantity in _used(ctx, item_ids, store_id, zone):
        series, index = found.get(key), at.get(month)
        if series is not None and index is not None and len(months) - index <= len(series):
            series[index - len(months)] += float(quantity)
    # A correction may give back in one month what was taken in another.
    return {key: [max(0.0, value) for value in series] for key, series in found.items()}


def _rows(ctx: Context, item_ids: Iterable[UUID] | None, store_id: UUID | None, end: str) -> Any:
    rows = Movement.objects.of(ctx).filter(**{f"{end}_store__isnull": False})
    if item_ids is not None:
        rows = rows.filter(item_id__in=list(item_ids))
    return rows if store_id is None else rows.filter(**{f"{end}_store_id": store_id})


def _month(zone: ZoneInfo) -> Any:
    return TruncMonth("moved_at", tzinfo=zone, output_field=DateField())


def _begun(
    ctx: Context, item_ids: Iterable[UUID] | None, store_id: UUID | None, zone: ZoneInfo
) -> dict[Key, date]:
    rows = (
        _rows(ctx, item_ids, store_id, "to").values("item_id", "to_store_id").annotate(first=Min("moved_at"))
    )
    told = list(rows.values_list("item_id", "to_store_id", "first"))
    stands = standing(ctx, "catalog.item", {item_id for item_id, _, _ in told})
    found: dict[Key, date] = {}
    for item_id, store, first in told:
        key, month = (stands[item_id], store), first.astimezone(zone).date().replace(day=1)
        found[key] = min(month, found.get(key, month))
    return found


def _used(
    ctx: Context, item_ids: Iterable[UUID] | None, store_id: UUID | None, zone: ZoneInfo
) -> list[tuple[Key, date, Decimal]]:
    told: list[tuple[UUID, UUID, date, Decimal]] = []
    for end, other, sign in (("from", "to", 1), ("to", "from", -1)):
        rows = _rows(ctx, item_ids, store_id, end).filter(**{f"{other}_kind": PlaceKind.DEMAND})
        sums = (
            rows.annotate(month=_month(zone))
            .values("item_id", f"{end}_store_id", "month")
            .annotate(sum=Sum("quantity"))
        )
        told += [
            (item_id, store, month, sign * quantity)
            for item_id, store, month, quantity in sums.values_list(
                "item_id", f"{end}_store_id", "month", "sum"
            )
        ]
    stands = standing(ctx, "catalog.item", {item_id for item_id, *_ in told})
    return [((stands[item_id], store), month, quantity) for item_id, store, month, quantity in told]


def forecasts(ctx: Context, store_id: UUID | None = None) -> dict[Key, rules.Forecast]:
    """The forecast of every item of every store, put right by what all of a store were wrong by together."""
    series = history(ctx, store_id=store_id)
    stores: dict[UUID, list[list[float]]] = {}
    for (_, store), values in series.items():
        stores.setdefault(store, []).append(values)
    factors = {store: rules.factor_of(all_of_it) for store, all_of_it in stores.items()}
    return {key: rules.with_factor(rules.forecast(values), factors[key[1]]) for key, values in series.items()}
