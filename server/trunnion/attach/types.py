"""Values of attach that cross its boundary."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import StringConstraints

from trunnion.kernel.inputs import Instant, Line, Name, Prose

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=60)]
# What another system calls a record may hold blanks and slashes, but neither leads nor trails with them.
Foreign = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


class FileRole(StrEnum):
    """What a file is to the record that it is linked to."""

    PHOTO = "photo"
    BEFORE = "before"
    AFTER = "after"
    DOCUMENT = "document"
    MANUAL = "manual"
    DRAWING = "drawing"
    CERTIFICATE = "certificate"
    REPORT = "report"
    RECORDING = "recording"
    SIGNATURE = "signature"


class ValueType(StrEnum):
    """The type of an attribute's value."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


class Meaning(StrEnum):
    """What a person states by signing."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_REMARKS = "accepted_with_remarks"
    REFUSED = "refused"
    PERFORMED = "performed"
    APPROVED = "approved"
    RECEIVED = "received"
    WITNESSED = "witnessed"


class FileCard(msgspec.Struct, frozen=True):
    """A stored file as callers see it."""

    id: UUID
    version: int
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    taken_at: datetime | None
    has_thumbnail: bool


class UploadState(msgspec.Struct, frozen=True):
    """How far a content has come in; `file_id` is what it became."""

    id: UUID
    size: int
    offset: int
    file_id: UUID | None
    expires_at: datetime


class Incoming(msgspec.Struct, frozen=True):
    """A content that is still on its way to a record."""

    id: UUID
    name: str
    size: int
    received: int


class Content(msgspec.Struct, frozen=True):
    """Where the bytes of a file lie, and how they may be sent out."""

    path: Path
    name: str
    media_type: str
    is_inline: bool
    digest: str


class LinkedFile(msgspec.Struct, frozen=True):
    """A file as it hangs on a record."""

    link_id: UUID
    file_id: UUID
    role: str
    caption: str
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    taken_at: datetime | None
    has_thumbnail: bool
    linked_at: datetime
    is_public: bool


class CommentCard(msgspec.Struct, frozen=True):
    """A comment as readers see it."""

    id: UUID
    version: int
    text: str
    author_id: UUID | None
    author_name: str
    mentions: list[UUID]
    is_internal: bool
    created_at: datetime
    edited_at: datetime | None
    removed_at: datetime | None


class SignatureCard(msgspec.Struct, frozen=True):
    """A signature; `holds` says whether what was signed still is what it was, None where nobody can tell."""

    id: UUID
    signer_name: str
    signer_user_id: UUID | None
    meaning: str
    remark: str
    image_id: UUID | None
    signed_digest: str
    signed_at: datetime
    holds: bool | None


class ReferenceCard(msgspec.Struct, frozen=True):
    """What another system calls a record."""

    id: UUID
    kind: str
    row_id: UUID
    scheme: str
    system: str
    object_type: str
    identifier: str
    valid_from_at: datetime | None
    valid_to_at: datetime | None


class AttributeCard(msgspec.Struct, frozen=True):
    """A typed attribute; `text` is the value as it was written."""

    id: UUID
    kind: str
    row_id: UUID
    category: str
    name: str
    value_type: str
    text: str
    number: Decimal | None
    boolean: bool | None
    on: date | None
    unit: str
    unit_text: str
    source: str
    source_object: str
    external_uri: str
    description: str
    allowed_values: str
    stated_by: str
    stated_at: datetime | None


@dataclass(frozen=True)
class AttributeLine:
    """One attribute to be set; of the values only the one of its type is kept beside the text as it was written."""

    kind: Kind
    row_id: UUID
    name: Name
    value_type: ValueType = ValueType.TEXT
    text: Prose = ""
    number: Decimal | None = None
    boolean: bool | None = None
    on: date | None = None
    unit: Line = ""
    unit_text: Line = ""
    category: Line = ""
    source: Line = ""
    source_object: Line = ""
    external_uri: Line = ""
    description: Prose = ""
    allowed_values: Prose = ""
    stated_by: Line = ""
    stated_at: Instant | None = None


@dataclass(frozen=True)
class ReferenceLine:
    """What another system calls a record."""

    kind: Kind
    row_id: UUID
    scheme: Foreign
    system: Foreign = ""
    object_type: Foreign = ""
    identifier: Foreign = ""


class Batch(msgspec.Struct, frozen=True):
    """What a bulk verb did: how many rows it made, changed and found unchanged."""

    created: int
    changed: int
    same: int
