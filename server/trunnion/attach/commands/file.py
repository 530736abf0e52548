"""Verbs on files: take one in, put it to a record, take it off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models import Exists, OuterRef
from pydantic import StringConstraints

from trunnion.attach import intake
from trunnion.attach.events import FileLinked
from trunnion.attach.models import File, FileLink
from trunnion.attach.subjects import get_subject
from trunnion.attach.types import FileCard, FileRole, Kind
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotGranted, Refusal
from trunnion.kernel.inputs import Instant, Line, Name
from trunnion.kernel.policies import get, take
from trunnion.kernel.unit import about, emit

MOST_DISCARDED = 500
FileName = Annotated[str, StringConstraints(min_length=1, max_length=255)]


def store(ctx: Context, name: str, chunks: Iterable[bytes], *, proof: str = "") -> FileCard:
    """Takes a stream in: checks what it is, keeps it on the disk, then records it by `attach.file.upload`.

    To be called outside of other verbs, because receiving takes as long as the sender's line is slow. Somebody
    without an account comes with a context without an actor and with `proof`, the digest of what proved them;
    `claim` later links only what the same proof brought.
    """
    if not ctx.may("attach.file.upload"):
        raise NotGranted("attach.file.upload")
    kept = intake.take_in(name, chunks, ctx.zone)
    return upload(
        ctx, sha256=kept.sha256, name=kept.name, media_type=kept.media_type, size=kept.size, width=kept.width,
        height=kept.height, taken_at=kept.taken_at, has_thumbnail=kept.has_thumbnail, proof=proof,
    )  # fmt: skip


@command("attach.file.upload", secret=("proof",))
def upload(
    ctx: Context, sha256: str, name: FileName, media_type: str, size: int, width: int | None = None,
    height: int | None = None, taken_at: datetime | None = None, has_thumbnail: bool = False, proof: str = "",
) -> FileCard:  # fmt: skip
    """Records a content that lies on the disk already."""
    row = File(
        sha256=sha256, name=name, media_type=media_type, size=size, width=width, height=height, taken_at=taken_at,
        has_thumbnail=has_thumbnail, uploaded_by_id=ctx.actor_id, proof=proof,
    )  # fmt: skip
    row.save()
    return FileCard(row.id, row.version, name, media_type, size, width, height, taken_at, has_thumbnail)


@command("attach.file.rename")
def rename(ctx: Context, file_id: UUID, name: Name) -> Done:
    """Gives a file another name; its ending stays, because it tells what the file is."""
    row = take(ctx, File, file_id)
    row.name = intake.renamed(name, row.media_type)
    row.save()
    return Done(row.id, row.version)


@command("attach.file.link")
def link(
    ctx: Context,
    file_id: UUID,
    kind: Kind,
    row_id: UUID,
    role: FileRole = FileRole.DOCUMENT,
    caption: Line = "",
) -> Done:
    """Puts a file to a record; whoever sees the record may then see the file."""
    about(kind, row_id)
    get_subject(ctx, kind, row_id)
    return put(ctx, get(ctx, File, file_id), kind, row_id, role, caption)


@command("attach.file.claim", secret=("proof",))
def claim(
    ctx: Context, file_ids: list[UUID], proof: str, kind: Kind, row_id: UUID, role: FileRole = FileRole.PHOTO
) -> None:
    """Puts what somebody sent to a record; only what the same proof or account brought and hangs nowhere."""
    about(kind, row_id)
    get_subject(ctx, kind, row_id)
    is_known = bool(proof) or ctx.actor_id is not None
    by = (
        {"uploaded_by_id": ctx.actor_id}
        if ctx.actor_id is not None
        else {"uploaded_by_id": None, "proof": proof}
    )
    for index, file_id in enumerate(dict.fromkeys(file_ids)):
        row = File.objects.of(ctx).filter(id=file_id, **by).first() if is_known else None
        if row is None or FileLink.objects.of(ctx).filter(file_id=file_id).exists():
            raise Invalid.field(f"/file_ids/{index}", "file_not_yours")
        put(ctx, row, kind, row_id, role)


@command("attach.file.discard")
def discard(ctx: Context, before: Instant) -> int:
    """Removes what guests sent before an instant and never used in a report; returns how many."""
    linked = FileLink.objects.of(ctx).filter(file_id=OuterRef("id"))
    stale = (
        File.objects.of(ctx).exclude(proof="").filter(~Exists(linked), created_at__lt=before)[:MOST_DISCARDED]
    )
    return sum(row.delete()[0] for row in stale)


@command("attach.file.unlink")
def unlink(ctx: Context, link_id: UUID) -> None:
    """Takes a file off a record; the file itself stays with whoever brought it."""
    row = take(ctx, FileLink, link_id)
    if row.role == FileRole.SIGNATURE:
        raise Refusal("signature_stays")
    about(row.subject_kind, row.subject_id)
    row.delete()


@command("attach.file.publish")
def publish(ctx: Context, link_id: UUID) -> Done:
    """Lets whoever scans a machine's label read a document of it or of its model."""
    return _show(ctx, link_id, is_public=True)


@command("attach.file.unpublish")
def unpublish(ctx: Context, link_id: UUID) -> Done:
    """Keeps a document in the house again."""
    return _show(ctx, link_id, is_public=False)


def _show(ctx: Context, link_id: UUID, *, is_public: bool) -> Done:
    row = take(ctx, FileLink, link_id)
    if not ctx.may(f"{row.subject_kind}.edit"):
        raise NotGranted(f"{row.subject_kind}.edit")
    # A signature proves something to somebody, and what hangs on a comment was said to those who read it.
    if is_public and (row.role == FileRole.SIGNATURE or row.comment_id is not None):
        raise Refusal("file_not_public")
    row.is_public = is_public
    about(row.subject_kind, row.subject_id)
    row.save()
    return Done(row.id, row.version)


def put(
    ctx: Context,
    file: File,
    kind: str,
    row_id: UUID,
    role: FileRole,
    caption: str = "",
    comment_id: UUID | None = None,
) -> Done:
    """Links a file to a record that the caller has checked; a second time changes nothing."""
    same = {"subject_kind": kind, "subject_id": row_id, "file_id": file.id, "role": role}
    found = FileLink.objects.of(ctx).filter(**same).first()
    if found is not None:
        return Done(found.id, found.version)
    row = FileLink(**same, caption=caption, comment_id=comment_id)
    row.save()
    emit(FileLinked(file_id=file.id, subject_kind=kind, subject_id=row_id, role=role))
    return Done(row.id, row.version)
