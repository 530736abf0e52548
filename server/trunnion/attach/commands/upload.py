"""Verbs on contents that come in piece by piece: begin one, add to it, drop it, say what it is for."""

import base64
import binascii
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from uuid import UUID

from django.conf import settings
from pydantic import Field

from trunnion.attach import films, intake, media, parts, storage
from trunnion.attach.models import File, FileLink, Upload
from trunnion.attach.types import FileCard, FileRole, Kind, UploadState
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotVisible, Refusal, TooMany
from trunnion.kernel.inputs import Instant
from trunnion.kernel.tables import ScopedQuerySet
from trunnion.kernel.unit import about

from .file import FileName, put
from .file import upload as record

LIFE, GUEST_LIFE = timedelta(days=7), timedelta(hours=12)
MOST_OPEN, MOST_OPEN_GUEST = 60, 20
MOST_TOGETHER, MOST_TOGETHER_GUEST = 4 << 30, 1 << 30
# A piece with a digest is proved before it is kept, and so stands in memory.
MOST_PROVED = 16 << 20
DIGESTS = ("sha1", "sha256")
MOST_POSTER = 512 * 1024
MOST_EXPIRED = 500
Bytes = Annotated[int, Field(ge=1)]
VERBS = frozenset({"attach.file.begin", "attach.file.finish", "attach.file.upload", "attach.file.drop"})


class TooLarge(Refusal):
    """More than any content, or than what was announced (413)."""

    status = 413


class WrongOffset(Refusal):
    """The piece does not begin where the last one ended (409); the facts say where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__("upload.wrong_offset", offset=offset)


class ChecksumWrong(Refusal):
    """The piece was damaged on its way (460); nothing of it was kept."""

    status = 460

    def __init__(self) -> None:
        super().__init__("upload.checksum_wrong")


@command("attach.file.begin", secret=("proof",))
def begin(
    ctx: Context, name: FileName, size: Bytes, proof: str = "", is_seen_or_heard: bool = False,
    most_seconds: int | None = None,
) -> UploadState:  # fmt: skip
    """Announces a content of so many bytes; answers where its pieces are sent."""
    most = storage.MOST_FILM_BYTES if media.is_film(name) else storage.MOST_BYTES
    if size > most:
        raise TooLarge("file_too_large", most_mb=most >> 20)
    if media.ending_of(name) in media.DANGEROUS:
        raise Invalid.field("/name", "file_dangerous", name=name)
    _check_share(ctx, proof, size)
    parts.check_room(size)
    row = Upload(
        name=name, size=size, owner_id=ctx.actor_id, proof=proof, is_seen_or_heard=is_seen_or_heard,
        most_seconds=most_seconds, expires_at=clock.now() + (GUEST_LIFE if proof else LIFE),
    )  # fmt: skip
    row.save()
    return UploadState(row.id, size, 0, None, row.expires_at)


def _check_share(ctx: Context, proof: str, size: int) -> None:
    rows = Upload.objects.of(ctx).filter(file_id=None, expires_at__gt=clock.now(), proof=proof)
    sizes = list(rows.filter(owner_id=ctx.actor_id).values_list("size", flat=True))
    open_, together = (MOST_OPEN_GUEST, MOST_TOGETHER_GUEST) if proof else (MOST_OPEN, MOST_TOGETHER)
    if len(sizes) >= open_ or sum(sizes) + size > together:
        raise TooMany("upload.too_many", retry_after=600)


def state_of(ctx: Context, upload_id: UUID, proof: str = "") -> UploadState:
    """How much of one's own upload has arrived, and what it became; raises NotVisible."""
    return _state(_own(ctx, upload_id, proof))


