"""Reads of attach: what sticks to a record; those that take kind and id trust that the caller has checked it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count, Q

from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import get
from trunnion.kernel.prepared import Prepared

from . import listings, media, parts, storage
from .custom import columns as _columns  # noqa: F401  (adds the columns of the lists)
from .custom.narrowing import NARROWINGS, Narrowing, narrows
from .custom.reading import READ as READ_CUSTOM
from .custom.reading import by_key as custom_values_of
from .custom.reading import custom_fields, offered, values_to_carry
from .custom.reading import readers as custom_readers
from .custom.setting import kinds, verbs_of
from .custom.types import ALWAYS, FieldType, Pattern
from .custom.types import Refused as CustomRefused
from .hanging import attached_to
from .models import (
    Attribute,
    Comment,
    CustomField,
    CustomValue,
    ExternalRef,
    File,
    FileLink,
    Signature,
    TagLink,
    Upload,
)
from .policies import READ_INTERNAL, audible_to, showable_to
from .signing import content_digest, signed_digest, signs
from .subjects import STEP, get_subject
from .types import (
    AttributeCard,
    CommentCard,
    Content,
    FileCard,
    Incoming,
    LinkedFile,
    ReferenceCard,
    SignatureCard,
)
from .typesetting import shrunk, typeset

__all__ = [
    "READ_CUSTOM", "READ_RECORD", "CustomRefused", "Narrowing", "attached_to", "attributes_of",
    "attributes_of_many", "comments_of", "content_of", "custom_fields", "custom_readers", "custom_values_of",
    "files_of", "find_by_reference", "find_many_by_reference", "get_custom_field", "get_custom_kinds",
    "get_custom_offered", "get_file", "get_record", "get_subject", "get_tag_uses", "incoming_of", "listings",
    "narrows", "references_of", "references_of_many", "shared_references", "shrunk", "signatures_of",
    "signed_digest", "signs", "tags_of", "typeset", "values_to_carry",
]  # fmt: skip

NOBODY = UUID(int=0)
READ_RECORD = declare("attach.record.read")
declare(READ_INTERNAL)


class ContentMissing(Refusal):
    """The row is there, the bytes are not: the files folder was lost or restored without it (500)."""

    status = 500

    def __init__(self, name: str) -> None:
        super().__init__("file_content_missing", name=name)


_FILE = (
    "id", "file_id", "role", "caption", "file__name", "file__media_type", "file__size", "file__width", "file__height",
    "file__taken_at", "file__has_thumbnail", "created_at", "is_public",
)  # fmt: skip
_COMMENT = (
    "id", "version", "text", "author_id", "author_name", "mentions", "is_internal", "created_at", "edited_at",
    "removed_at",
)  # fmt: skip
_ATTRIBUTE = (
    "id", "subject_kind", "subject_id", "category", "name", "value_type", "value_text", "value_number",
    "value_boolean", "value_on", "unit", "unit_text", "source", "source_object", "external_uri", "description",
    "allowed_values", "stated_by", "stated_at",
)  # fmt: skip
_REFERENCE = (
    "id", "subject_kind", "subject_id", "scheme", "system", "object_type", "identifier", "valid_from_at",
    "valid_to_at",
)  # fmt: skip


_SIGNATURE = (
    "id", "signer_name", "signer_user_id", "meaning", "remark", "image_id", "signed_digest", "signed_at",
)  # fmt: skip


def _told(model: Any, columns: tuple[str, ...], told_to: Callable[[UUID], Q]) -> dict[bool, Prepared]:
    """What hangs on a record: everything for those who may read what is internal, else what one is told."""

    def rows(organisation_id: UUID, kind: str, row_id: UUID) -> Any:
        found = model.objects.of(organisation_id).filter(subject_kind=kind, subject_id=row_id)
        return found.order_by("id").values_list(*columns)

    asked = {"organisation_id": UUID, "kind": str, "row_id": UUID}
    return {
        True: Prepared(rows, **asked),
        False: Prepared(lambda actor_id, **of: rows(**of).filter(told_to(actor_id)), **asked, actor_id=UUID),
    }


_FILES = _told(FileLink, _FILE, showable_to)
_COMMENTS = _told(Comment, _COMMENT, audible_to)
_SIGNATURES = Prepared(
    lambda organisation_id, kind, row_id: (
        Signature.objects.of(organisation_id)
        .filter(subject_kind=kind, subject_id=row_id)
        .order_by("signed_at")
        .values_list(*_SIGNATURE)
    ),
    organisation_id=UUID,
    kind=str,
    row_id=UUID,
)


def _read(ctx: Context, told: dict[bool, Prepared], kind: str, row_id: UUID) -> list[tuple[Any, ...]]:
    asked = {"organisation_id": ctx.organisation_id, "kind": kind, "row_id": row_id}
    if ctx.may(READ_INTERNAL):
        return told[True].rows(**asked)
    return told[False].rows(**asked, actor_id=ctx.actor_id or NOBODY)


def get_file(ctx: Context, file_id: UUID) -> FileCard:
    """What a visible file is."""
    row = get(ctx, File, file_id)
    return FileCard(
        row.id,
        row.version,
        row.name,
        row.media_type,
        row.size,
        row.width,
        row.height,
        row.taken_at,
        row.has_thumbnail,
    )


def content_of(ctx: Context, file_id: UUID, small: bool = False) -> Content:
    """Where the content of a visible file lies, or that of its small picture; raises NotVisible."""
    row = get(ctx, File, file_id)
    if small and not row.has_thumbnail:
        raise NotVisible
    suffix = storage.THUMBNAIL if small else ""
    path = storage.path_of(row.sha256, suffix)
    if not path.exists():
        raise ContentMissing(row.name)
    if small:
        return Content(path, "thumbnail.webp", "image/webp", True, f"s{row.sha256}")
    return Content(path, row.name, row.media_type, row.media_type in media.IN_PLACE, row.sha256)


def files_of(ctx: Context, kind: str, row_id: UUID) -> list[LinkedFile]:
    """The files of a record that the caller has checked, oldest first; those of internal comments for their readers."""
    return [LinkedFile(*values) for values in _read(ctx, _FILES, kind, row_id)]


def incoming_of(ctx: Context, kind: str, row_id: UUID) -> list[Incoming]:
    """What is still on its way to a record that the caller has checked, oldest first."""
    rows = Upload.objects.of(ctx).filter(for_kind=kind, for_id=row_id, file_id=None)
    rows = rows.filter(expires_at__gt=clock.now()).order_by("id").values_list("id", "name", "size")
    return [Incoming(id_, name, size, parts.size_of(id_)) for id_, name, size in rows]


def comments_of(ctx: Context, kind: str, row_id: UUID) -> list[CommentCard]:
    """The comments on a record that the caller has checked, oldest first; internal ones for their readers."""
    found = []
    for row in _read(ctx, _COMMENTS, kind, row_id):
        values = dict(zip(_COMMENT, row, strict=True))
        mentions = [UUID(user_id) for user_id in values.pop("mentions")]
        found.append(CommentCard(**values, mentions=mentions))
    return found


def signatures_of(ctx: Context, kind: str, row_id: UUID, current: str | None = None) -> list[SignatureCard]:
    """The signatures under a record; `current` is the digest of what it says now, asked of its room by default."""
    rows = _SIGNATURES.rows(organisation_id=ctx.organisation_id, kind=kind, row_id=row_id)
    if rows and current is None:
        current = content_digest(ctx, kind, row_id)
    found = []
    for row in rows:
        said = dict(zip(_SIGNATURE, row, strict=True))
        holds = None if current is None else said["signed_digest"] == current
        found.append(SignatureCard(**said, holds=holds))
    return found


def get_signature(ctx: Context, signature_id: UUID) -> dict[str, Any]:
    """A signature with what was signed, as it was then."""
    row = get(ctx, Signature, signature_id)
    kind, subject_id = row.subject_kind, row.subject_id
    card = next(one for one in signatures_of(ctx, kind, subject_id) if one.id == row.id)
    named = {"subject_kind": kind, "subject_id": subject_id, "signed_content": row.signed_content}
    return {**msgspec.structs.asdict(card), **named}


def attributes_of(ctx: Context, kind: str, row_id: UUID) -> list[AttributeCard]:
    """The attributes of a record, by category and name."""
    return attributes_of_many(ctx, kind, [row_id]).get(row_id, [])


def attributes_of_many(ctx: Context, kind: str, row_ids: list[UUID]) -> dict[UUID, list[AttributeCard]]:
    """The attributes of many records at once."""
    found: dict[UUID, list[AttributeCard]] = {}
    for i in range(0, len(row_ids), STEP):
        rows = Attribute.objects.of(ctx).filter(subject_kind=kind, subject_id__in=row_ids[i : i + STEP])
        for values in rows.order_by("category", "name_key", "id").values_list(*_ATTRIBUTE):
            found.setdefault(values[2], []).append(AttributeCard(*values))
    return found


def references_of(ctx: Context, kind: str, row_id: UUID) -> list[ReferenceCard]:
    """What other systems call a record, or called it."""
    return references_of_many(ctx, kind, [row_id]).get(row_id, [])


def references_of_many(ctx: Context, kind: str, row_ids: list[UUID]) -> dict[UUID, list[ReferenceCard]]:
    """The same for many records at once."""
    found: dict[UUID, list[ReferenceCard]] = {}
    for i in range(0, len(row_ids), STEP):
        rows = ExternalRef.objects.of(ctx).filter(subject_kind=kind, subject_id__in=row_ids[i : i + STEP])
        for values in rows.order_by("id").values_list(*_REFERENCE):
            found.setdefault(values[2], []).append(ReferenceCard(*values))
    return found


def find_by_reference(
    ctx: Context, scheme: str, system: str, object_type: str, identifier: str
) -> ReferenceCard | None:
    """The record that another system calls so now; the caller checks whether the actor may see it."""
    rows = ExternalRef.objects.of(ctx).filter(
        scheme=scheme, system=system, object_type=object_type, identifier=identifier, valid_to_at=None
    )
    values = rows.values_list(*_REFERENCE).first()
    return ReferenceCard(*values) if values else None


def find_many_by_reference(ctx: Context, scheme: str | None, identifiers: list[str]) -> list[ReferenceCard]:
    """The valid references of one scheme (None: of any) with these identifiers, whatever system and object type."""
    found = []
    schemes = {} if scheme is None else {"scheme": scheme}
    for i in range(0, len(identifiers), STEP):
        rows = ExternalRef.objects.of(ctx).filter(
            identifier__in=identifiers[i : i + STEP], valid_to_at=None, **schemes
        )
        found += [ReferenceCard(*values) for values in rows.values_list(*_REFERENCE)]
    return found


def tags_of(ctx: Context, kind: str, row_id: UUID) -> list[str]:
    """The names of a record's tags."""
    rows = TagLink.objects.of(ctx).filter(subject_kind=kind, subject_id=row_id).order_by("tag__name_key")
    return list(rows.values_list("tag__name", flat=True))


