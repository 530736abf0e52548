"""Pure rules of purchasing: which price holds, what an order comes to, and how much is to be bought and why.

The reorder point covers demand during the lead time and, with the chance of the service level, its error:
s = f L + z sigma sqrt(L) (Silver, Pyke and Thomas, "Inventory and Production Management in Supply Chains", 4th ed.,
2017, ch. 6), with f the forecast of a month, sigma the deviation of its error, L the lead time in months.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from math import sqrt
from statistics import NormalDist

from trunnion.catalog.types import ItemCard
from trunnion.kernel.money import Money

from .types import ReplenishmentMethod

NOTHING = Decimal(0)
MILLIONTH = Decimal("0.000001")
DAYS_OF_MONTH = Decimal("30.4375")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a supplier's terms say, as far as a choice needs it."""

    unit: str
    price: Decimal
    currency: str
    minimum: Decimal
    lead_days: int | None
    from_on: date
    until_on: date | None

    def holds(self, day: date) -> bool:
        """Whether they hold on a day, both ends included."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def best(
    terms: Iterable[Terms], day: date, quantity: Decimal | None = None, unit: str | None = None
) -> Terms | None:
    """The terms for a quantity on a day: of those whose minimum it reaches the lowest price, the newest of equals."""
    able = [
        one for one in terms
        if one.holds(day) and (unit is None or one.unit == unit) and (quantity is None or one.minimum <= quantity)
    ]  # fmt: skip
    return min(able, key=lambda one: (one.price, -one.from_on.toordinal()), default=None)


def line_amount(quantity: Decimal, price: Decimal | None, currency: str) -> Decimal:
    """What a line comes to, at the currency's minor unit."""
    return Money(quantity * (price or NOTHING), currency).rounded().amount


def unit_cost(price: Decimal | None, factor: Decimal) -> Decimal | None:
    """What one of the item's own units costs when a pack that holds several has this price."""
    return None if price is None else (price / factor).quantize(MILLIONTH)


@dataclass(frozen=True, slots=True)
class Position:
    """How an item stands in a store: there, kept for somebody, lacking, on its way or asked for."""

    on_hand: Decimal = NOTHING
    reserved: Decimal = NOTHING
    short: Decimal = NOTHING
    incoming: Decimal = NOTHING

    @property
    def level(self) -> Decimal:
        """What nobody is waiting for, with what is on its way: the level that a policy looks at."""
        return self.on_hand - self.reserved - self.short + self.incoming


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy as the arithmetic sees it."""

    method: ReplenishmentMethod
    minimum: Decimal | None
    maximum: Decimal | None
    service_level: Decimal | None
    lead_days: int
    cover_days: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How much to buy, and each figure that it follows from."""

    quantity: Decimal
    reorder_point: Decimal
    order_up_to: Decimal
    lead_demand: Decimal
    safety: Decimal
    z: Decimal


def suggest(
    policy: Policy, position: Position, month: Decimal, deviation: Decimal, item: ItemCard | None = None
) -> Suggestion:
    """What to buy now: nothing above the reorder point, else up to the level that the policy wants."""
    lead = Decimal(policy.lead_days) / DAYS_OF_MONTH
    if policy.method == ReplenishmentMethod.MIN_MAX:
        point, upper = policy.minimum or NOTHING, policy.maximum or NOTHING
        lead_demand = safety = z = NOTHING
    else:
        z = Decimal(f"{NormalDist().inv_cdf(float(policy.service_level or Decimal('0.95'))):.3f}")
        lead_demand = _up(month * lead, whole=False)
        safety = _up(z * deviation * Decimal(f"{sqrt(float(lead)):.6f}"), whole=False)
        point = _up(lead_demand + safety, whole=_is_counted(item))
        upper = point + _up(month * Decimal(policy.cover_days) / DAYS_OF_MONTH, whole=_is_counted(item))
    wanted = upper - position.level if position.level <= point else NOTHING
    # Where somebody waits, that much is bought at least, whatever the levels say.
    needed = max(wanted, NOTHING) if position.level >= 0 else max(wanted, -position.level)
    return Suggestion(_up(needed, whole=_is_counted(item)), point, upper, lead_demand, safety, z)


def _is_counted(item: ItemCard | None) -> bool:
    from trunnion.kernel.quantity import units

    known = units().get(item.unit) if item else None
    return known is None or known.dimension == "count"


def _up(value: Decimal, *, whole: bool) -> Decimal:
    return value.to_integral_value(ROUND_CEILING) if whole else value.quantize(Decimal("0.01"), ROUND_CEILING)


def in_packs(quantity: Decimal, factor: Decimal, minimum: Decimal) -> Decimal:
    """How many packs to buy: whole ones that hold the quantity, and the supplier's minimum at least."""
    if quantity <= 0:
        return NOTHING
    packs = (quantity / factor).to_integral_value(ROUND_CEILING)
    return max(packs, minimum)


def on_its_way(lines: Sequence[tuple[Decimal, Decimal, Decimal]]) -> Decimal:
    """What is still to come of lines told as ordered, received and factor."""
    return sum((max(NOTHING, ordered - received) * factor for ordered, received, factor in lines), NOTHING)
