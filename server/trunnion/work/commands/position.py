"""Verbs on where somebody on the way is: only while they let it be seen, and nothing of it outlives the journey."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit
from trunnion.work.events import PositionEnded, PositionShared, PositionTold
from trunnion.work.models import Order, Whereabouts
from trunnion.work.types import LineDone, OrderState

from .step import NotYours, acting, line_done, require_state

Lat = Annotated[Decimal, Field(ge=-90, le=90)]
Lon = Annotated[Decimal, Field(ge=-180, le=180)]
Metres = Annotated[int, Field(ge=0, le=100_000)]
TRAVELLING = (OrderState.TRAVELLING,)


@command("work.position.share")
def share(ctx: Context, order_id: UUID) -> LineDone:
    """Somebody on the way agrees that whoever waits for them sees where they are, until they arrive."""
    order = take(ctx, Order, order_id)
    about(Order.kind, order.id)
    require_state(order, "position.share", TRAVELLING)
    resource_id = acting(ctx, order)
    if resource_id is None or resource_id != order.leading_id:
        raise NotYours(order.number)
    row = _of(ctx, order.id) or Whereabouts(order=order, resource_id=resource_id)
    row.save()
    emit(PositionShared(order_id=order.id, resource_id=resource_id))
    return line_done(row)


@command("work.position.tell", secret=("lat", "lon", "accuracy_m"))
def tell(ctx: Context, order_id: UUID, lat: Lat, lon: Lon, accuracy_m: Metres | None = None) -> LineDone:
    """Where they are now; only the newest is kept, and the journal does not learn it."""
    order = take(ctx, Order, order_id)
    require_state(order, "position.tell", TRAVELLING)
    row = _of(ctx, order.id)
    if row is None or row.resource_id != acting(ctx, order):
        raise Refusal("position.not_shared", number=order.number)
    row.lat, row.lon, row.accuracy_m, row.told_at = lat, lon, accuracy_m, clock.now()
    row.save()
    emit(PositionTold(order_id=order.id))
    return line_done(row)


@command("work.position.stop")
def stop(ctx: Context, order_id: UUID) -> None:
    """They would rather not be seen any more."""
    order = take(ctx, Order, order_id)
    about(Order.kind, order.id)
    acting(ctx, order)
    row = _of(ctx, order.id)
    if row is not None:
        row.delete()
        emit(PositionEnded(order_id=order.id))


def _of(ctx: Context, order_id: UUID) -> Whereabouts | None:
    found: Whereabouts | None = Whereabouts.objects.of(ctx).filter(order_id=order_id).first()
    return found
