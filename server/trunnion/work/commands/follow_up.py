"""The verb that lets one order lead to another."""

from uuid import UUID

from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Instant, Line, Name, Prose
from trunnion.kernel.unit import emit
from trunnion.work.events import OrderFollowedUp
from trunnion.work.models import FollowUp
from trunnion.work.states import BOOKABLE
from trunnion.work.types import OrderDone, OrderKind, OrderState, Priority, Source

from .order import create as create_order
from .step import facts, take_bookable

STATES = (*(s for s in BOOKABLE if s != OrderState.DRAFT), OrderState.CLOSED)


@command("work.follow_up.create")
def create(
    ctx: Context, order_id: UUID, title: Name, kind: OrderKind = OrderKind.CORRECTIVE,
    priority: Priority = Priority.NORMAL, description: Prose = "", reason: Line = "", due_at: Instant | None = None,
) -> OrderDone:  # fmt: skip
    """Requests another order for the same asset, place and customer, because of what was found on this one."""
    order = take_bookable(ctx, order_id, "follow_up.create", STATES)
    made = create_order(
        ctx, title=title, kind=kind, priority=priority, description=description, due_at=due_at,
        asset_id=order.asset_id, position_id=order.position_id, location_id=order.location_id,
        customer_id=order.customer_id, source=Source.FOLLOW_UP,
    )  # fmt: skip
    FollowUp(order=order, next_order_id=made.id, reason=reason).save()
    emit(OrderFollowedUp(**facts(order, clock.now()), follow_up_id=made.id))
    return made
