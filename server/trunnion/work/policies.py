"""What each actor sees of work: all in their scope, their own and the grab pool, or their customers'."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from trunnion.assets.queries import within
from trunnion.kernel.context import Context
from trunnion.kernel.permissions import narrowed
from trunnion.kernel.policies import sees, visible
from trunnion.kernel.tables import Row

from .models import (
    Confirmation,
    Downtime,
    Failure,
    FollowUp,
    LabourEntry,
    LabourTimer,
    Order,
    OrderCrew,
    OrderProcedure,
    PartLine,
    Task,
    WaitInterval,
    Whereabouts,
)
from .types import OrderState

READ = "work.order.read"
READ_OWN = "work.order.read_own"
READ_CUSTOMER = "work.order.read_customer"
narrowed(READ, READ_OWN, READ_CUSTOMER)
NOTHING = Q(pk__in=[])
POOL = (OrderState.APPROVED, OrderState.PLANNED, OrderState.DISPATCHED)


@sees(Order)
def orders(ctx: Context) -> Q:
    """Orders by the widest reading that the actor is granted."""
    if ctx.may(READ):
        return _scope(ctx)
    found = NOTHING
    if ctx.may(READ_OWN):
        found |= _own(ctx)
        if ctx.may("work.order.grab"):
            found |= Q(leading=None, state__in=POOL) & _part(ctx)
    if ctx.may(READ_CUSTOMER):
        found |= _of_customer(ctx)
    return found


def _scope(ctx: Context) -> Q:
    """The part of the organisation that the actor works for; what one is on or has reported counts anyway."""
    found = _part(ctx)
    return found | _own(ctx) if found else found


def _part(ctx: Context) -> Q:
    scope, found = ctx.scope, Q()
    if scope.location_ids is not None:
        found &= within(ctx, scope.location_ids, "location__path")
    if scope.party_ids is not None:
        found &= Q(customer_id__in=scope.party_ids)
    if scope.team_ids is not None:
        found &= Q(team_id__in=scope.team_ids)
    return found


def _of_customer(ctx: Context) -> Q:
    """A customer's orders; for somebody of one of their sites only those there."""
    found = Q(customer_id__in=ctx.scope.party_ids or [])
    if ctx.scope.location_ids is not None:
        found &= within(ctx, ctx.scope.location_ids, "location__path")
    return found


def _own(ctx: Context) -> Q:
    """Orders that the actor leads, works on or has reported; of merged ones both what went in and what stands.

    Plain comparisons come first: of one order they settle the matter, and the look-ups behind them are never made.
    """
    if ctx.actor_id is None:
        return NOTHING
    rows = Order.objects.of(ctx)
    concerned = _concerned(ctx)
    went_in = rows.filter(concerned, survivor__isnull=False).values("survivor_id")
    went_in_mine = Q(survivor__isnull=False, survivor_id__in=rows.filter(concerned).values("id"))
    return concerned | went_in_mine | Q(id__in=went_in)


def _concerned(ctx: Context) -> Q:
    crewed = OrderCrew.objects.of(ctx).filter(resource__user_id=ctx.actor_id).values("order_id")
    return Q(leading__user_id=ctx.actor_id) | Q(reported_by_id=ctx.actor_id) | Q(id__in=crewed)


def is_customer(ctx: Context) -> bool:
    """Whether the actor looks at orders from outside the house."""
    return not ctx.may(READ) and not ctx.may(READ_OWN)


def sees_money(ctx: Context) -> bool:
    """Whether the actor may see what an order costs."""
    return ctx.may(READ)


def _through_order(ctx: Context, path: str = "order_id") -> Q:
    seen = orders(ctx)
    if not seen:
        return seen
    return Q(**{f"{path}__in": visible(ctx, Order).values("id")})


def _inside(ctx: Context) -> Q:
    """Lines that show how the house works, to nobody outside of it."""
    return NOTHING if is_customer(ctx) else _through_order(ctx)


SHOWN: tuple[type[Row], ...] = (
    Task,
    WaitInterval,
    Confirmation,
    FollowUp,
    OrderCrew,
    OrderProcedure,
    Downtime,
)
INSIDE: tuple[type[Row], ...] = (LabourEntry, LabourTimer, Failure, Whereabouts, PartLine)
for _model in SHOWN:
    sees(_model)(_through_order)
for _model in INSIDE:
    sees(_model)(_inside)


def may_act(
    ctx: Context,
    order: Order,
    own_id: UUID | None,
    *,
    may_take_over: bool = False,
    crew: Collection[UUID] | None = None,
) -> bool:
    """Whether the field verbs of an order are the actor's: as the one who leads, in the crew, or as the desk.

    `own_id` is the labour resource that the actor is; `crew` the order's, where the caller has read it already.
    """
    if ctx.may("work.order.dispatch"):
        return True
    if own_id is None:
        return False
    if order.leading_id == own_id or (may_take_over and order.leading_id is None):
        return True
    if crew is not None:
        return own_id in crew
    return OrderCrew.objects.of(ctx).filter(order_id=order.id, resource_id=own_id).exists()


__all__ = ["READ", "READ_CUSTOMER", "READ_OWN", "is_customer", "may_act", "orders", "sees_money"]
