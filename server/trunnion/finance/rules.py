"""What an asset is worth in the books on a day, and how an amount is shared; pure decisions, exact to the cent."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from .types import Method

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def months_between(begin: date, end: date) -> int:
    """The whole months from one day to another; none where the second comes first."""
    months = (end.year - begin.year) * 12 + end.month - begin.month
    return max(months - (end.day < begin.day), 0)


def value_after(price: Decimal, residual: Decimal, life_months: int, months: int, method: Method) -> Decimal:
    """The book value after some months of a life; it never falls below the residual value."""
    if months >= life_months:
        return residual.quantize(CENT)
    if method == Method.STRAIGHT_LINE:
        return (price - (price - residual) * months / life_months).quantize(CENT)
    return _declined(price, residual, life_months, months).quantize(CENT)


def _declined(price: Decimal, residual: Decimal, life_months: int, months: int) -> Decimal:
    """By twice the rate of a straight line, year by year, until an even share of what is left is more."""
    value, past = price, 0
    while past < months:
        year = min(12, life_months - past)
        twice = value * 2 * year / life_months
        even = (value - residual) * year / (life_months - past)
        taken = min(max(twice, even), value - residual)
        part = min(months - past, year)
        value -= taken * part / year
        past += part
    return value


def residual_of(price: Decimal, percent: Decimal) -> Decimal:
    """What is thought to remain of a price at the end of a life."""
    return (price * percent / HUNDRED).quantize(CENT)


def share_of(total: Decimal, weights: Sequence[Decimal | None], index: int) -> Decimal:
    """One part of an amount that several things brought in together: by their prices, else evenly; no cent is lost."""
    known = [weight for weight in weights if weight is not None]
    is_known = len(known) == len(weights) and sum(known) > 0
    portions = known if is_known else [Decimal(1)] * len(weights)
    whole = sum(portions)
    before = sum(portions[:index], Decimal(0))
    upto = (total * (before + portions[index]) / whole).quantize(CENT)
    return upto - (total * before / whole).quantize(CENT)
