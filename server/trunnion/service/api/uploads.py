"""The guests' uploads in pieces: by a scanned code before a report, by a progress link after it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.attach.commands import upload
from trunnion.kernel.web import tus
from trunnion.kernel.web.answers import language_of
from trunnion.kernel.web.cookies import address_of
from trunnion.kernel.web.routes import Room
from trunnion.service import guests, links
from trunnion.service.queries import callers
from trunnion.service.rules import files as rules

from .guests import BECAUSE_LINKED, BECAUSE_SCANNED, scanned


def _store(request: HttpRequest, organisation_id: UUID, token: str) -> tus.Store:
    ctx = callers.acting(organisation_id, "", language_of(request)).granting(upload.VERBS)
    proof = links.digest_of(token)

    def begin(name: str, size: int) -> tus.State:
        guests.limit("file", token, address_of(request), rules.FILES_PER_LABEL, rules.FILES_PER_ADDRESS)
        return upload.begin(
            ctx.with_(key=guests.own_key(request.headers.get("Idempotency-Key"), token)),
            name=name, size=size, proof=proof, is_seen_or_heard=True, most_seconds=rules.MOST_SECONDS,
        )  # fmt: skip

    return tus.Store(
        most_bytes=rules.MOST_FILM_BYTES,
        begin=begin,
        state_of=lambda id_: upload.state_of(ctx, id_, proof),
        add=lambda id_, offset, length, read, digest: upload.add(
            ctx, id_, offset, length, read, proof, digest
        ),
        drop=lambda id_: upload.drop_own(ctx, id_, proof),
        add_poster=lambda id_, data: upload.add_poster(ctx, id_, data, proof),
    )


def _of_scan(request: HttpRequest, token: str) -> tus.Store:
    return _store(request, scanned(token)[0], token)


def _of_link(request: HttpRequest, token: str) -> tus.Store:
    return _store(request, links.resolve_reporter(token).organisation_id, token)


def scan_begin_upload(request: HttpRequest, token: str) -> HttpResponse:
    """Announces a film, a photo or a recording for the report that follows."""
    return tus.create(request, _of_scan(request, token))


def scan_one_upload(request: HttpRequest, token: str, upload_id: UUID) -> HttpResponse:
    """How far it is, one more piece of it, or its end."""
    _count(request, token)
    return tus.one(request, upload_id, _of_scan(request, token))


def scan_upload_poster(request: HttpRequest, token: str, upload_id: UUID) -> HttpResponse:
    """The picture that a film will be shown by."""
    _count(request, token)
    return tus.poster(request, upload_id, _of_scan(request, token))


def progress_begin_upload(request: HttpRequest, token: str) -> HttpResponse:
    """Announces a film, a photo or a recording for a message."""
    return tus.create(request, _of_link(request, token))


def progress_one_upload(request: HttpRequest, token: str, upload_id: UUID) -> HttpResponse:
    """How far it is, one more piece of it, or its end."""
    _count(request, token)
    return tus.one(request, upload_id, _of_link(request, token))


def progress_upload_poster(request: HttpRequest, token: str, upload_id: UUID) -> HttpResponse:
    """The picture that a film will be shown by."""
    _count(request, token)
    return tus.poster(request, upload_id, _of_link(request, token))


def _count(request: HttpRequest, token: str) -> None:
    guests.limit("piece", token, address_of(request), rules.PIECES_PER_LABEL, rules.PIECES_PER_ADDRESS)


def mount(room: Room) -> None:
    """Adds the routes to the room."""
    for at, because, begin, one, poster in (
        ("scan", BECAUSE_SCANNED, scan_begin_upload, scan_one_upload, scan_upload_poster),
        ("progress", BECAUSE_LINKED, progress_begin_upload, progress_one_upload, progress_upload_poster),
    ):
        path = f"/{at}/{{token}}/uploads"
        room.plain("POST", path, begin, open_because=because)
        for method in tus.METHODS:
            room.plain(method, path + "/{uuid:upload_id}", tus.named(one, method), open_because=because)
        room.plain("PUT", path + "/{uuid:upload_id}/poster", poster, open_because=because)
