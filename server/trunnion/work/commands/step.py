"""One step of an order: what every verb does alike, so that each only says what is its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal, WrongState
from trunnion.kernel.policies import take
from trunnion.work import rules
from trunnion.work.models import Order, Whereabouts
from trunnion.work.policies import may_act
from trunnion.work.states import ORDER
from trunnion.work.types import LineDone, OrderDone, OrderState
from trunnion.workforce.queries import resource_of_user


class NotYours(Refusal):
    """The actor sees the order but is neither on it nor at the desk (403)."""

    status = 403

    def __init__(self, number: str) -> None:
        super().__init__("order.not_yours", number=number)


def advance(order: Order, verb: str, at: datetime | None = None, left: str | None = None) -> datetime:
    """Moves the order by the table, or refuses; answers when it happened."""
    target = ORDER.target(verb, order.state, left)
    if order.state == OrderState.TRAVELLING and target != order.state:
        _be_there(order)
    when = rules.moment(at, clock.now(), order.state_at)
    order.state, order.state_at = OrderState(target), when
    return when


def _be_there(order: Order) -> None:
    """Whoever is no longer on the way is no longer seen, and where they were is forgotten."""
    for row in Whereabouts.objects.of(order.organisation_id).filter(order_id=order.id):
        row.delete()


def acknowledge(order: Order, when: datetime) -> None:
    """Somebody has taken notice of the report: the first time counts."""
    if order.acknowledged_at is None:
        order.acknowledged_at = when


def facts(order: Order, at: datetime) -> dict[str, Any]:
    """What every event about an order says."""
    return {
        "order_id": order.id, "number": order.number, "asset_id": order.asset_id,
        "customer_id": order.customer_id, "state": str(order.state), "at": at,
    }  # fmt: skip


def done(order: Order) -> OrderDone:
    """The answer of a verb on an order."""
    return OrderDone(order.id, order.version, order.number, OrderState(order.state))


def line_done(row: Any) -> LineDone:
    """The answer of a verb on a line."""
    return LineDone(row.id, row.version, row.order_id)


def take_bookable(ctx: Context, order_id: UUID, verb: str, states: tuple[OrderState, ...]) -> Order:
    """The order, locked, as long as lines may still be written in its state."""
    order = take(ctx, Order, order_id)
    require_state(order, verb, states)
    return order


def require_state(order: Order, verb: str, states: tuple[OrderState, ...]) -> None:
    """Refuses a line's verb in a state in which the order takes none."""
    if order.state not in states:
        raise WrongState(order.state, verb, ORDER.legal(order.state))


def own_resource(ctx: Context) -> UUID | None:
    """The labour resource that the actor is, if any."""
    card = resource_of_user(ctx, ctx.actor_id)
    return card.id if card else None


def acting(ctx: Context, order: Order, *, may_take_over: bool = False) -> UUID | None:
    """The actor's resource, as long as the field verbs of this order are theirs.

    `may_take_over` lets whoever comes first act on an order that nobody leads, and makes them lead it.
    """
    resource_id = own_resource(ctx)
    if not may_act(ctx, order, resource_id, may_take_over=may_take_over):
        raise NotYours(order.number)
    if may_take_over and order.leading_id is None:
        order.leading_id = resource_id
    return resource_id
