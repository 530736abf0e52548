"""The books of assets: by which rule one is depreciated, and what it is worth on a day."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from trunnion.assets.queries import worth
from trunnion.assets.types.cards import WorthCard
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible

from .models import DepreciationRule, Disposal
from .rules import months_between, residual_of, value_after
from .types import Book, Method


def book_of(ctx: Context, asset_id: UUID, on: date | None = None) -> Book:
    """What an asset is worth in the books on a day, today unless said otherwise."""
    found = worth.get_worths(ctx, [asset_id]).get(asset_id)
    if found is None:
        raise NotVisible
    method, percent = _rule_of(ctx, found.class_path or "")
    return valued(found, method, percent, on or clock.today(found.zone or ctx.zone))


def closed_on(ctx: Context, asset_id: UUID) -> date | None:
    """The day on which an asset left the books; None for one that is in them."""
    last = Disposal.objects.of(ctx).filter(asset_id=asset_id).order_by("-id").first()
    return None if last is None or last.reverses_id is not None else last.occurred_on


def valued(found: WorthCard, method: Method, percent: Decimal, on: date) -> Book:
    """The book of one asset by its facts and its rule."""
    began_on = found.in_service_on or found.purchased_on
    needed = {"price": found.price, "purchased_on": began_on, "life": found.life_months or None}
    missing = [name for name, value in needed.items() if value is None]
    if found.price is None or began_on is None or not found.life_months:
        return Book(
            on, method, found.currency, found.price, None, began_on, found.life_months, missing=missing
        )
    residual = residual_of(found.price, percent)
    months = months_between(began_on, on)
    value = value_after(found.price, residual, found.life_months, months, method)
    return Book(
        on,
        method,
        found.currency,
        found.price,
        residual,
        began_on,
        found.life_months,
        found.price - value,
        value,
    )


def _rule_of(ctx: Context, class_path: str) -> tuple[Method, Decimal]:
    """The rule of the nearest class, else that of all others, else a straight line to nothing."""
    rows = DepreciationRule.objects.of(ctx).values_list("equipment_class__path", "method", "residual_percent")
    fitting = [row for row in rows if row[0] is None or class_path.startswith(row[0])]
    if not fitting:
        return Method.STRAIGHT_LINE, Decimal(0)
    _, method, percent = max(fitting, key=lambda row: len(row[0] or ""))
    return Method(method), percent
