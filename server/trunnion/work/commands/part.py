"""Verbs on parts: an order plans them and they are kept for it, draws them, gives back what it did not need."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.catalog.queries import find_items
from trunnion.inventory.commands import reservation, use
from trunnion.inventory.types import Demand, Moved, Quantity, Serials
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Instant, Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit
from trunnion.work import rules
from trunnion.work.events import PartDropped, PartIssued, PartPlanned, PartReturned
from trunnion.work.models import Order, PartLine, WaitInterval
from trunnion.work.policies import sees_money
from trunnion.work.queries.sources import nearest_store
from trunnion.work.states import OPEN, STOCKED, WORKABLE
from trunnion.work.types import OrderState, PartDone, WaitReason

from .order.waiting import begin_wait, go_on
from .step import require_state, take_bookable
from .supply import keep_in_step

Lot = Annotated[Line, Field(max_length=200)]


@command("work.part.plan")
def plan(
    ctx: Context, order_id: UUID, item_id: UUID, quantity: Quantity, store_id: UUID | None = None, remark: Line = ""
) -> PartDone:  # fmt: skip
    """Plans so much more of an item; what is there is kept for the order at once, the rest is lacking.

    Without a store it is the nearest that has enough.
    """
    order = take_bookable(ctx, order_id, "part.plan", OPEN)
    if item_id not in find_items(ctx, {item_id}):
        raise Invalid.field("/item_id", "reference_unknown", kind="catalog.item")
    store_id = store_id or nearest_store(ctx, order, item_id, quantity)
    if store_id is None:
        raise Invalid.field("/store_id", "part.no_store")
    rows = PartLine.objects.of(ctx).filter(order_id=order.id, item_id=item_id, store_id=store_id)
    line = rows.first() or PartLine(order=order, item_id=item_id, store_id=store_id, planned=Decimal(0))
    line.planned += quantity
    line.remark = remark or line.remark
    line.save()
    reservation.reserve(ctx, _demand(order, line), item_id, store_id, quantity)
    line = _kept(ctx, order, line)
    emit(
        PartPlanned(part_id=line.id, order_id=order.id, item_id=item_id, quantity=quantity, short=line.short)
    )
    return _done(ctx, line)


@command("work.part.reserve")
def reserve(ctx: Context, part_id: UUID) -> PartDone:
    """Has kept again what is still to be issued, after an order that was called off is taken up again."""
    order, line = _taken(ctx, part_id, "part.reserve", OPEN)
    lacking = line.planned - line.issued - line.reserved - line.short
    if lacking > 0:
        reservation.reserve(ctx, _demand(order, line), line.item_id, line.store_id, lacking)
    return _done(ctx, _kept(ctx, order, line))


@command("work.part.drop")
def drop(ctx: Context, part_id: UUID) -> None:
    """Takes a part off the order that it does not need; what was kept for it goes to others."""
    order, line = _taken(ctx, part_id, "part.drop", OPEN)
    if line.issued:
        raise Refusal("part.issued_already")
    reservation.release(ctx, PartLine.kind, line.id)
    dropped = PartDropped(part_id=line.id, order_id=order.id, item_id=line.item_id)
    line.delete()
    if not _gone_on(ctx, order, keep_in_step(ctx, order)):
        order.save()
    emit(dropped)


@command("work.part.issue")
def issue(
    ctx: Context, part_id: UUID, quantity: Quantity | None = None, store_id: UUID | None = None,
    bin_id: UUID | None = None, lot: Lot = "", serials: Serials = (), may_exceed: bool = False,
    at: Instant | None = None, remark: Line = "",
) -> PartDone:  # fmt: skip
    """Hands parts to the order, what is kept for it first; their cost is frozen. More than planned must be meant."""
    order, line = _taken(ctx, part_id, "part.issue", STOCKED)
    open_ = max(line.planned - line.issued, rules.NOTHING)
    quantity = quantity or open_
    if not quantity:
        raise Refusal("part.all_issued")
    if quantity > open_ and not may_exceed:
        raise Invalid.field("/quantity", "part.more_than_planned", open=open_, quantity=quantity)
    moved = use.issue(
        ctx, _demand(order, line), line.item_id, store_id or line.store_id, quantity, bin_id=bin_id, lot=lot,
        serials=serials, at=at, remark=remark,
    )  # fmt: skip
    line.issued += quantity
    line.cost += moved.value
    line.currency = moved.currency
    line.save()
    # Drawn elsewhere than where it was kept: the rest is not needed there any more.
    kept = _kept(ctx, order, line)
    spare = kept.reserved + kept.short - max(line.planned - line.issued, rules.NOTHING)
    if spare > 0:
        reservation.release(ctx, PartLine.kind, line.id, line.item_id, spare)
        kept = _kept(ctx, order, line)
    emit(PartIssued(**_used(ctx, order, kept, moved, 1)))
    return _done(ctx, kept)


@command("work.part.return")
def return_(
    ctx: Context, part_id: UUID, quantity: Quantity, store_id: UUID | None = None, bin_id: UUID | None = None,
    lot: Lot = "", serials: Serials = (), at: Instant | None = None, remark: Line = "",
) -> PartDone:  # fmt: skip
    """Takes back into stock what the order did not need, at what it had cost."""
    order, line = _taken(ctx, part_id, "part.return", STOCKED)
    moved = use.return_(
        ctx, _demand(order, line), line.item_id, store_id or line.store_id, quantity, bin_id=bin_id, lot=lot,
        serials=serials, at=at, remark=remark,
    )  # fmt: skip
    line.returned += quantity
    line.cost -= moved.value
    line.save()
    kept = _kept(ctx, order, line)
    emit(PartReturned(**_used(ctx, order, kept, moved, -1)))
    return _done(ctx, kept)


@command("work.part.follow")
def follow(ctx: Context, order_id: UUID, is_new: bool = False) -> None:
    """Follows the ledger: an order whose parts are lacking waits for them, and goes on once they are there.

    `is_new` says that something began to lack; otherwise an order that somebody let go on without its parts is left
    alone.
    """
    order = take(ctx, Order, order_id)
    lines = keep_in_step(ctx, order)
    lacking = [line for line in lines if line.short]
    if _gone_on(ctx, order, lines):
        return
    if lacking and order.state in WORKABLE and (is_new or not _let_go(ctx, order, lacking)):
        begin_wait(ctx, order, WaitReason.PARTS)
    else:
        order.save()


def _gone_on(ctx: Context, order: Order, lines: list[PartLine]) -> bool:
    """Lets an order go on that waits for parts and lacks none; whether it did."""
    is_waiting = order.state == OrderState.WAITING and order.waiting_reason == WaitReason.PARTS
    if not is_waiting or any(line.short for line in lines):
        return False
    go_on(ctx, order)
    return True


def _let_go(ctx: Context, order: Order, lacking: list[PartLine]) -> bool:
    """Whether the order has waited for these parts before, and somebody let it go on without them."""
    newest = max(line.created_at for line in lacking)
    waits = WaitInterval.objects.of(ctx).filter(order_id=order.id, reason=WaitReason.PARTS)
    return waits.filter(began_at__gte=newest).exists()


def _taken(ctx: Context, part_id: UUID, verb: str, states: tuple[OrderState, ...]) -> tuple[Order, PartLine]:
    line = take(ctx, PartLine, part_id)
    about(Order.kind, line.order_id)
    order = take(ctx, Order, line.order_id)
    # An order that was merged lives on in the one that stands.
    speaks = order if order.survivor_id is None else take(ctx, Order, order.survivor_id)
    require_state(speaks, verb, states)
    return order, line


def _demand(order: Order, line: PartLine) -> Demand:
    return Demand(PartLine.kind, line.id, order.number, order.planned_from_at or order.due_at)


def _kept(ctx: Context, order: Order, line: PartLine) -> PartLine:
    """The line in step with the ledger, and the order with its lines."""
    lines = keep_in_step(ctx, order)
    order.save()
    return next(one for one in lines if one.id == line.id)


def _used(ctx: Context, order: Order, line: PartLine, moved: Moved, sign: int) -> dict[str, Any]:
    return {
        "part_id": line.id, "order_id": order.id, "asset_id": order.asset_id, "item_id": line.item_id,
        "movement_id": moved.movement_ids[0], "quantity": sign * moved.quantity, "amount": sign * moved.value,
        "currency": moved.currency, "occurred_on": rules.day_of(clock.now(), ctx.zone),
    }  # fmt: skip


def _done(ctx: Context, line: PartLine) -> PartDone:
    cost = line.cost if sees_money(ctx) else None
    return PartDone(
        line.id, line.version, line.order_id, line.planned, line.reserved, line.short, line.issued, line.returned, cost,
        line.currency,
    )  # fmt: skip
