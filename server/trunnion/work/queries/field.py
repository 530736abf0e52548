"""What the field sees first: one's own orders in the order of the day, the running clock, the free ones."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.kernel.shape import Rows, plain, read
from trunnion.work.models import LabourTimer, Order, OrderCrew
from trunnion.work.policies import POOL
from trunnion.work.states import OPEN
from trunnion.work.types import OrderState
from trunnion.workforce.queries import resource_of_user

from .actions import actions_of
from .board import CARD

MOST = 100
_TIMER = plain("id", "order_id", "began_at", kind="labour_kind", number="order__number")
_MINE = tuple(s for s in OPEN if s not in (OrderState.DRAFT, OrderState.REQUESTED))


def get_mine(ctx: Context) -> dict[str, Any]:
    """One's open orders by planned time and urgency, each with its verbs, the clock that runs, and the grab pool."""
    own = resource_of_user(ctx, ctx.actor_id)
    if own is None:
        return {"resource_id": None, "timer": None, "orders": [], "pool": []}
    crewed = OrderCrew.objects.of(ctx).filter(order_id=OuterRef("pk"), resource_id=own.id)
    mine = visible(ctx, Order).filter(Q(leading_id=own.id) | Exists(crewed), state__in=_MINE)
    mine = mine.order_by(
        F("planned_from_at").asc(nulls_last=True), "-priority_rank", F("due_at").asc(nulls_last=True), "id"
    )
    timer = LabourTimer.objects.of(ctx).filter(resource_id=own.id)
    return {
        "resource_id": own.id,
        "timer": next(iter(read(timer, _TIMER)), None),
        "orders": [
            {**row, "actions": actions_of(ctx, row, own.id, [own.id])} for row in read(mine, CARD, MOST)
        ],
        "pool": _pool(ctx) if ctx.may("work.order.grab") else [],
    }


def _pool(ctx: Context) -> Rows:
    free = visible(ctx, Order).filter(leading_id=None, state__in=POOL)
    return read(free.order_by("-priority_rank", "id"), CARD, MOST)
