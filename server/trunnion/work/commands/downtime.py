"""Verbs on standstill: a machine stands on account of an order, and runs again."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from trunnion.assets.commands import interval
from trunnion.assets.types.kinds import IntervalState
from trunnion.assets.types.lines import Cause
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.inputs import Instant
from trunnion.kernel.policies import take
from trunnion.kernel.tables import ScopedQuerySet
from trunnion.kernel.unit import about, emit
from trunnion.work import rules
from trunnion.work.events import DowntimeBegun, DowntimeEnded
from trunnion.work.models import Downtime, Order
from trunnion.work.states import BOOKABLE
from trunnion.work.types import DowntimeKind, LineDone, OrderState

from .step import acting, facts, line_done, take_bookable

STATES = tuple(s for s in BOOKABLE if s != OrderState.DRAFT)


@command("work.downtime.begin")
def begin(
    ctx: Context, order_id: UUID, kind: DowntimeKind = DowntimeKind.UNPLANNED, at: Instant | None = None
) -> LineDone:
    """Says that the order's machine stands, since when, and whether that was planned."""
    order = take_bookable(ctx, order_id, "downtime.begin", STATES)
    if order.leading_id is not None:
        acting(ctx, order)
    if order.asset_id is None:
        raise Refusal("downtime.no_asset", number=order.number)
    if _open(ctx, order).exists():
        raise Refusal("downtime.begun_already", number=order.number)
    made = account(ctx, order, order.asset_id, rules.moment(at, clock.now(), None), kind)
    if not order.is_stopped:
        order.is_stopped = True
        order.save()
    return line_done(made)


@command("work.downtime.end")
def end(ctx: Context, downtime_id: UUID, at: Instant | None = None) -> LineDone:
    """Says that the machine runs again, as far as this order is concerned."""
    row = take(ctx, Downtime, downtime_id)
    about(Order.kind, row.order_id)
    order = take(ctx, Order, row.order_id)
    if order.leading_id is not None:
        acting(ctx, order)
    if row.ended_at is not None:
        raise Refusal("downtime.ended_already", ended_at=row.ended_at)
    when = rules.moment(at, clock.now(), row.began_at)
    _end(ctx, order, row, when)
    order.restored_at = when
    order.save()
    return line_done(row)


def account(
    ctx: Context, order: Order, asset_id: UUID, when: datetime, kind: DowntimeKind = DowntimeKind.UNPLANNED
) -> Downtime:
    """Begins the standstill of an asset in its state history; one that stands already goes on standing."""
    others = Downtime.objects.of(ctx).filter(asset_id=asset_id, ended_at=None)
    known = others.filter(downtime_kind=kind, began_at__lte=when).order_by("began_at", "id").first()
    if known is not None:
        interval_id, cause_id = known.interval_id, known.cause_id
    else:
        begun = interval.begin(ctx, asset_id, IntervalState(kind), when, Cause(Order.kind, order.id))
        interval_id, cause_id = begun.id, order.id
    row = Downtime(
        order=order, asset_id=asset_id, interval_id=interval_id, cause_id=cause_id, downtime_kind=kind,
        began_at=when,
    )  # fmt: skip
    row.save()
    emit(DowntimeBegun(**facts(order, when), downtime_id=row.id))
    return row


def release(ctx: Context, order: Order, when: datetime) -> None:
    """Ends whatever standstill the order, and those merged into it, still account for."""
    for row in _open(ctx, order):
        _end(ctx, order, row, max(when, row.began_at))


def _open(ctx: Context, order: Order) -> ScopedQuerySet:
    merged = Order.objects.of(ctx).filter(survivor_id=order.id).values("id")
    return Downtime.objects.of(ctx).filter(Q(order_id=order.id) | Q(order_id__in=merged), ended_at=None)


def _end(ctx: Context, order: Order, row: Downtime, when: datetime) -> None:
    row.ended_at = when
    row.save()
    # The machine runs again when the last order that had it stand lets it go.
    if not Downtime.objects.of(ctx).filter(asset_id=row.asset_id, ended_at=None).exists():
        interval.end(ctx, row.asset_id, when, Cause(Order.kind, row.cause_id))
    emit(DowntimeEnded(**facts(order, when), downtime_id=row.id))
