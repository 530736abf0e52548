"""The field: somebody takes the order, goes there, works, waits, and is done."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.inputs import Instant, Line, Minutes, Prose
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit
from trunnion.work import rules
from trunnion.work.checks import open_checks
from trunnion.work.commands import downtime, labour
from trunnion.work.commands.step import acknowledge, acting, advance, done, facts, own_resource
from trunnion.work.events import (
    OrderAccepted,
    OrderArrived,
    OrderCompleted,
    OrderDeclined,
    OrderDeparted,
    OrderGrabbed,
    OrderStarted,
)
from trunnion.work.models import Order, Task
from trunnion.work.states import ORDER
from trunnion.work.types import LabourKind, OrderDone, WaitReason

from .intake import Reason
from .waiting import begin_wait, go_on

# So many open checks are named; the rest is a count.
MOST_NAMED = 5

Remedy = Annotated[Prose, Field(min_length=1)]


@command("work.order.grab")
def grab(ctx: Context, order_id: UUID, at: Instant | None = None) -> OrderDone:
    """Takes an order that nobody leads; the first one gets it."""
    order = take(ctx, Order, order_id)
    when = advance(order, "grab", at)
    resource_id = own_resource(ctx)
    if resource_id is None:
        raise Refusal("order.no_resource")
    if order.leading_id not in (None, resource_id):
        raise Refusal("order.taken", number=order.number)
    acknowledge(order, when)
    order.leading_id, order.accepted_at = resource_id, when
    order.dispatched_at = order.dispatched_at or when
    order.save()
    emit(OrderGrabbed(**facts(order, when), resource_id=resource_id))
    return done(order)


@command("work.order.accept")
def accept(ctx: Context, order_id: UUID, at: Instant | None = None) -> OrderDone:
    """Says that one will go."""
    order = take(ctx, Order, order_id)
    when = advance(order, "accept", at)
    acting(ctx, order, may_take_over=True)
    _needs_someone(order)
    order.accepted_at = when
    order.save()
    emit(OrderAccepted(**facts(order, when)))
    return done(order)


@command("work.order.decline")
def decline(ctx: Context, order_id: UUID, reason: Reason, at: Instant | None = None) -> OrderDone:
    """Says that one will not go, and why; the order goes back to the desk."""
    order = take(ctx, Order, order_id)
    when = advance(order, "decline", at, left=rules.declined_to(order.planned_from_at is not None))
    acting(ctx, order)
    _needs_someone(order)
    declined = order.leading_id
    labour.stop_all(ctx, order, when)
    order.leading_id = order.dispatched_at = order.accepted_at = None
    order.save()
    emit(OrderDeclined(**facts(order, when), reason=reason, resource_id=declined))
    return done(order)


@command("work.order.depart")
def depart(ctx: Context, order_id: UUID, at: Instant | None = None) -> OrderDone:
    """Is on the way."""
    order = take(ctx, Order, order_id)
    when = advance(order, "depart", at)
    acting(ctx, order, may_take_over=True)
    _needs_someone(order)
    _imply_acceptance(order, when)
    order.departed_at = when
    order.save()
    emit(OrderDeparted(**facts(order, when)))
    return done(order)


@command("work.order.arrive")
def arrive(ctx: Context, order_id: UUID, at: Instant | None = None) -> OrderDone:
    """Is there."""
    order = take(ctx, Order, order_id)
    when = advance(order, "arrive", at)
    acting(ctx, order, may_take_over=True)
    _needs_someone(order)
    _imply_acceptance(order, when)
    order.arrived_at = when
    labour.stop_all(ctx, order, when, LabourKind.TRAVEL)
    order.save()
    emit(OrderArrived(**facts(order, when)))
    return done(order)


@command("work.order.start")
def start(ctx: Context, order_id: UUID, at: Instant | None = None) -> OrderDone:
    """Begins the work, also as a walk-up job that nobody planned."""
    order = take(ctx, Order, order_id)
    travelled = order.departed_at is not None and order.arrived_at is None
    when = advance(order, "start", at)
    acting(ctx, order, may_take_over=True)
    acknowledge(order, when)
    if order.dispatched_at is not None:
        _imply_acceptance(order, when)
    if travelled:
        # Who begins has arrived, whether or not they said so.
        order.arrived_at = when
    labour.stop_all(ctx, order, when, LabourKind.TRAVEL)
    order.started_at = order.started_at or when
    order.save()
    emit(OrderStarted(**facts(order, when)))
    return done(order)


@command("work.order.wait")
def wait(
    ctx: Context, order_id: UUID, reason: WaitReason, remark: Line = "", at: Instant | None = None
) -> OrderDone:
    """Waits for something; the order will go on from where it is now."""
    order = take(ctx, Order, order_id)
    ORDER.target("wait", order.state)
    acting(ctx, order)
    begin_wait(ctx, order, reason, remark, at)
    return done(order)


@command("work.order.resume")
def resume(ctx: Context, order_id: UUID, at: Instant | None = None) -> OrderDone:
    """Goes on from where the order was when it began to wait."""
    order = take(ctx, Order, order_id)
    ORDER.target("resume", order.state)
    acting(ctx, order)
    go_on(ctx, order, at)
    return done(order)


@command("work.order.complete")
def complete(
    ctx: Context, order_id: UUID, remedy: Remedy, is_restored: bool = True, work_minutes: Minutes = 0,
    travel_minutes: Minutes = 0, at: Instant | None = None,
) -> OrderDone:  # fmt: skip
    """The work is done; says what was done, and whether the machine runs again. Minutes given are booked."""
    order = take(ctx, Order, order_id)
    when = advance(order, "complete", at)
    resource_id = acting(ctx, order) or order.leading_id
    if resource_id is None and (work_minutes or travel_minutes):
        raise Refusal("order.no_resource")
    if open_ := open_checks(Task.objects.of(ctx).filter(order_id=order.id).order_by("position", "id")):
        raise Refusal("order.checks_open", titles=open_[:MOST_NAMED], count=len(open_))
    order.ended_at, order.remedy = when, remedy
    labour.stop_all(ctx, order, when)
    for kind, minutes in ((LabourKind.TRAVEL, travel_minutes), (LabourKind.WORK, work_minutes)):
        if minutes and resource_id:
            labour.book(ctx, order, labour.Time(resource_id, kind, minutes, rules.day_of(when, ctx.zone)))
    if is_restored:
        downtime.release(ctx, order, when)
        order.restored_at = order.restored_at or when
    order.save()
    emit(OrderCompleted(**facts(order, when)))
    return done(order)


def _needs_someone(order: Order) -> None:
    if order.leading_id is None:
        raise Refusal("order.needs_someone", number=order.number)


def _imply_acceptance(order: Order, when: datetime) -> None:
    # Who goes has accepted, whether or not they said so.
    order.accepted_at = order.accepted_at or when
