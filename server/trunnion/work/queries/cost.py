"""What an order costs so far: the sum of its ledger, in the organisation's currency."""

from decimal import Decimal
from uuid import UUID

import msgspec
from django.db.models import Q, Sum

from trunnion.identity.queries import get_organisation
from trunnion.kernel.context import Context
from trunnion.work.models import LabourEntry, Order

NOTHING = Decimal(0)


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
    currency = get_organisation(ctx.organisation_id).currency
    merged = Order.objects.of(ctx).filter(survivor_id=order_id).values("id")
    entries = LabourEntry.objects.of(ctx).filter(Q(order_id=order_id) | Q(order_id__in=merged))
    priced = Q(currency=currency, amount__isnull=False)
    sums = entries.aggregate(labour=Sum("amount", filter=priced), unpriced=Sum("minutes", filter=~priced))
    return Cost(sums["labour"] or NOTHING, NOTHING, NOTHING, currency, int(sums["unpriced"] or 0))
