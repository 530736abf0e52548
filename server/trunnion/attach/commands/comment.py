"""Verbs on comments."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from trunnion.attach.events import CommentAdded, CommentEdited, CommentRemoved
from trunnion.attach.models import Comment, File
from trunnion.attach.policies import READ_INTERNAL
from trunnion.attach.subjects import get_subject
from trunnion.attach.types import FileRole, Kind
from trunnion.identity.queries import context_of_member
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotSignedIn, NotVisible, Refusal
from trunnion.kernel.inputs import Prose
from trunnion.kernel.policies import get, take
from trunnion.kernel.unit import about, emit

from .file import put

MOST_MENTIONS = 50


Text = Annotated[Prose, StringConstraints(min_length=1, max_length=10_000)]
Mentions = Annotated[tuple[UUID, ...], Field(max_length=MOST_MENTIONS)]
FileIds = Annotated[tuple[UUID, ...], Field(max_length=20)]


@command("attach.comment.add")
def add(
    ctx: Context, kind: Kind, row_id: UUID, text: Text, mentions: Mentions = (), is_internal: bool = False,
    file_ids: FileIds = (),
) -> Done:  # fmt: skip
    """Says something about a record, to everybody who sees it, or to colleagues only."""
    about(kind, row_id)
    get_subject(ctx, kind, row_id)
    named = list(dict.fromkeys(mentions))
    for index, user_id in enumerate(named):
        _check_mention(ctx, user_id, kind, row_id, is_internal, f"/mentions/{index}")
    row = Comment(
        subject_kind=kind, subject_id=row_id, text=text, author_id=ctx.actor_id,
        author_name=ctx.actor_name or ctx.on_behalf_of, mentions=[str(m) for m in named], is_internal=is_internal,
    )  # fmt: skip
    row.save()
    for file_id in dict.fromkeys(file_ids):
        put(ctx, get(ctx, File, file_id), kind, row_id, FileRole.DOCUMENT, comment_id=row.id)
    said = CommentAdded(
        comment_id=row.id, subject_kind=kind, subject_id=row_id, author_id=ctx.actor_id, mentions=named,
        is_internal=is_internal,
    )  # fmt: skip
    emit(said)
    return Done(row.id, row.version)


@command("attach.comment.edit")
def edit(ctx: Context, comment_id: UUID, text: Text) -> Done:
    """Changes one's own comment; readers see that it was changed."""
    row = _own(ctx, comment_id)
    row.text = text
    row.edited_at = clock.now()
    row.save()
    emit(CommentEdited(**_about(row)))
    return Done(row.id, row.version)


@command("attach.comment.remove")
def remove(ctx: Context, comment_id: UUID) -> Done:
    """Takes one's own comment back; its place stays."""
    row = _own(ctx, comment_id)
    row.removed_at = clock.now()
    row.text = ""
    row.save()
    emit(CommentRemoved(**_about(row)))
    return Done(row.id, row.version)


def _about(row: Comment) -> dict[str, Any]:
    return {
        "comment_id": row.id, "subject_kind": row.subject_kind, "subject_id": row.subject_id,
        "is_internal": row.is_internal,
    }  # fmt: skip


def _own(ctx: Context, comment_id: UUID) -> Comment:
    row = take(ctx, Comment, comment_id)
    if row.author_id is None or row.author_id != ctx.actor_id:
        raise Refusal("comment_not_own")
    if row.removed_at is not None:
        raise Refusal("comment_removed")
    return row


def _check_mention(
    ctx: Context, user_id: UUID, kind: str, row_id: UUID, is_internal: bool, pointer: str
) -> None:
    try:
        reader = context_of_member(ctx.organisation_id, user_id)
        get_subject(reader, kind, row_id)
    except (NotSignedIn, NotVisible):
        raise Invalid.field(pointer, "mention_cannot_see") from None
    if is_internal and not reader.may(READ_INTERNAL):
        raise Invalid.field(pointer, "mention_not_internal")
