"""What is on its way to which store."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from trunnion.inventory.purchasing.models import PurchaseLine
from trunnion.inventory.purchasing.states import ASKED, COMING
from trunnion.inventory.purchasing.types import Incoming
from trunnion.kernel.context import Context

_LINE = (
    "item_id",
    "order__store_id",
    "quantity",
    "received",
    "factor",
    "order__expected_on",
    "order_id",
    "order__number",
)


def incoming(ctx: Context, item_ids: Iterable[UUID], *, is_asked_too: bool = False) -> list[Incoming]:
    """What of these items is ordered and has not come, the earliest first; `is_asked_too` adds what will be ordered."""
    states = [*COMING, *(ASKED if is_asked_too else ())]
    rows = PurchaseLine.objects.of(ctx).filter(item_id__in=list(item_ids), order__state__in=states)
    open_rows = rows.filter(received__lt=F("quantity")).order_by(
        F("order__expected_on").asc(nulls_last=True), "id"
    )
    return [
        Incoming(item_id, store_id, (quantity - received) * factor, day, order_id, number)
        for item_id, store_id, quantity, received, factor, day, order_id, number in open_rows.values_list(
            *_LINE
        )
    ]
