"""Pure rules of inventory: what a part of a stock is worth, what one piece costs, which quantities an item may have."""

from decimal import ROUND_HALF_EVEN, Decimal

from trunnion.kernel.errors import Invalid
from trunnion.kernel.money import Money
from trunnion.kernel.quantity import units

NOTHING = Decimal(0)
MILLIONTH = Decimal("0.000001")


def share(value: Decimal, on_hand: Decimal, quantity: Decimal, currency: str) -> Decimal:
    """What a part of a stock is worth: its share to the cent; the last piece takes what is left."""
    if quantity >= on_hand:
        return value
    return min(worth(value * quantity / on_hand, currency), value)


def worth(amount: Decimal, currency: str) -> Decimal:
    """An amount at the currency's minor unit."""
    return Money(amount, currency).rounded().amount


def unit_cost(value: Decimal, quantity: Decimal) -> Decimal:
    """What one piece costs, to the millionth."""
    return (value / quantity).quantize(MILLIONTH, ROUND_HALF_EVEN) if quantity else NOTHING


def check_whole(unit: str, quantity: Decimal, pointer: str) -> None:
    """Refuses half a piece of what is counted."""
    known = units().get(unit)
    if known is not None and known.dimension == "count" and quantity != quantity.to_integral_value():
        raise Invalid.field(pointer, "stock.not_whole", unit=known.symbol)


def reversed_value(original: Decimal, held: Decimal, left: Decimal) -> Decimal:
    """What leaves a stock with a movement that is taken back: what it brought, as far as that is still there.

    `left` is the quantity that stays: nothing that lies there any more is worth nothing.
    """
    return held if left == NOTHING else min(original, held)