def add(
    ctx: Context, upload_id: UUID, offset: int, length: int, read: Callable[[int], bytes], proof: str = "",
    digest: tuple[str, str] | None = None,
) -> UploadState:  # fmt: skip
    """Adds a piece; with the last one the content is checked and becomes a file.

    To be called outside of other verbs, because receiving takes as long as the sender's line is slow.
    """
    row = _own(ctx, upload_id, proof)
    if row.file_id:
        return _over(row, offset, length)
    with parts.adding(row.id) as handle:
        # Read anew: whoever held it before may have finished or dropped it.
        row = _own(ctx, upload_id, proof)
        if row.file_id:
            return _over(row, offset, length)
        here = os.fstat(handle).st_size
        if offset != here:
            raise WrongOffset(here)
        if offset + length > row.size:
            raise TooLarge("upload.too_long", size=row.size)
        reached = parts.append(handle, _proved(read, length, digest) if digest else read, length)
        if reached == row.size:
            return _become(ctx, row)
    return UploadState(row.id, row.size, reached, None, row.expires_at)


def _over(row: Upload, offset: int, length: int) -> UploadState:
    """The answer to whoever asks again for what was finished."""
    if offset != row.size:
        raise WrongOffset(row.size)
    if length:
        raise TooLarge("upload.too_long", size=row.size)
    parts.drop(row.id)
    return _state(row)


def add_poster(ctx: Context, upload_id: UUID, data: bytes, proof: str = "") -> None:
    """Keeps the picture that a film will be shown by."""
    row = _own(ctx, upload_id, proof)
    if len(data) > MOST_POSTER:
        raise TooLarge("upload.too_long", size=MOST_POSTER)
    if row.file_id is None and media.is_film(row.name):
        parts.poster_of(row.id).write_bytes(data)


def drop_own(ctx: Context, upload_id: UUID, proof: str = "") -> None:
    """Gives an upload up."""
    row = _own(ctx, upload_id, proof)
    with parts.adding(row.id):
        drop(ctx, row.id)
        parts.drop(row.id)


@command("attach.file.drop")
def drop(ctx: Context, upload_id: UUID) -> None:
    """Forgets an upload; the caller has checked whose it is."""
    Upload.objects.of(ctx).filter(id=upload_id).get().delete()


@command("attach.file.finish", secret=("proof",))
def finish(
    ctx: Context, upload_id: UUID, sha256: str, name: FileName, media_type: str, size: int,
    width: int | None = None, height: int | None = None, taken_at: Instant | None = None,
    has_thumbnail: bool = False,
) -> FileCard:  # fmt: skip
    """Makes a file of what has arrived whole and lies on the disk; puts it where it was meant to go."""
    row = Upload.objects.of(ctx).select_for_update().get(id=upload_id)
    card = record(
        ctx, sha256=sha256, name=name, media_type=media_type, size=size, width=width, height=height,
        taken_at=taken_at, has_thumbnail=has_thumbnail, proof=row.proof,
    )  # fmt: skip
    row.file_id = card.id
    row.save()
    if row.for_id is not None:
        about(row.for_kind, row.for_id)
        put(ctx, File.objects.of(ctx).get(id=card.id), row.for_kind, row.for_id, FileRole(row.role))
    return card


@command("attach.file.destine", secret=("proof",))
def destine(
    ctx: Context,
    upload_ids: list[UUID],
    proof: str,
    kind: Kind,
    row_id: UUID,
    role: FileRole = FileRole.PHOTO,
) -> None:
    """Says which record uploads are for that are still under way; the caller has checked the record."""
    about(kind, row_id)
    for index, upload_id in enumerate(dict.fromkeys(upload_ids)):
        row = _rows(ctx, proof).select_for_update().filter(id=upload_id, for_id=None).first()
        if row is None:
            raise Invalid.field(f"/upload_ids/{index}", "file_not_yours")
        row.for_kind, row.for_id, row.role = kind, row_id, role
        row.save()
        if row.file_id and not FileLink.objects.of(ctx).filter(file_id=row.file_id).exists():
            put(ctx, File.objects.of(ctx).get(id=row.file_id), kind, row_id, role)


@command("attach.file.expire")
def expire(ctx: Context, before: Instant) -> list[UUID]:
    """Forgets uploads whose time is over; returns which, so that what arrived of them goes as well."""
    stale = list(Upload.objects.of(ctx).filter(expires_at__lt=before).order_by("expires_at")[:MOST_EXPIRED])
    for row in stale:
        row.delete()
    return [row.id for row in stale]


