"""The desk's routes: requests as those see them who are signed in."""

from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from trunnion.kernel.web.answers import answer
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room
from trunnion.service import links
from trunnion.service.commands import desk, triage
from trunnion.service.policies import READ
from trunnion.service.queries import requests


def share(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Makes a progress link; its token is in this answer and nowhere else."""
    ctx = context_of(request)
    done = desk.share(ctx, request_id)
    token = links.token_of_link(ctx.organisation_id, done.link_id)
    return answer({"id": done.id, "version": done.version, "progress_token": token, "path": f"/p/{token}"})


def ask_to_sign(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Makes a link to sign by; with its picture, for a phone that is held in front of another."""
    ctx = context_of(request)
    done = desk.ask_to_sign(ctx, order_id)
    path = f"/p/{links.token_of_link(ctx.organisation_id, done.link_id)}"
    address = settings.BASE_URL + path
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4)
    return answer({"id": done.id, "version": done.version, "path": path, "link": address, "picture": picture})


def mount(room: Room) -> None:
    """Adds the desk's routes to the room."""
    room.listing("/requests", requests.REQUESTS)
    room.verb("/requests/create", desk.create)
    room.detail("/requests/{request_id}", requests.get_request, READ, has_history=True)
    room.edit("/requests/{request_id}", desk.edit)
    room.verb("/requests/{request_id}/order", desk.order)
    room.verb("/requests/{request_id}/finish", desk.finish)
    room.verb("/requests/{request_id}/reject", triage.reject)
    room.verb("/requests/{request_id}/merge", triage.merge)
    room.verb("/requests/{request_id}/cancel", triage.cancel)
    room.verb("/requests/{request_id}/reopen", triage.reopen)
    room.plain("POST", "/requests/{request_id}/share", share, "service.request.share")
    room.plain("POST", "/orders/{order_id}/ask_to_sign", ask_to_sign, "service.request.ask_to_sign")
    room.verb("/requests/{request_id}/erase", desk.erase)
