"""Reads of finance: the ledger, what an order or an asset cost, and the asset's file."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from trunnion.assets.queries import file_section, get_asset_card
from trunnion.kernel.context import Context
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.mergeable import family_of
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import visible
from trunnion.work.queries import get_order_card

from .models import CostEntry
from .types import CostKind, CostSum

READ = declare("finance.cost.read")
MOST = 500
COSTS = Listing(
    name="finance.costs",
    model=CostEntry,
    permission=READ,
    order="-occurred_on",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("occurred_on", Type.DATE, path="occurred_on", sort="occurred_on"),
        Column("kind", Type.CHOICE, path="cost_kind", choices=CostKind, words="choice.finance.cost.kind"),
        Column("amount", Type.DECIMAL, path="amount"),
        Column("currency", path="currency"),
        Column("order_number", path="order__number"),
        Column("order_title", path="order__title"),
        Column("asset_number", path="asset__number"),
        Column("asset_name", path="asset__name"),
        Column("customer", path="customer__name"),
        Column("place", path="location__name"),
        Column("remark", path="remark"),
        Column("order_id", Type.REFERENCE, path="order_id", refers_to="work.order", hidden=True),
        Column("asset_id", Type.REFERENCE, path="asset_id", refers_to="assets.asset", hidden=True),
        Column("customer_id", Type.REFERENCE, path="customer_id", refers_to="parties.party", hidden=True),
        Column("location_path", path="location__path", hidden=True),
        Column("reverses_id", Type.REFERENCE, path="reverses_id", refers_to="finance.cost", hidden=True),
    ),
)


def cost_of_order(ctx: Context, order_id: UUID) -> dict[str, Any]:
    """What an order, with those merged into it, has cost so far, by kind and currency."""
    order = get_order_card(ctx, order_id)
    return {"id": order.id, "number": order.number, "sums": _sums(ctx, _of_order(order_id))}


def cost_of_asset(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """What an asset has cost so far, by kind and currency."""
    asset = get_asset_card(ctx, asset_id)
    return {
        "id": asset.id,
        "number": asset.number,
        "sums": _sums(ctx, Q(asset_id__in=family_of(ctx, "assets.asset", [asset_id]))),
    }


@file_section("costs", READ)
def costs(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """Every cost of an asset, newest first."""
    rows = visible(ctx, CostEntry).filter(asset_id=asset_id).order_by("-occurred_on", "-id")
    shown = rows.values(
        "id",
        "occurred_on",
        "amount",
        "currency",
        "order_id",
        kind=F("cost_kind"),
        order_number=F("order__number"),
    )
    return list(shown[:MOST])


def _of_order(order_id: UUID) -> Q:
    return Q(order_id=order_id) | Q(order__survivor_id=order_id)


def _sums(ctx: Context, condition: Q) -> list[CostSum]:
    rows = visible(ctx, CostEntry).filter(condition).order_by().values("cost_kind", "currency")
    summed = rows.annotate(total=Sum("amount"), count=Count("id")).order_by("cost_kind", "currency")
    return [
        CostSum(CostKind(kind), currency, total, count)
        for kind, currency, total, count in summed.values_list("cost_kind", "currency", "total", "count")
    ]
