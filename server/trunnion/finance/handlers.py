"""Reactions of finance: booked time becomes labour cost at the price that it was booked with."""

from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.work.events import LabourRecorded
from trunnion.work.queries import get_order_card

from . import commands
from .types import CostKind

SOURCE = "work.labour"


@on(LabourRecorded)
def cost_labour(ctx: Context, event: LabourRecorded) -> None:
    """Enters the cost of a labour entry, once, a reversal with the sign turned; unpriced time costs nothing."""
    if event.amount is None:
        return
    order = get_order_card(ctx, event.order_id)
    commands.record(
        ctx, kind=CostKind.LABOUR, amount=event.amount, currency=event.currency, occurred_on=event.worked_on,
        source_kind=SOURCE, source_id=event.labour_id, order_id=event.order_id, asset_id=event.asset_id,
        location_id=order.location_id, customer_id=order.customer_id, reverses_source_id=event.reverses_id,
    )  # fmt: skip
