"""Pure decisions of approvals: which rule holds for an amount at a place, and when a step is through."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from .types import Need


class Unclear(Exception):
    """Which rule holds cannot be told without one more fact: `field` names it."""

    def __init__(self, field: str, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.field, self.code, self.facts = field, code, facts


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule as the choice sees it; no bounds means that every amount needs approval."""

    id: UUID
    currency: str = ""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    scope_id: UUID | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether the amount matters."""
        return self.amount_from is not None or self.amount_to is not None

    def holds(self, amount: Decimal | None) -> bool:
        """Whether the amount lies within the bounds, both included."""
        if not self.is_bounded:
            return True
        low, high = self.amount_from, self.amount_to
        return amount is not None and (low is None or low <= amount) and (high is None or amount <= high)


def choose(
    limits: Sequence[Limit], amount: Decimal | None, currency: str, places: Sequence[UUID]
) -> Limit | None:
    """The rule that holds: of the nearest place, and where several hold the one for the larger amounts.

    Raises Unclear rather than letting something through whose amount or currency nobody compared.
    """
    near = {place: index for index, place in enumerate(places)}
    able = [limit for limit in limits if limit.scope_id is None or limit.scope_id in near]
    bounded = [limit for limit in able if limit.is_bounded]
    if bounded and amount is None:
        raise Unclear("amount", "approval.amount_needed")
    known = sorted({limit.currency for limit in bounded})
    if bounded and currency not in known:
        raise Unclear("currency", "approval.currency_unknown", known=known)
    holding = [
        limit
        for limit in able
        if limit.holds(amount) and (not limit.is_bounded or limit.currency == currency)
    ]
    return min(
        holding,
        key=lambda one: (
            near[one.scope_id] if one.scope_id is not None else len(near),
            -(one.amount_from or Decimal(0)),
            one.id,
        ),
        default=None,
    )


def is_through(need: str, granted: Collection[UUID], able: Collection[UUID]) -> bool:
    """Whether a step has the voices that it needs; who has left is not waited for."""
    if need == Need.ANY:
        return bool(granted)
    return bool(granted) and set(able) <= set(granted)
