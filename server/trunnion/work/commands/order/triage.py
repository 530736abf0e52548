"""Triage: several reports of one thing become one order, and one can be taken out again."""

from uuid import UUID

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit
from trunnion.work.commands import labour
from trunnion.work.commands.step import acknowledge, advance, done, facts
from trunnion.work.events import OrderMerged, OrderUnmerged
from trunnion.work.models import Order
from trunnion.work.states import OPEN
from trunnion.work.types import OrderDone, OrderState


@command("work.order.merge")
def merge(ctx: Context, order_id: UUID, into_id: UUID) -> OrderDone:
    """Says that an order is the same as another one, which then speaks for both.

    Reports, photos, comments and standstill stay where they are and are shown with the survivor, so that undoing it
    loses nothing.
    """
    if order_id == into_id:
        raise Invalid.field("/into_id", "order.merge_itself")
    order = take(ctx, Order, order_id)
    survivor = take(ctx, Order, into_id)
    left = order.state
    when = advance(order, "merge")
    if survivor.state not in OPEN or survivor.state == OrderState.DRAFT:
        raise Refusal("order.survivor_not_open", number=survivor.number, state=survivor.state)
    acknowledge(order, when)
    labour.stop_all(ctx, order, when)
    order.merged_into, order.survivor, order.merged_from = survivor, survivor, left
    order.save()
    for absorbed in Order.objects.of(ctx).filter(survivor_id=order.id):
        absorbed.survivor = survivor
        absorbed.save()
    if order.is_stopped and not survivor.is_stopped:
        survivor.is_stopped = True
        survivor.save()
    emit(OrderMerged(**facts(order, when), into_id=survivor.id, into_number=survivor.number))
    return done(order)


@command("work.order.unmerge")
def unmerge(ctx: Context, order_id: UUID) -> OrderDone:
    """Makes a merged order one of its own again, with whatever had been merged into it before."""
    order = take(ctx, Order, order_id)
    when = advance(order, "unmerge", left=order.merged_from)
    former = order.survivor_id
    order.merged_into = order.survivor = None
    order.merged_from = ""
    order.save()
    _take_along(ctx, order, former)
    emit(OrderUnmerged(**facts(order, when), from_id=former))
    return done(order)


def _take_along(ctx: Context, root: Order, former: UUID | None) -> None:
    """Those that had been merged into `root` follow it; the others stay with the former survivor."""
    members = list(Order.objects.of(ctx).filter(survivor_id=former))
    followed = {root.id}
    while fresh := [m for m in members if m.merged_into_id in followed and m.id not in followed]:
        followed |= {m.id for m in fresh}
    for member in members:
        if member.id in followed:
            member.survivor = root
            member.save()
