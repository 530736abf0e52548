"""The report of finished work as a file: by a progress link, or signed in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.database import reading
from trunnion.kernel.web.answers import asked_language
from trunnion.kernel.web.contents import hand
from trunnion.kernel.web.cookies import address_of
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room, check
from trunnion.service import guests, links
from trunnion.service.policies import READ_CUSTOMER
from trunnion.service.queries import callers, paper
from trunnion.service.rules import files as rules

from .guests import BECAUSE_LINKED


def progress_report(request: HttpRequest, token: str) -> HttpResponse:
    """What was done, for whoever reported it."""
    link = links.resolve_reporter(token)
    guests.limit("act", token, address_of(request), rules.CALLS_PER_LINK, rules.CALLS_PER_ADDRESS)
    ctx = callers.reading(link.organisation_id, asked_language(request))
    with reading(link.organisation_id):
        made = paper.report_by_link(ctx, link.request_id)
    return hand(made.content, made.name)


def own_report_file(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """What was done about one's own request."""
    ctx = context_of(request)
    check(ctx, READ_CUSTOMER)
    with reading(ctx.organisation_id):
        made = paper.report_of_own(ctx.with_(language=asked_language(request)), request_id)
    return hand(made.content, made.name)


def mount(room: Room) -> None:
    """Adds the routes to the room."""
    room.plain("GET", "/progress/{token}/report.pdf", progress_report, open_because=BECAUSE_LINKED)
    room.plain("GET", "/own/requests/{uuid:request_id}/report.pdf", own_report_file, READ_CUSTOMER)
