"""The order comes in: written, submitted, put right, approved or refused."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context, Door
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Instant, Line, Name, Prose
from trunnion.kernel.numbers import next_number, series_of
from trunnion.kernel.policies import refer, take, visible
from trunnion.kernel.unit import about, about_many, emit
from trunnion.work import rules
from trunnion.work.commands import downtime, task
from trunnion.work.commands.step import acknowledge, acting, advance, done, facts
from trunnion.work.events import OrderApproved, OrderCreated, OrderEdited, OrderRejected, OrderSubmitted
from trunnion.work.models import Order
from trunnion.work.states import ORDER
from trunnion.work.types import MaintenanceType, OrderDone, OrderKind, OrderState, Priority, Source

from .ending import end_with
from .subject import put, subject_of

SERIES = series_of("WO", Order.kind)

Reason = Annotated[Line, Field(min_length=1)]
_SOURCES = {
    Door.FIELD: Source.FIELD, Door.PORTAL: Source.CUSTOMER, Door.API: Source.API, Door.JOB: Source.AUTOMATION,
    Door.IMPORT: Source.IMPORT,
}  # fmt: skip


@command("work.order.create")
def create(
    ctx: Context, title: Name, kind: OrderKind = OrderKind.CORRECTIVE, priority: Priority = Priority.NORMAL,
    asset_id: UUID | None = None, position_id: UUID | None = None, location_id: UUID | None = None,
    customer_id: UUID | None = None, description: Prose = "", symptom: Line = "", is_stopped: bool = False,
    maintenance_type: MaintenanceType | None = None, source: Source | None = None, team_id: UUID | None = None,
    planned_from_at: Instant | None = None, planned_until_at: Instant | None = None, due_at: Instant | None = None,
    reporter_name: Name | None = None, reported_at: Instant | None = None, tasks: task.Titles | None = None,
    as_draft: bool = False,
) -> OrderDone:  # fmt: skip
    """Writes an order; unless it is a draft it is requested at once, and a stopped machine's standstill begins."""
    when = rules.moment(reported_at, clock.now(), None, "/reported_at")
    rules.window(planned_from_at, planned_until_at)
    subject = subject_of(ctx, asset_id, position_id, location_id, customer_id)
    refer(ctx, "workforce.team", team_id, "/team_id")
    order = Order(
        number=next_number(ctx, SERIES), title=title, work_kind=kind, priority=priority,
        priority_rank=rules.RANKS[priority], description=description, symptom=symptom, is_stopped=is_stopped,
        maintenance_type=maintenance_type or rules.maintenance_type(kind, priority, is_stopped),
        source=source or _SOURCES.get(ctx.door, Source.DESK), team_id=team_id, planned_from_at=planned_from_at,
        planned_until_at=planned_until_at, due_at=due_at, reported_by_id=ctx.actor_id,
        reporter_name=reporter_name or ctx.actor_name, reported_at=when, state_at=when, state=ORDER.initial,
    )  # fmt: skip
    put(order, subject)
    if not as_draft:
        advance(order, "submit", when)
    order.save()
    emit(OrderCreated(**facts(order, when), is_stopped=is_stopped))
    task.append(ctx, order, tasks or [])
    if is_stopped and not as_draft and asset_id is not None:
        downtime.account(ctx, order, asset_id, when)
    return done(order)


@command("work.order.submit")
def submit(ctx: Context, order_id: UUID) -> OrderDone:
    """Makes a draft a request: from now on it counts as reported."""
    order = take(ctx, Order, order_id)
    when = advance(order, "submit")
    order.reported_at = when
    order.save()
    emit(OrderSubmitted(**facts(order, when)))
    if order.is_stopped and order.asset_id is not None:
        downtime.account(ctx, order, order.asset_id, when)
    return done(order)


