"""What the verbs of a request have in common: its moves, the facts of its events, the life of its links."""

from datetime import datetime
from typing import Any

from trunnion.kernel import clock
from trunnion.kernel.context import Context, Everything
from trunnion.kernel.unit import emit
from trunnion.service import events, links
from trunnion.service.models import Request
from trunnion.service.queries.standing import absorbed_by, case_of
from trunnion.service.rules.guests import link_ends_at
from trunnion.service.states import REQUEST
from trunnion.service.types import RequestDone, RequestState

_FACTS = {
    "order": events.RequestOrdered,
    "finish": events.RequestFinished,
    "reject": events.RequestRejected,
    "cancel": events.RequestCancelled,
    "merge": events.RequestMerged,
    "reopen": events.RequestReopened,
}
_WITH_REASON = ("reject", "cancel", "reopen")


def acting(ctx: Context) -> Context:
    """The context in which the parts of a verb run: a guest was let in by their link, not by grants of their own."""
    return ctx if ctx.actor_id is not None else ctx.with_(grants=Everything())


def facts(row: Request) -> dict[str, Any]:
    """What every event about a request says."""
    return {
        "request_id": row.id, "number": row.number, "asset_id": row.asset_id, "customer_id": row.customer_id,
        "order_id": row.order_id, "at": clock.now(),
    }  # fmt: skip


def done(row: Request) -> RequestDone:
    """The answer of a verb."""
    return RequestDone(row.id, row.version, row.number, RequestState(row.state), row.order_id)


def move(ctx: Context, row: Request, verb: str, reason: str = "", into: Request | None = None) -> None:
    """Makes a move of the table, tells it, and lets the links live as long as they should."""
    back = RequestState.ORDERED if row.order_id else RequestState.NEW
    row.state = REQUEST.target(verb, row.state, left=back)
    row.state_at = clock.now()
    row.merged_into = into
    row.end_reason = "" if verb == "reopen" else reason
    row.save()
    _set_expiry(ctx, row, into)
    extra: dict[str, Any] = {"reason": reason} if verb in _WITH_REASON else {}
    if into is not None:
        extra["into_id"] = into.id
    emit(_FACTS[verb](**facts(row), **extra))


def _set_expiry(ctx: Context, row: Request, into: Request | None) -> None:
    """The links of a request, and of those that were merged into it, go out with the one that speaks for all."""
    expires_at = expiry_of(ctx, into or row)
    for request_id in [row.id, *absorbed_by(ctx, [row.id])]:
        links.set_expiry(ctx.organisation_id, request_id, expires_at)


def expiry_of(ctx: Context, row: Request) -> datetime | None:
    """When the links of a request go out."""
    speaks = case_of(ctx, row).target
    return link_ends_at(RequestState(speaks.state), speaks.state_at)
