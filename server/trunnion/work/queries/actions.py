"""Which verbs an actor may do on an order now: what the table, the grants and the order's people leave."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.work import rules
from trunnion.work.models import Order
from trunnion.work.policies import may_act
from trunnion.work.states import BOOKABLE, OPEN, ORDER, STOCKED, WORKABLE
from trunnion.work.types import OrderState

# Verbs of the order's own people; with the first ones somebody may also take over what nobody leads.
_TAKING_OVER = frozenset({"accept", "depart", "arrive", "start"})
_OWN = _TAKING_OVER | {"decline", "wait", "resume", "complete", "switch"}
_NEEDS_LEADER = frozenset({"accept", "decline", "depart", "arrive"})
_WRITTEN = tuple(s for s in BOOKABLE if s != OrderState.DRAFT)
_LINES = {
    "task.add": OPEN, "task.answer": OPEN, "task.drop": OPEN,
    "order_procedure.attach": OPEN, "order_procedure.detach": OPEN,
    "labour.record": _WRITTEN, "labour.reverse": _WRITTEN,
    "labour.begin": (*WORKABLE, OrderState.REQUESTED, OrderState.WAITING),
    "labour.finish": _WRITTEN,
    "failure.record": (*_WRITTEN, OrderState.CLOSED), "failure.edit": (*_WRITTEN, OrderState.CLOSED),
    "failure.withdraw": (*_WRITTEN, OrderState.CLOSED),
    "part.plan": OPEN, "part.reserve": OPEN, "part.drop": OPEN, "part.issue": STOCKED, "part.return": STOCKED,
    "downtime.begin": _WRITTEN, "downtime.end": _WRITTEN,
    "follow_up.create": (*_WRITTEN, OrderState.CLOSED),
}  # fmt: skip


def actions_of(ctx: Context, facts: dict[str, Any], own_id: UUID | None, crew: Collection[UUID]) -> list[str]:
    """The verbs on the order itself; `facts` are its columns."""
    order = Order(id=facts["id"], leading_id=facts["leading_id"], organisation_id=ctx.organisation_id)
    found = []
    for verb in ORDER.actions(ctx, facts["state"]):
        if verb in _OWN and not may_act(ctx, order, own_id, may_take_over=verb in _TAKING_OVER, crew=crew):
            continue
        if verb in _NEEDS_LEADER and order.leading_id is None and (own_id is None or verb == "decline"):
            continue
        if verb == "grab" and (own_id is None or order.leading_id not in (None, own_id)):
            continue
        if verb == "reopen" and not _may_reopen(facts):
            continue
        found.append(verb)
    return found


def line_actions_of(ctx: Context, facts: dict[str, Any]) -> list[str]:
    """The verbs on the order's lines, as `task.add`."""
    return [verb for verb, states in _LINES.items() if facts["state"] in states and ctx.may(f"work.{verb}")]


def _may_reopen(facts: dict[str, Any]) -> bool:
    try:
        rules.check_reopening(OrderState(facts["state"]), facts["state_at"], clock.now())
    except Refusal:
        return False
    return True
