"""An order begins to wait and goes on: for somebody on the spot, or because parts are lacking."""

from datetime import datetime

from trunnion.kernel.context import Context
from trunnion.kernel.unit import emit
from trunnion.work.commands import labour
from trunnion.work.commands.step import advance, facts
from trunnion.work.events import OrderResumed, OrderWaiting
from trunnion.work.models import Order, WaitInterval
from trunnion.work.types import LabourKind, WaitReason

from .ending import end_wait


def begin_wait(
    ctx: Context, order: Order, reason: WaitReason, remark: str = "", at: datetime | None = None
) -> None:
    """Lets an order wait; it will go on from where it is now."""
    left = order.state
    when = advance(order, "wait", at)
    order.waiting_from, order.waiting_reason = left, reason
    WaitInterval(
        order=order, reason=reason, remark=remark, from_state=left, began_at=when, began_by_id=ctx.actor_id,
        began_by_name=ctx.actor_name,
    ).save()  # fmt: skip
    labour.stop_all(ctx, order, when)
    order.save()
    emit(OrderWaiting(**facts(order, when), reason=reason))


def go_on(ctx: Context, order: Order, at: datetime | None = None) -> None:
    """Lets an order go on from where it was when it began to wait."""
    when = advance(order, "resume", at, left=order.waiting_from)
    labour.stop_all(ctx, order, when, LabourKind.WAIT)
    reason = end_wait(ctx, order, when)
    order.save()
    emit(OrderResumed(**facts(order, when), reason=reason))
