"""The signed-in customer's routes: their sites and machines, what became of their requests, and what they can do."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.web.answers import answer
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check
from trunnion.service.commands import guest, triage
from trunnion.service.policies import READ_CUSTOMER
from trunnion.service.queries import own
from trunnion.service.types import Channel, RequestDone

from .guests import Confirm, Message, Rate, Reason, Report, Urge


def own_report(request: HttpRequest, asset_id: UUID, body: Report) -> HttpResponse:
    """Reports what is wrong with one's own machine."""
    ctx = context_of(request)
    sent = body.dict() | {"language": body.language or ctx.language}
    with reading(ctx.organisation_id):
        own.check_asset(ctx, asset_id)
    done = guest.report(ctx, asset_id=asset_id, channel=Channel.PORTAL, **sent)
    return answer({"id": done.id, "number": done.number})


def own_message(request: HttpRequest, request_id: UUID, body: Message) -> HttpResponse:
    """Says something to the house."""
    return _act(request, request_id, guest.message, **body.dict())


def own_urge(request: HttpRequest, request_id: UUID, body: Urge | None = None) -> HttpResponse:
    """Asks for it to be done sooner."""
    return _act(request, request_id, guest.urge, **(body.dict() if body else {}))


def own_confirm(request: HttpRequest, request_id: UUID, body: Confirm) -> HttpResponse:
    """Confirms or refuses finished work."""
    return _act(request, request_id, guest.confirm, **body.dict())


def own_rate(request: HttpRequest, request_id: UUID, body: Rate) -> HttpResponse:
    """Judges the service."""
    return _act(request, request_id, guest.rate, **body.dict())


def own_cancel(request: HttpRequest, request_id: UUID, body: Reason | None = None) -> HttpResponse:
    """Takes the report back, as long as nobody was sent."""
    return _act(request, request_id, triage.cancel, **(body.dict() if body else {}))


def own_reopen(request: HttpRequest, request_id: UUID, body: Reason) -> HttpResponse:
    """Says that it is not repaired after all."""
    return _act(request, request_id, triage.reopen, **body.dict())


def _act(
    request: HttpRequest, request_id: UUID, verb: Callable[..., RequestDone], **arguments: Any
) -> HttpResponse:
    ctx: Context = context_of(request)
    check(ctx, READ_CUSTOMER)
    done = verb(ctx, request_id, **arguments)
    return answer({"number": done.number, "state": done.state})


VERBS: dict[str, Callable[..., HttpResponse]] = {
    "message": own_message,
    "urge": own_urge,
    "confirm": own_confirm,
    "rate": own_rate,
    "cancel": own_cancel,
    "reopen": own_reopen,
}


def mount(room: Room) -> None:
    """Adds the routes to the room."""
    room.detail("/own/home", own.get_home, READ_CUSTOMER)
    room.detail("/own/assets/{asset_id}", own.get_own_asset, READ_CUSTOMER)
    room.plain("POST", "/own/assets/{uuid:asset_id}/report", own_report, "service.request.report")
    room.detail("/own/requests", own.list_own, READ_CUSTOMER)
    room.detail("/own/requests/{request_id}", own.get_own, READ_CUSTOMER)
    for name, view in VERBS.items():
        room.plain("POST", f"/own/requests/{{uuid:request_id}}/{name}", view, f"service.request.{name}")
