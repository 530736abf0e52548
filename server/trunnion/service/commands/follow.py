"""A request follows its order: whatever the order has become, the request's own moves are made up for."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.service.models import Request
from trunnion.service.rules.following import due_state, due_verbs
from trunnion.service.types import RequestState
from trunnion.work.types import OrderState

from .course import move


@dataclass(frozen=True, slots=True)
class Due:
    """The moves that a request still owes."""

    row: Request
    verbs: list[str]
    reason: str
    into: Request | None


@command("service.request.follow")
def follow(ctx: Context, order_id: UUID) -> None:
    """Brings the requests of an order in step with it; does nothing where they are."""
    for due in pending(ctx, order_id):
        for verb in due.verbs:
            move(ctx, due.row, verb, due.reason, due.into if verb == "merge" else None)


def pending(ctx: Context, order_id: UUID) -> list[Due]:
    """The requests that an order does the work of, and whose state does not say so."""
    concerned = Q(order_id=order_id) | Q(order__survivor_id=order_id)
    found = []
    for row in Request.objects.of(ctx).filter(concerned).order_by("id"):
        speaks = row.order.survivor or row.order
        into = _sibling(ctx, row, speaks.id) if row.order.survivor_id else None
        due = due_state(OrderState(speaks.state), is_absorbed=into is not None)
        verbs = due_verbs(RequestState(row.state), due)
        if verbs:
            found.append(Due(row, verbs, speaks.end_reason, into))
    return found


def _sibling(ctx: Context, row: Request, order_id: UUID) -> Request | None:
    """The request for which the surviving order was written."""
    others = Request.objects.of(ctx).filter(order_id=order_id).exclude(id=row.id)
    found: Request | None = others.order_by("received_at", "id").first()
    return found
