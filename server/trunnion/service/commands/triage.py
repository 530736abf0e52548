"""A request ends, or comes back: rejected, taken back, found to be the same as another, taken up again."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit
from trunnion.kernel.words import say
from trunnion.service.events import RequestReopened
from trunnion.service.models import Request
from trunnion.service.states import ENDED, OPEN, REQUEST
from trunnion.service.types import GuestVerb, RequestDone
from trunnion.work.commands import order
from trunnion.work.types import OrderState

from .admission import admit, is_guest
from .becoming import put_files
from .course import acting, done, facts, move

Reason = Annotated[Line, Field(min_length=1)]


@command("service.request.reject")
def reject(ctx: Context, request_id: UUID, reason: Reason) -> RequestDone:
    """Says that it will not be done, and why; so does its order."""
    row = take(ctx, Request, request_id)
    REQUEST.target("reject", row.state)
    own_order = _own_order(row)
    if own_order is not None:
        order.reject(ctx, own_order, reason=reason)
    move(ctx, row, "reject", reason)
    return done(row)


@command("service.request.cancel")
def cancel(ctx: Context, request_id: UUID, reason: Line = "") -> RequestDone:
    """Takes a request back; a guest can until somebody was told to go."""
    row = admit(ctx, request_id, GuestVerb.CANCEL) if is_guest(ctx) else take(ctx, Request, request_id)
    REQUEST.target("cancel", row.state)
    why = reason or say("service.taken_back", row.language)
    own_order = _own_order(row)
    if own_order is not None:
        order.cancel(acting(ctx), own_order, reason=why)
    move(ctx, row, "cancel", why)
    return done(row)


@command("service.request.merge")
def merge(ctx: Context, request_id: UUID, into_id: UUID) -> RequestDone:
    """Says that it is the same as another request, which then speaks for both; so do their orders."""
    if request_id == into_id:
        raise Invalid.field("/into_id", "service.merge_itself")
    row = take(ctx, Request, request_id)
    into = take(ctx, Request, into_id)
    REQUEST.target("merge", row.state)
    if into.state not in OPEN:
        raise Refusal("service.survivor_not_open", number=into.number, state=into.state)
    if row.order_id is not None and into.order_id is None:
        raise Refusal("service.merge_other_way", number=row.number, into=into.number)
    own_order = _own_order(row)
    if into.order_id is not None:
        surviving = into.order.survivor_id or into.order_id
        if own_order is not None:
            order.merge(ctx, own_order, into_id=surviving)
        elif row.order_id is None:
            put_files(ctx, row, surviving)
    move(ctx, row, "merge", into=into)
    return done(row)


@command("service.request.reopen")
def reopen(ctx: Context, request_id: UUID, reason: Reason) -> RequestDone:
    """Takes up again what seemed over; so does its order."""
    row = admit(ctx, request_id, GuestVerb.REOPEN) if is_guest(ctx) else take(ctx, Request, request_id)
    if row.order_id is None or row.state in ENDED:
        REQUEST.target("reopen", row.state)
    _take_up_order(ctx, row, reason)
    if row.state in ENDED:
        move(ctx, row, "reopen", reason)
    else:
        # The work was done, but nobody had closed it yet: the request had stayed open.
        emit(RequestReopened(**facts(row), reason=reason))
    return done(row)


def _take_up_order(ctx: Context, row: Request, reason: str) -> None:
    if row.order_id is None:
        return
    if row.order.state == OrderState.MERGED:
        order.unmerge(acting(ctx), row.order_id)
    else:
        order.reopen(acting(ctx), row.order_id, reason=reason)


def _own_order(row: Request) -> UUID | None:
    """Its order, as long as that is one of its own and not merged into somebody else's."""
    return row.order_id if row.order_id is not None and row.order.survivor_id is None else None
