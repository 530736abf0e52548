"""Verbs on labour: time is booked at the rate of its day, taken back, or measured by a clock that runs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.queries import get_organisation
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Day, Instant, Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about, emit
from trunnion.work import rules
from trunnion.work.events import LabourBegun, LabourRecorded
from trunnion.work.models import LabourEntry, LabourTimer, Order, OrderCrew
from trunnion.work.policies import sees_money
from trunnion.work.states import BOOKABLE, WORKABLE
from trunnion.work.types import LabourDone, LabourKind, LineDone, OrderState
from trunnion.workforce.queries import find_resources, rate_on

from .step import NotYours, acting, line_done, require_state, take_bookable

Reason = Annotated[Line, Field(min_length=1)]
Booked = Annotated[int, Field(ge=1, le=24 * 60)]
STATES = tuple(s for s in BOOKABLE if s != OrderState.DRAFT)
CLOCK_STATES = (*WORKABLE, OrderState.REQUESTED, OrderState.WAITING)


@dataclass(frozen=True, slots=True)
class Time:
    """Whose time went into what, when."""

    resource_id: UUID
    kind: LabourKind
    minutes: int
    worked_on: date
    began_at: datetime | None = None
    ended_at: datetime | None = None
    remark: str = ""


@command("work.labour.record")
def record(
    ctx: Context, order_id: UUID, minutes: Booked | None = None, kind: LabourKind = LabourKind.WORK,
    resource_id: UUID | None = None, began_at: Instant | None = None, ended_at: Instant | None = None,
    worked_on: Day | None = None, remark: Line = "",
) -> LabourDone:  # fmt: skip
    """Books time: so many minutes, or from one instant to another; one's own unless a colleague's is named."""
    order = take_bookable(ctx, order_id, "labour.record", STATES)
    whose = _whose(ctx, order, resource_id)
    minutes, day = _length(ctx, minutes, began_at, ended_at, worked_on)
    return book(ctx, order, Time(whose, kind, minutes, day, began_at, ended_at, remark))


@command("work.labour.reverse")
def reverse(ctx: Context, labour_id: UUID, reason: Reason) -> LabourDone:
    """Takes a booking back by an entry with the sign turned; the first one stays as it was."""
    entry = take(ctx, LabourEntry, labour_id)
    about(Order.kind, entry.order_id)
    order = take_bookable(ctx, entry.order_id, "labour.reverse", STATES)
    acting(ctx, order)
    if entry.reverses_id is not None:
        raise Refusal("labour.is_reversal")
    if LabourEntry.objects.of(ctx).filter(reverses_id=entry.id).exists():
        raise Refusal("labour.reversed_already")
    row = LabourEntry(
        order=order, resource_id=entry.resource_id, labour_kind=entry.labour_kind, minutes=-entry.minutes,
        worked_on=entry.worked_on, rate=entry.rate, amount=None if entry.amount is None else -entry.amount,
        currency=entry.currency, remark=reason, reverses=entry, recorded_by_id=ctx.actor_id,
        recorded_by_name=ctx.actor_name,
    )  # fmt: skip
    return _keep(ctx, order, row)


@command("work.labour.begin")
def begin(
    ctx: Context, order_id: UUID, kind: LabourKind = LabourKind.WORK, at: Instant | None = None,
    switch: bool = False,
) -> LineDone:  # fmt: skip
    """Starts one's clock on an order; `switch` stops and books the one that runs elsewhere first."""
    order = take_bookable(ctx, order_id, "labour.begin", CLOCK_STATES)
    whose = _whose(ctx, order, None)
    when = rules.moment(at, clock.now(), None)
    running = LabourTimer.objects.of(ctx).filter(resource_id=whose).select_related("order").first()
    if running is not None:
        if not switch:
            raise Refusal("labour.clock_runs", number=running.order.number, order_id=running.order_id)
        _stop(ctx, running, rules.moment(at, clock.now(), running.began_at))
    row = LabourTimer(order=order, resource_id=whose, labour_kind=kind, began_at=when)
    row.save()
    emit(LabourBegun(order_id=order.id, resource_id=whose, labour_kind=kind, at=when))
    return line_done(row)


@command("work.labour.finish")
def finish(
    ctx: Context, order_id: UUID, at: Instant | None = None, remark: Line = "", discard: bool = False
) -> LabourDone | None:
    """Stops one's clock on an order and books what it measured; `discard` throws it away."""
    order = take(ctx, Order, order_id)
    timer = (
        LabourTimer.objects.of(ctx).filter(order_id=order.id, resource_id=_whose(ctx, order, None)).first()
    )
    if timer is None:
        raise Refusal("labour.no_clock", number=order.number)
    when = rules.moment(at, clock.now(), timer.began_at)
    if discard:
        timer.delete()
        return None
    if when - timer.began_at > rules.LONGEST_ENTRY:
        raise Invalid.field("/at", "labour.too_long", began_at=timer.began_at)
    require_state(order, "labour.finish", STATES)
    return _stop(ctx, timer, when, remark)


