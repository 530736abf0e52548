"""The guests' uploads in pieces: by a scanned code before a report, by a progress link after it."""

from collections.abc import Callable
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

StoreOf = Callable[[HttpRequest, str], tus.Store]
View = Callable[..., HttpResponse]


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


def _count(request: HttpRequest, token: str) -> None:
    guests.limit("piece", token, address_of(request), rules.PIECES_PER_LABEL, rules.PIECES_PER_ADDRESS)


def _views(name: str, store_of: StoreOf) -> tuple[View, View, View]:
    """The three views of one way in, which differ by how a token leads to its store."""

    def begin_upload(request: HttpRequest, token: str) -> HttpResponse:
        """Announces a film, a photo or a recording."""
        return tus.create(request, store_of(request, token))

    def one_upload(request: HttpRequest, token: str, upload_id: UUID) -> HttpResponse:
        """How far it is, one more piece of it, or its end."""
        _count(request, token)
        return tus.one(request, upload_id, store_of(request, token))

    def upload_poster(request: HttpRequest, token: str, upload_id: UUID) -> HttpResponse:
        """The picture that a film will be shown by."""
        _count(request, token)
        return tus.poster(request, upload_id, store_of(request, token))

    for view in (begin_upload, one_upload, upload_poster):
        view.__name__ = f"{name}_{view.__name__}"
    return begin_upload, one_upload, upload_poster


def mount(room: Room) -> None:
    """Adds the routes to the room."""
    ways = (("scan", BECAUSE_SCANNED, _of_scan), ("progress", BECAUSE_LINKED, _of_link))
    for at, because, store_of in ways:
        begin, one, poster = _views(at, store_of)
        path = f"/{at}/{{token}}/uploads"
        room.plain("POST", path, begin, open_because=because, statuses=tus.BEGUN)
        for method in tus.METHODS:
            room.plain(
                method,
                path + "/{uuid:upload_id}",
                tus.named(one, method),
                open_because=because,
                statuses=tus.DONE[method],
            )
        room.plain("PUT", path + "/{uuid:upload_id}/poster", poster, open_because=because, statuses=tus.EMPTY)
