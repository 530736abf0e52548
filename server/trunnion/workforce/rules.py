"""Pure rules of workforce: which of several dated rates holds on a day."""

from collections.abc import Iterable
from datetime import date

from .types import RateLine


def rate_on(rates: Iterable[RateLine], day: date, craft: str = "") -> RateLine | None:
    """The rate that holds on a day: the craft's own before the general one, the latest begun before the earlier."""
    begun = [r for r in rates if r.from_on <= day and r.craft in ("", craft)]
    return max(begun, key=lambda r: (r.craft == craft, r.from_on), default=None)
