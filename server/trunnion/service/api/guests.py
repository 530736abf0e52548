"""The guests' routes: scan, report, follow, and what a reporter can do; the token in the path is the proof."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import ConfigDict

from trunnion.assets.queries import get_asset_by_token
from trunnion.attach.commands import file
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.web.answers import answer, asked_language
from trunnion.kernel.web.cookies import address_of
from trunnion.kernel.web.request import with_headers
from trunnion.kernel.web.routes import Room
from trunnion.service import guests, links
from trunnion.service.commands import guest, triage
from trunnion.service.queries import callers, progress, scan
from trunnion.service.rules import files as rules
from trunnion.service.types import LinkRole, RequestDone, RequestKind

UPLOAD = "attach.file.upload"
# Room for the other parts of a multipart body.
SLACK = 64 * 1024
BECAUSE_SCANNED = "the scanned code is the proof"
BECAUSE_LINKED = "the progress link is the proof"


class TooLarge(Refusal):
    """The body is larger than what a guest may send (413)."""

    status = 413


class Body(Schema):
    """What guests send: known fields only; what each must be is said by the verb."""

    model_config = ConfigDict(extra="forbid")


class Report(Body):
    """What is wrong, in words or on photos that were sent before."""

    text: str = ""
    is_stopped: bool = False
    contact_name: str = ""
    contact_phone: str = ""
    file_ids: list[UUID] = []
    upload_ids: list[UUID] = []
    symptoms: list[str] = []
    language: str | None = None
    kind: RequestKind = RequestKind.FAULT


class Message(Body):
    """Something to say, or photos that were sent before."""

    text: str = ""
    file_ids: list[UUID] = []
    upload_ids: list[UUID] = []


class Urge(Body):
    """Why it should be done sooner, if one likes to say."""

    text: str = ""


class Confirm(Body):
    """Who confirms, with a signature; or who does not, and why."""

    name: str
    accepted: bool = True
    remark: str = ""
    signature_png_base64: str | None = None


class Rate(Body):
    """One to five stars."""

    stars: int
    text: str = ""


class Reason(Body):
    """Why."""

    reason: str = ""


def get_scan(request: HttpRequest, token: str) -> HttpResponse:
    """What the label is on, and what is already reported of it."""
    organisation_id, asset_id = scanned(token)
    ctx = callers.reading(organisation_id, asked_language(request))
    with reading(organisation_id):
        found = scan.get_scan(ctx, asset_id)
        has_photo = scan.find_photo(ctx, asset_id) is not None
    found["asset"]["photo"] = f"/api/service/scan/{token}/photo" if has_photo else None
    return answer(found)


def scan_file(request: HttpRequest, token: str) -> HttpResponse:
    """Takes in a photo, a film or a recording for the report that follows."""
    organisation_id, _ = scanned(token)
    return _take_in(request, organisation_id, token)


def report(request: HttpRequest, token: str, body: Report) -> HttpResponse:
    """Reports what is wrong; answers the number and the link by which to follow it."""
    organisation_id, asset_id = scanned(token)
    guests.limit("report", token, address_of(request), rules.REPORTS_PER_LABEL, rules.REPORTS_PER_ADDRESS)
    ctx = _context(request, organisation_id, token, "service.request.report")
    sent = body.dict() | {"language": body.language or asked_language(request)}
    done = guest.report(ctx, asset_id=asset_id, proof=links.digest_of(token), **sent)
    told = links.tokens_of(organisation_id, [done.id], LinkRole.REPORTER)
    return answer({"number": done.number, "progress_token": told[done.id]})


def get_progress(request: HttpRequest, token: str) -> HttpResponse:
    """How things stand; an asker who says what they saw last is told briefly that nothing is new."""
    link = links.resolve(token)
    ctx = callers.reading(link.organisation_id, asked_language(request))
    with reading(link.organisation_id):
        tag = progress.tag_of(ctx, link)
        if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
            response = HttpResponse(status=304)
        else:
            response = answer(progress.get_progress(ctx, LinkRole(link.role), link.request_id))
    response["ETag"] = tag
    # The browser may keep it, as long as it asks each time whether it still holds.
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Accept-Language"
    return response


def progress_file(request: HttpRequest, token: str) -> HttpResponse:
    """Takes in a photo for a message."""
    return _take_in(request, links.resolve_reporter(token).organisation_id, token)


def message(request: HttpRequest, token: str, body: Message) -> HttpResponse:
    """Says something to the house."""
    return _act(request, token, guest.message, proof=links.digest_of(token), **body.dict())


def urge(request: HttpRequest, token: str, body: Urge | None = None) -> HttpResponse:
    """Asks for it to be done sooner."""
    return _act(request, token, guest.urge, **(body.dict() if body else {}))


def confirm(request: HttpRequest, token: str, body: Confirm) -> HttpResponse:
    """Confirms or refuses finished work."""
    return _act(request, token, guest.confirm, **body.dict())


def rate(request: HttpRequest, token: str, body: Rate) -> HttpResponse:
    """Judges the service."""
    return _act(request, token, guest.rate, **body.dict())


def cancel(request: HttpRequest, token: str, body: Reason | None = None) -> HttpResponse:
    """Takes the report back, as long as nobody was sent."""
    return _act(request, token, triage.cancel, **(body.dict() if body else {}))


def reopen(request: HttpRequest, token: str, body: Reason) -> HttpResponse:
    """Says that it is not repaired after all."""
    return _act(request, token, triage.reopen, **body.dict())


def scanned(token: str) -> tuple[UUID, UUID]:
    """The organisation and the asset of a live label; one that is revoked or still blank says so in words."""
    return get_asset_by_token(token)


def _context(request: HttpRequest, organisation_id: UUID, token: str, verb: str) -> Context:
    ctx = with_headers(callers.acting(organisation_id, verb, asked_language(request)), request)
    return ctx.with_(key=guests.own_key(ctx.key, token), seen_version=None)


def _act(
    request: HttpRequest, token: str, verb: Callable[..., RequestDone], **arguments: Any
) -> HttpResponse:
    link = links.resolve_reporter(token)
    guests.limit("act", token, address_of(request), rules.CALLS_PER_LINK, rules.CALLS_PER_ADDRESS)
    name: str = verb.command.name  # type: ignore[attr-defined]
    ctx = _context(request, link.organisation_id, token, name)
    done = verb(ctx, link.request_id, **arguments)
    return answer({"number": done.number, "state": done.state})


def _take_in(request: HttpRequest, organisation_id: UUID, token: str) -> HttpResponse:
    length = request.headers.get("Content-Length", "")
    most = rules.MOST_BYTES // (1024 * 1024)
    if length.isdecimal() and int(length) > rules.MOST_BYTES + SLACK:
        raise TooLarge("file_too_large", most_mb=most)
    guests.limit("file", token, address_of(request), rules.FILES_PER_LABEL, rules.FILES_PER_ADDRESS)
    sent = request.FILES.getlist("file")
    if len(sent) != 1 or sent[0].name is None:
        raise Invalid.field("/file", "file_expected")
    if (sent[0].size or 0) > rules.MOST_BYTES:
        raise TooLarge("file_too_large", most_mb=most)
    head = sent[0].read(rules.HEAD)
    if head and not rules.is_seen_or_heard(head):
        raise Invalid.field("/file", "service.photo_expected")
    sent[0].seek(0)
    ctx = callers.acting(organisation_id, UPLOAD, asked_language(request))
    return answer(file.store(ctx, sent[0].name, sent[0].chunks(), proof=links.digest_of(token)))


def mount(room: Room) -> None:
    """Adds the guests' routes to the room."""
    room.plain("GET", "/scan/{token}", get_scan, open_because=BECAUSE_SCANNED)
    room.plain("POST", "/scan/{token}/files", scan_file, open_because=BECAUSE_SCANNED)
    room.plain("POST", "/scan/{token}/report", report, open_because=BECAUSE_SCANNED)
    room.plain("GET", "/progress/{token}", get_progress, open_because=BECAUSE_LINKED)
    room.plain("POST", "/progress/{token}/files", progress_file, open_because=BECAUSE_LINKED)
    for view in (message, urge, confirm, rate, cancel, reopen):
        room.plain("POST", f"/progress/{{token}}/{view.__name__}", view, open_because=BECAUSE_LINKED)