def get_tag_uses(ctx: Context) -> dict[str, Any]:
    """On how many records of each kind each tag is."""
    rows = (
        TagLink.objects.of(ctx).order_by().values_list("tag_id", "subject_kind").annotate(count=Count("id"))
    )
    uses: dict[str, dict[str, int]] = {}
    for tag_id, kind, count in rows:
        uses.setdefault(str(tag_id), {})[kind] = count
    return {"uses": uses}


def get_record(ctx: Context, kind: str, row_id: UUID) -> dict[str, Any]:
    """Everything that sticks to one record."""
    get_subject(ctx, kind, row_id)
    return {
        "files": files_of(ctx, kind, row_id), "comments": comments_of(ctx, kind, row_id),
        "signatures": signatures_of(ctx, kind, row_id), "attributes": attributes_of(ctx, kind, row_id),
        "references": references_of(ctx, kind, row_id), "tags": tags_of(ctx, kind, row_id),
    }  # fmt: skip


_DEFINED = (
    "id", "version", "key", "label_en", "label_zh", "value_type", "unit", "refers_to", "choices", "required_at",
    "default", "lowest", "highest", "most_length", "pattern", "group_en", "group_zh", "position", "narrowed_by",
    "narrowed_to", "is_shared", "archived_at",
)  # fmt: skip


