"""What ends with an order: its wait, the clocks that run on it, the standstill that it accounts for, its parts."""

from datetime import datetime

from trunnion.kernel.context import Context
from trunnion.work.commands import downtime, labour, supply
from trunnion.work.models import Order, WaitInterval


def end_wait(ctx: Context, order: Order, when: datetime) -> str:
    """Closes the open wait, if any; answers what was waited for."""
    reason, order.waiting_from, order.waiting_reason = order.waiting_reason, "", ""
    for wait in WaitInterval.objects.of(ctx).filter(order_id=order.id, ended_at=None):
        wait.ended_at, wait.ended_by_id, wait.ended_by_name = (
            max(when, wait.began_at),
            ctx.actor_id,
            ctx.actor_name,
        )
        wait.save()
    return reason


def end_with(ctx: Context, order: Order, when: datetime, reason: str) -> None:
    """Ends everything that hangs on an order which will not be done."""
    end_wait(ctx, order, when)
    labour.stop_all(ctx, order, when)
    downtime.release(ctx, order, when)
    supply.release(ctx, order)
    order.end_reason = reason
