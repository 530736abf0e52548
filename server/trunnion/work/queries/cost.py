"""What an order costs so far: the sum of its ledger, in the organisation's currency."""

from decimal import Decimal
from uuid import UUID

import msgspec
from django.db.models import Q, Sum

from trunnion.identity.queries import get_organisation
from trunnion.kernel.context import Context
from trunnion.kernel.prepared import Prepared
from trunnion.work.models import LabourEntry, Order, PartLine

NOTHING = Decimal(0)


_SUMS = Prepared(
    lambda organisation_id, ids: (
        LabourEntry.objects.of(organisation_id)
        .filter(order_id__in=ids)
        .order_by()
        .values_list("currency")
        .annotate(
            priced=Sum("amount"),
            minutes_all=Sum("minutes"),
            without=Sum("minutes", filter=Q(amount__isnull=True)),
        )
    ),
    organisation_id=UUID,
    ids=list[UUID],
)


_PARTS = Prepared(
    lambda organisation_id, ids: (
        PartLine.objects.of(organisation_id)
        .filter(order_id__in=ids, issued__gt=0)
        .order_by()
        .values_list("currency")
        .annotate(spent=Sum("cost"))
    ),
    organisation_id=UUID,
    ids=list[UUID],
)


class Cost(msgspec.Struct, frozen=True):
    """Amounts by kind; `unpriced_minutes` is time without a rate, or with one in another currency."""

    labour: Decimal
    material: Decimal
    service: Decimal
    currency: str
    unpriced_minutes: int

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.labour + self.material + self.service


def cost_of(ctx: Context, order_id: UUID) -> Cost:
    """The cost of an order and of those merged into it, as far as it is known now."""
    merged = Order.objects.of(ctx).filter(survivor_id=order_id).values_list("id", flat=True)
    return cost_of_all(ctx, [order_id, *merged])


def cost_of_all(ctx: Context, order_ids: list[UUID]) -> Cost:
    """The cost of these orders together."""
    own = get_organisation(ctx.organisation_id).currency
    labour, unpriced = NOTHING, 0
    for currency, amount, minutes, without in _SUMS.rows(organisation_id=ctx.organisation_id, ids=order_ids):
        if currency == own:
            labour += amount or NOTHING
        unpriced += (without or 0) if currency == own else minutes
    spent: dict[str, Decimal] = dict(_PARTS.rows(organisation_id=ctx.organisation_id, ids=order_ids))
    return Cost(labour, spent.get(own) or NOTHING, NOTHING, own, unpriced)
