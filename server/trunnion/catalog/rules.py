"""Pure decisions of catalog."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from trunnion.kernel.quantity import Quantity

PLACES = Decimal("0.000001")


class Inexact(ValueError):
    """The quantity cannot be told in the other unit without rounding it."""


def alias_key(text: str) -> str:
    """What two spellings of one code or name have in common: case, width and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())[:200]


def in_own_unit(quantity: Decimal, unit: str, own: str, factors: Mapping[str, Decimal]) -> Decimal:
    """A quantity told in the item's own unit: by what a pack holds, else as the two units measure the same.

    Raises UnitUnknown or UnitMismatch where neither tells, and Inexact rather than rounding.
    """
    if unit == own:
        return quantity
    found = quantity * factors[unit] if unit in factors else Quantity(quantity, unit).to(own).value
    if found != found.quantize(PLACES):
        raise Inexact(f"{quantity} {unit} in {own}")
    return found.normalize() + 0


def whole_packs(quantity: Decimal, factor: Decimal) -> Decimal:
    """The fewest whole packs that hold a quantity."""
    packs, rest = divmod(quantity, factor)
    return packs + (1 if rest else 0)
