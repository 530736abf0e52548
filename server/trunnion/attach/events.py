"""Facts of attach."""

from uuid import UUID

from trunnion.kernel.events import Event


class FileLinked(Event, name="attach.file.linked"):
    """A file was put to a record."""

    file_id: UUID
    subject_kind: str
    subject_id: UUID
    role: str


class CommentAdded(Event, name="attach.comment.added"):
    """Somebody said something about a record."""

    comment_id: UUID
    subject_kind: str
    subject_id: UUID
    author_id: UUID | None
    mentions: list[UUID]
    is_internal: bool


class CommentEdited(Event, name="attach.comment.edited"):
    """Somebody put what they had said in other words."""

    comment_id: UUID
    subject_kind: str
    subject_id: UUID
    is_internal: bool


class CommentRemoved(Event, name="attach.comment.removed"):
    """Somebody took back what they had said."""

    comment_id: UUID
    subject_kind: str
    subject_id: UUID
    is_internal: bool


class SignatureGiven(Event, name="attach.signature.given"):
    """Somebody signed a record."""

    signature_id: UUID
    subject_kind: str
    subject_id: UUID
    signer_name: str
    meaning: str


class TagPut(Event, name="attach.tag.put"):
    """A record got tags."""

    subject_kind: str
    subject_id: UUID
    names: list[str]