def get_custom_field(ctx: Context, field_id: UUID) -> dict[str, Any]:
    """The definition of a custom field, and how many records have a value."""
    row = get(ctx, CustomField, field_id)
    values = CustomValue.objects.of(ctx).filter(field_id=row.id, slot=0)
    return {"kind": row.subject_kind, **{n: getattr(row, n) for n in _DEFINED}, "values": values.count()}


def get_custom_kinds(ctx: Context) -> dict[str, Any]:  # noqa: ARG001  (every read takes one)
    """What can be chosen where a custom field is defined: kinds with their verbs and narrowings, types, patterns."""
    return {
        "kinds": [
            {
                "kind": kind,
                "verbs": [ALWAYS, *verbs_of(kind)],
                "narrowings": [
                    {"name": n.name, "refers_to": n.refers_to, "choices": [c.value for c in n.choices or ()]}
                    for n in NARROWINGS.get(kind, {}).values()
                ],
            }
            for kind in kinds()
        ],
        "types": list(FieldType),
        "patterns": list(Pattern),
    }


def get_custom_offered(ctx: Context, kind: str, through: UUID | None = None) -> dict[str, Any]:
    """The custom fields that a new record's form shows; `through` is the model or asset that leads to its class."""
    return {"rows": offered(ctx, kind, through) if kind in kinds() else []}


def shared_references(ctx: Context, kind: str, most: int = 200) -> list[list[UUID]]:
    """Records of a kind that other systems call, or called, by one identifier of one scheme; the oldest first."""
    rows = ExternalRef.objects.of(ctx).filter(subject_kind=kind)
    named = rows.order_by().values("scheme", "identifier").annotate(count=Count("subject_id", distinct=True))
    found = []
    for scheme, identifier in named.filter(count__gt=1).values_list("scheme", "identifier")[:most]:
        ids = rows.filter(scheme=scheme, identifier=identifier).values_list("subject_id", flat=True)
        found.append(sorted(set(ids)))
    return found