def _rows(ctx: Context, proof: str) -> ScopedQuerySet:
    """One's own uploads: by the account, or by what proves a guest."""
    rows = Upload.objects.of(ctx).filter(expires_at__gt=clock.now(), owner_id=ctx.actor_id)
    mine = rows if ctx.actor_id is not None else rows.filter(proof=proof) if proof else rows.none()
    found: ScopedQuerySet = mine
    return found


def _own(ctx: Context, upload_id: UUID, proof: str) -> Upload:
    with reading(ctx.organisation_id):
        found: Upload | None = _rows(ctx, proof).filter(id=upload_id).first()
    if found is None:
        raise NotVisible
    return found


def _state(row: Upload) -> UploadState:
    offset = row.size if row.file_id else parts.size_of(row.id)
    return UploadState(row.id, row.size, offset, row.file_id, row.expires_at)


def _proved(read: Callable[[int], bytes], length: int, digest: tuple[str, str]) -> Callable[[int], bytes]:
    """Reads a piece whole and proves it; what broke off on the way is as wrong as what was changed."""
    name, wanted = digest
    if name not in DIGESTS:
        raise Invalid.field("/headers/Upload-Checksum", "upload.checksum_unknown", known=list(DIGESTS))
    if length > MOST_PROVED:
        raise TooLarge("upload.piece_too_large", most_mb=MOST_PROVED >> 20)
    pieces, left = [], length
    while left > 0 and (piece := read(min(parts.STEP, left))):
        pieces.append(piece)
        left -= len(piece)
    data = b"".join(pieces)
    try:
        expected = base64.b64decode(wanted, validate=True)
    except binascii.Error:
        expected = b""
    if hashlib.new(name, data, usedforsecurity=False).digest() != expected:
        raise ChecksumWrong
    rest = memoryview(data)

    def again(most: int) -> bytes:
        nonlocal rest
        piece, rest = rest[:most], rest[most:]
        return bytes(piece)

    return again


def _become(ctx: Context, row: Upload) -> UploadState:
    """Checks what has arrived whole, keeps it and records it; what is refused leaves nothing."""
    poster = parts.poster_of(row.id)
    try:
        kept = intake.take_over(
            row.name, storage.received(_second_name(row.id)), ctx.zone, poster if poster.exists() else None,
            lambda path, media_type: _check(row, path, media_type),
        )  # fmt: skip
    except Invalid:
        drop(ctx, row.id)
        parts.drop(row.id)
        raise
    card = finish(
        ctx, row.id, sha256=kept.sha256, name=kept.name, media_type=kept.media_type, size=kept.size,
        width=kept.width, height=kept.height, taken_at=kept.taken_at, has_thumbnail=kept.has_thumbnail,
    )  # fmt: skip
    parts.drop(row.id)
    return UploadState(row.id, row.size, row.size, card.id, row.expires_at)


def _second_name(upload_id: UUID) -> Path:
    """A second name in the incoming folder: whoever is killed before the file is recorded has lost nothing."""
    handle, name = tempfile.mkstemp(prefix="upload-", dir=settings.ENVIRONMENT.folder("incoming"))
    os.close(handle)
    path = Path(name)
    path.unlink()
    try:
        os.link(parts.path_of(upload_id), path)
    except OSError:
        # Some network shares give a file one name only.
        shutil.copyfile(parts.path_of(upload_id), path)
    return path


def _check(row: Upload, path: Path, media_type: str) -> None:
    if row.is_seen_or_heard and media_type not in media.SEEN_OR_HEARD:
        raise Invalid.field("/file", "upload.not_seen_or_heard", name=row.name)
    if media_type not in media.FILMS and row.size > storage.MOST_BYTES:
        raise Invalid.field("/file", "file_too_large", most_mb=storage.MOST_BYTES >> 20)
    seconds = films.seconds_of(path, media_type) if row.most_seconds else None
    if seconds is not None and row.most_seconds is not None and seconds > row.most_seconds + 1:
        raise Invalid.field("/file", "upload.film_too_long", most=row.most_seconds, seconds=round(seconds))
