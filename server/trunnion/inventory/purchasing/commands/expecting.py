"""Whoever lacks parts that are on order is told when they will come, and when nobody knows any more."""

from datetime import date
from uuid import UUID

from trunnion.inventory.commands.shortage import expect
from trunnion.inventory.models import Shortage
from trunnion.inventory.purchasing.models import PurchaseLine, PurchaseOrder
from trunnion.inventory.purchasing.queries import incoming
from trunnion.kernel.context import Context


def tell_those_who_wait(ctx: Context, order: PurchaseOrder) -> None:
    """Puts the earliest day on which each lacking item comes to the store on those who lack it there."""
    items = set(PurchaseLine.objects.of(ctx).filter(order_id=order.id).values_list("item_id", flat=True))
    days: dict[UUID, date] = {}
    for one in incoming(ctx, items):
        if one.store_id == order.store_id and one.expected_on is not None:
            days[one.item_id] = min(one.expected_on, days.get(one.item_id, one.expected_on))
    lacking = Shortage.objects.of(ctx).filter(store_id=order.store_id, item_id__in=items)
    for shortage_id, item_id in lacking.values_list("id", "item_id"):
        expect(ctx, shortage_id, expected_on=days.get(item_id))