@command("work.order.edit")
def edit(
    ctx: Context, order_id: UUID, title: Name = UNSET, kind: OrderKind = UNSET, priority: Priority = UNSET,
    description: Prose = UNSET, symptom: Line = UNSET, maintenance_type: MaintenanceType = UNSET,
    asset_id: UUID | None = UNSET, position_id: UUID | None = UNSET, location_id: UUID | None = UNSET,
    customer_id: UUID | None = UNSET, team_id: UUID | None = UNSET, due_at: Instant | None = UNSET,
    remedy: Prose = UNSET,
) -> OrderDone:  # fmt: skip
    """Changes an order's plain facts; what is not given stays. Another asset brings its own place and customer."""
    order = take(ctx, Order, order_id)
    ORDER.target("edit", order.state)
    changes = given(
        title=title, priority=priority, description=description, symptom=symptom, due_at=due_at,
        maintenance_type=maintenance_type, work_kind=kind, team_id=team_id, remedy=remedy,
    )  # fmt: skip
    refer(ctx, "workforce.team", changes.get("team_id"), "/team_id")
    if remedy is not UNSET and not remedy and order.state == OrderState.COMPLETED:
        raise Invalid.field("/remedy", "field.missing")
    if priority is not UNSET:
        changes["priority_rank"] = rules.RANKS[priority]
    if kind is not UNSET and maintenance_type is UNSET:
        changes["maintenance_type"] = rules.maintenance_type(kind, Priority(order.priority), order.is_stopped)
    for field, value in changes.items():
        setattr(order, field, value)
    about = given(
        asset_id=asset_id, position_id=position_id, location_id=location_id, customer_id=customer_id
    )
    if about:
        _turn(ctx, order, about)
    order.save()
    emit(OrderEdited(**facts(order, clock.now())))
    return done(order)


@command("work.order.switch")
def switch(ctx: Context, order_id: UUID, asset_id: UUID) -> OrderDone:
    """Says that the order is about another asset than was thought, which brings its own place and customer."""
    order = take(ctx, Order, order_id)
    ORDER.target("switch", order.state)
    acting(ctx, order)
    _turn(ctx, order, {"asset_id": asset_id})
    order.save()
    emit(OrderEdited(**facts(order, clock.now())))
    return done(order)


@command("work.order.approve")
def approve(ctx: Context, order_id: UUID) -> OrderDone:
    """Says that the order is to be done."""
    order = take(ctx, Order, order_id)
    when = advance(order, "approve")
    acknowledge(order, when)
    order.save()
    emit(OrderApproved(**facts(order, when)))
    return done(order)


@command("work.order.reject")
def reject(ctx: Context, order_id: UUID, reason: Reason) -> OrderDone:
    """Says that the order will not be done, and why."""
    order = take(ctx, Order, order_id)
    when = advance(order, "reject")
    acknowledge(order, when)
    end_with(ctx, order, when, reason)
    order.save()
    emit(OrderRejected(**facts(order, when), reason=reason))
    return done(order)


def _turn(ctx: Context, order: Order, about: dict[str, UUID | None]) -> None:
    """Turns the order to another asset, place or customer."""
    other = "asset_id" in about and about["asset_id"] != order.asset_id
    if other:
        downtime.release(ctx, order, clock.now())
        named = {"position_id": None, "location_id": None, "customer_id": None, **about}
    else:
        named = {
            "asset_id": order.asset_id, "position_id": order.position_id, "location_id": order.location_id,
            "customer_id": order.customer_id, **about,
        }  # fmt: skip
    put(order, subject_of(ctx, **named))
    if other and order.is_stopped and order.asset_id is not None and order.state != OrderState.DRAFT:
        downtime.account(ctx, order, order.asset_id, clock.now())


@command("work.order.relocate")
def relocate(ctx: Context, from_id: UUID, to_id: UUID) -> int:
    """Moves every order of one place to another that turned out to be the same; answers how many."""
    refer(ctx, "assets.location", to_id, "/to_id")
    about_many()
    about("assets.location", from_id)
    moved = list(visible(ctx, Order).filter(location_id=from_id))
    for order in moved:
        order.location_id = to_id
        order.save()
    return len(moved)
