"""The desk plans, sends and assigns."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Instant
from trunnion.kernel.policies import refer, take
from trunnion.kernel.unit import emit
from trunnion.work import rules
from trunnion.work.commands import labour
from trunnion.work.commands.step import acknowledge, advance, done, facts
from trunnion.work.events import OrderAssigned, OrderDispatched, OrderPlanned
from trunnion.work.models import Order, OrderCrew
from trunnion.work.states import ORDER
from trunnion.work.types import OrderDone, OrderState
from trunnion.workforce.queries import find_resources

People = Annotated[list[UUID], Field(max_length=50)]
# From here on an order is somebody's.
TAKEN = (OrderState.ACCEPTED, OrderState.TRAVELLING, OrderState.ON_SITE, OrderState.IN_PROGRESS)


@command("work.order.plan")
def plan(
    ctx: Context, order_id: UUID, planned_from_at: Instant, planned_until_at: Instant | None = None,
    resource_id: UUID | None = UNSET, crew_ids: People = UNSET, team_id: UUID | None = UNSET,
) -> OrderDone:  # fmt: skip
    """Gives the order its window, and perhaps already its people, without telling anybody to go."""
    order = take(ctx, Order, order_id)
    when = advance(order, "plan")
    acknowledge(order, when)
    _set_window(order, planned_from_at, planned_until_at)
    _set_people(ctx, order, resource_id, crew_ids, team_id)
    order.save()
    emit(
        OrderPlanned(**facts(order, when), planned_from_at=planned_from_at, planned_until_at=planned_until_at)
    )
    return done(order)


@command("work.order.dispatch")
def dispatch(
    ctx: Context, order_id: UUID, resource_id: UUID | None = None, crew_ids: People = UNSET,
    team_id: UUID | None = UNSET, planned_from_at: Instant | None = None, planned_until_at: Instant | None = None,
) -> OrderDone:  # fmt: skip
    """Tells somebody to go; without a resource the order is free for whoever takes it first."""
    order = take(ctx, Order, order_id)
    when = advance(order, "dispatch")
    acknowledge(order, when)
    if planned_from_at is not None or planned_until_at is not None:
        _set_window(order, planned_from_at, planned_until_at)
    # Whoever was on the way is called back: their clock stops, their phases are nobody's now.
    labour.stop_all(ctx, order, when)
    order.accepted_at = order.departed_at = order.arrived_at = None
    order.dispatched_at = when
    _set_people(ctx, order, resource_id, crew_ids, team_id)
    order.save()
    emit(OrderDispatched(**facts(order, when), resource_id=resource_id))
    return done(order)


@command("work.order.assign")
def assign(
    ctx: Context, order_id: UUID, resource_id: UUID | None = UNSET, crew_ids: People = UNSET,
    team_id: UUID | None = UNSET,
) -> OrderDone:  # fmt: skip
    """Changes who leads, who helps and which team it is for, in whatever state the order is."""
    order = take(ctx, Order, order_id)
    ORDER.target("assign", order.state)
    if resource_id is None and (order.waiting_from or order.state) in TAKEN:
        raise Refusal("order.needs_someone", number=order.number)
    _set_people(ctx, order, resource_id, crew_ids, team_id)
    order.save()
    emit(OrderAssigned(**facts(order, clock.now()), resource_id=order.leading_id))
    return done(order)


def _set_window(order: Order, from_at: datetime | None, until_at: datetime | None) -> None:
    rules.window(from_at, until_at)
    order.planned_from_at, order.planned_until_at = from_at, until_at


def _set_people(
    ctx: Context, order: Order, resource_id: UUID | None, crew_ids: Iterable[UUID], team_id: UUID | None
) -> None:
    if team_id is not UNSET:
        refer(ctx, "workforce.team", team_id, "/team_id")
        order.team_id = team_id
    if resource_id is not UNSET:
        _check_people(ctx, {"/resource_id": resource_id} if resource_id else {})
        order.leading_id = resource_id
    if crew_ids is not UNSET:
        _set_crew(ctx, order, list(dict.fromkeys(crew_ids)))


def _set_crew(ctx: Context, order: Order, wanted: list[UUID]) -> None:
    _check_people(ctx, {f"/crew_ids/{i}": resource_id for i, resource_id in enumerate(wanted)})
    held = {row.resource_id: row for row in OrderCrew.objects.of(ctx).filter(order_id=order.id)}
    for resource_id, row in held.items():
        if resource_id not in wanted:
            row.delete()
    for resource_id in wanted:
        if resource_id not in held:
            OrderCrew(order=order, resource_id=resource_id).save()


def _check_people(ctx: Context, named: dict[str, UUID]) -> None:
    """Refuses who is not there, and who is no longer available."""
    cards = find_resources(ctx, named.values())
    for pointer, resource_id in named.items():
        card = cards.get(resource_id)
        if card is None:
            raise Invalid.field(pointer, "reference_unknown", kind="workforce.labour_resource")
        if not card.is_active:
            raise Invalid.field(pointer, "order.resource_inactive", name=card.name)
