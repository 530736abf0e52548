"""The guests' pictures and papers: the machine on its label's page, its manuals, and the photos of one's own report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from trunnion.attach.queries import content_of
from trunnion.attach.types import Content
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.web.contents import send
from trunnion.kernel.web.routes import Room
from trunnion.service import links
from trunnion.service.queries import callers, progress, scan
from trunnion.service.queries.standing import case_of, request_by_id
from trunnion.service.types import LinkRole

from .guests import BECAUSE_LINKED, BECAUSE_SCANNED, scanned


def asset_photo(request: HttpRequest, token: str) -> HttpResponseBase:
    """A small picture of the machine that the label is on."""
    organisation_id, asset_id = scanned(token)
    ctx = callers.reading(organisation_id, "en")
    with reading(organisation_id):
        file_id = scan.find_photo(ctx, asset_id)
        if file_id is None:
            raise NotVisible
        found = content_of(ctx, file_id, small=True)
    return send(request, found)


def manual(request: HttpRequest, token: str, file_id: UUID) -> HttpResponseBase:
    """A document of the machine that was made public."""
    organisation_id, asset_id = scanned(token)
    ctx = callers.reading(organisation_id, "en")
    with reading(organisation_id):
        if file_id not in {f.file_id for f in scan.manuals_of(ctx, asset_id)}:
            raise NotVisible
        found = content_of(ctx, file_id)
    return send(request, found)


def photo(request: HttpRequest, token: str, file_id: UUID) -> HttpResponseBase:
    """A photo of one's own report, or of the work on it."""
    return send(request, _own_photo(token, file_id, small=False))


def thumbnail(request: HttpRequest, token: str, file_id: UUID) -> HttpResponseBase:
    """The same, small."""
    return send(request, _own_photo(token, file_id, small=True))


def _own_photo(token: str, file_id: UUID, *, small: bool) -> Content:
    link = links.resolve(token)
    ctx = callers.reading(link.organisation_id, "en")
    with reading(link.organisation_id):
        case = case_of(ctx, request_by_id(ctx, link.request_id))
        shown = progress.photos_of(ctx, case, LinkRole(link.role))
        if file_id not in {f.file_id for f in shown}:
            raise NotVisible
        return content_of(ctx, file_id, small)


def mount(room: Room) -> None:
    """Adds the routes of pictures to the room."""
    room.plain("GET", "/scan/{token}/photo", asset_photo, open_because=BECAUSE_SCANNED)
    room.plain("GET", "/scan/{token}/manuals/{uuid:file_id}", manual, open_because=BECAUSE_SCANNED)
    room.plain("GET", "/progress/{token}/files/{uuid:file_id}", photo, open_because=BECAUSE_LINKED)
    room.plain(
        "GET", "/progress/{token}/files/{uuid:file_id}/thumbnail", thumbnail, open_because=BECAUSE_LINKED
    )
