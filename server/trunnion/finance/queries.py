"""Reads of finance: the ledger, what an order or an asset cost, and the asset's file."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from trunnion.assets.queries import file_section, get_asset_card
from trunnion.assets.types.kinds import Disposal as Way
from trunnion.kernel.context import Context
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.mergeable import family_of
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import visible
from trunnion.work.queries import get_order_card

from .books import book_of, closed_on
from .models import CostEntry, DepreciationRule, Disposal
from .types import CostKind, CostSum, Method

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
        Column("amount", Type.DECIMAL, path="amount", summed=True, currency="currency"),
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

DISPOSALS = Listing(
    name="finance.disposals",
    model=Disposal,
    permission=READ,
    order="-occurred_on",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("occurred_on", Type.DATE, path="occurred_on", sort="occurred_on"),
        Column("asset_number", path="asset__number"),
        Column("asset_name", path="asset__name"),
        Column("disposal", Type.CHOICE, path="disposal", choices=Way, words="choice.assets.asset.disposal"),
        Column("price", Type.DECIMAL, path="price"),
        Column("book_value", Type.DECIMAL, path="book_value"),
        Column("proceeds", Type.DECIMAL, path="proceeds"),
        Column("result", Type.DECIMAL, path="result"),
        Column("currency", path="currency"),
        Column(
            "method",
            Type.CHOICE,
            path="method",
            choices=Method,
            words="choice.finance.depreciation_rule.method",
        ),
        Column("document_number", path="document_number"),
        Column("asset_id", Type.REFERENCE, path="asset_id", refers_to="assets.asset", hidden=True),
        Column("reverses_id", Type.REFERENCE, path="reverses_id", refers_to="finance.disposal", hidden=True),
    ),
)
RULES = Listing(
    name="finance.depreciation_rules",
    model=DepreciationRule,
    permission="finance.depreciation_rule.read",
    order="created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("equipment_class", path="equipment_class__code"),
        Column(
            "method",
            Type.CHOICE,
            path="method",
            choices=Method,
            words="choice.finance.depreciation_rule.method",
        ),
        Column("residual_percent", Type.DECIMAL, path="residual_percent"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)


def cost_of_order(ctx: Context, order_id: UUID) -> dict[str, Any]:
    """What an order, with those merged into it, has cost so far, by kind and currency."""
    order = get_order_card(ctx, order_id)
    return {"id": order.id, "number": order.number, "sums": _sums(ctx, _of_order(order_id))}


def cost_of_asset(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """What an asset has cost so far, by kind and currency, what it is worth in the books, and what it brought in."""
    asset, family = get_asset_card(ctx, asset_id), family_of(ctx, "assets.asset", [asset_id])
    return {
        "id": asset.id, "number": asset.number, "sums": _sums(ctx, Q(asset_id__in=family)),
        # The book of what was disposed of is closed: it says what the asset was worth when it left.
        "book": book_of(ctx, asset_id, closed_on(ctx, asset_id)),
        "disposals": [line for one in family for line in disposals(ctx, one)],
    }  # fmt: skip


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


@file_section("disposals", READ)
def disposals(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """What the asset was worth when it left and what it brought in, newest first."""
    rows = visible(ctx, Disposal).filter(asset_id=asset_id).order_by("-id")
    return list(
        rows.values(
            "id", "occurred_on", "document_id", "document_number", "disposal", "currency", "price", "book_value",
            "proceeds", "result", "method", "reverses_id",
        )[:MOST]
    )  # fmt: skip


def _of_order(order_id: UUID) -> Q:
    return Q(order_id=order_id) | Q(order__survivor_id=order_id)


def _sums(ctx: Context, condition: Q) -> list[CostSum]:
    rows = visible(ctx, CostEntry).filter(condition).order_by().values("cost_kind", "currency")
    summed = rows.annotate(total=Sum("amount"), count=Count("id")).order_by("cost_kind", "currency")
    return [
        CostSum(CostKind(kind), currency, total, count)
        for kind, currency, total, count in summed.values_list("cost_kind", "currency", "total", "count")
    ]