def book(ctx: Context, order: Order, time: Time) -> LabourDone:
    """Writes a labour entry at the rate of its day, which it then keeps."""
    hourly = rate_on(ctx, time.resource_id, time.worked_on)
    price = rules.price(hourly, time.minutes)
    row = LabourEntry(
        order=order, resource_id=time.resource_id, labour_kind=time.kind, minutes=time.minutes,
        began_at=time.began_at, ended_at=time.ended_at, worked_on=time.worked_on, remark=time.remark,
        rate=hourly.amount if hourly else None, amount=price.amount if price else None,
        currency=hourly.currency if hourly else get_organisation(ctx.organisation_id).currency,
        recorded_by_id=ctx.actor_id, recorded_by_name=ctx.actor_name,
    )  # fmt: skip
    return _keep(ctx, order, row)


def stop_all(ctx: Context, order: Order, when: datetime, kind: LabourKind | None = None) -> None:
    """Stops the clocks that run on an order, all or of one kind, and books what they measured."""
    running = LabourTimer.objects.of(ctx).filter(order_id=order.id)
    for timer in running.filter(labour_kind=kind) if kind else running:
        _stop(ctx, timer, when)


def _stop(ctx: Context, timer: LabourTimer, when: datetime, remark: str = "") -> LabourDone | None:
    # A clock that was forgotten measures nothing beyond a day.
    ended = min(max(when, timer.began_at), timer.began_at + rules.LONGEST_ENTRY)
    minutes = rules.minutes_between(timer.began_at, ended)
    day = rules.day_of(timer.began_at, ctx.zone)
    time = Time(timer.resource_id, LabourKind(timer.labour_kind), minutes, day, timer.began_at, ended, remark)
    booked = book(ctx, timer.order, time) if minutes else None
    timer.delete()
    return booked


def _keep(ctx: Context, order: Order, row: LabourEntry) -> LabourDone:
    row.save()
    emit(
        LabourRecorded(
            labour_id=row.id, order_id=order.id, asset_id=order.asset_id, resource_id=row.resource_id,
            labour_kind=str(row.labour_kind), minutes=row.minutes, worked_on=row.worked_on, amount=row.amount,
            currency=row.currency, reverses_id=row.reverses_id,
        )
    )  # fmt: skip
    # What a colleague costs is nobody else's business.
    amount = row.amount if sees_money(ctx) else None
    return LabourDone(row.id, row.version, order.id, row.minutes, amount, row.currency)


def _whose(ctx: Context, order: Order, resource_id: UUID | None) -> UUID:
    """Whose time it is: one's own, or that of somebody on the order; the desk may book for anybody."""
    own = acting(ctx, order, may_take_over=False) if order.leading_id else _alone(ctx, order)
    if resource_id is None or resource_id == own:
        if own is None:
            raise Refusal("order.no_resource")
        return own
    if resource_id not in find_resources(ctx, [resource_id]):
        raise Invalid.field("/resource_id", "reference_unknown", kind="workforce.labour_resource")
    on_it = resource_id == order.leading_id or (
        OrderCrew.objects.of(ctx).filter(order_id=order.id, resource_id=resource_id).exists()
    )
    if not on_it and not ctx.may("work.order.dispatch"):
        raise NotYours(order.number)
    return resource_id


def _alone(ctx: Context, order: Order) -> UUID | None:
    """On an order that nobody leads, whoever sees it may book their own time, without taking it over."""
    leading = order.leading_id
    own = acting(ctx, order, may_take_over=True)
    order.leading_id = leading
    return own


def _length(
    ctx: Context,
    minutes: int | None,
    began_at: datetime | None,
    ended_at: datetime | None,
    worked_on: date | None,
) -> tuple[int, date]:
    """Minutes and day, as given or from the two instants; refuses what contradicts itself or lies ahead."""
    now = clock.now()
    if (began_at is None) != (ended_at is None):
        raise Invalid.field("/ended_at" if ended_at is None else "/began_at", "labour.both_ends")
    if began_at is not None and ended_at is not None:
        rules.moment(ended_at, now, None, "/ended_at")
        if ended_at <= began_at or ended_at - began_at > rules.LONGEST_ENTRY:
            raise Invalid.field("/ended_at", "labour.span_wrong")
        measured = rules.minutes_between(began_at, ended_at)
        if minutes not in (None, measured):
            raise Invalid.field("/minutes", "labour.minutes_differ", measured=measured)
        return measured, worked_on or rules.day_of(began_at, ctx.zone)
    if minutes is None:
        raise Invalid.field("/minutes", "field.missing")
    day = worked_on or rules.day_of(now, ctx.zone)
    if day > rules.day_of(now, ctx.zone):
        raise Invalid.field("/worked_on", "order.in_future", now=now)
    return minutes, day
