"""The lists of attach."""

from trunnion.kernel.listing.columns import Column, Listing, Type

from .custom.types import FieldType
from .models import Attribute, Comment, CustomField, ExternalRef, File, Signature, Tag
from .types import Meaning, ValueType

_SUBJECT = (
    Column("kind", path="subject_kind"),
    Column("row_id", Type.ID, path="subject_id"),
)
_CREATED = Column("created_at", Type.INSTANT, path="created_at", sort="created_at")

FILES = Listing(
    name="attach.files",
    model=File,
    permission="attach.file.read",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("media_type", path="media_type"),
        Column("size", Type.NUMBER, path="size", unit="By", summed=True),
        Column("width", Type.NUMBER, path="width"),
        Column("height", Type.NUMBER, path="height"),
        Column("taken_at", Type.INSTANT, path="taken_at"),
        Column("has_thumbnail", Type.BOOLEAN, path="has_thumbnail"),
        Column("uploaded_by_id", Type.ID, path="uploaded_by_id"),
        _CREATED,
    ),
)
COMMENTS = Listing(
    name="attach.comments",
    model=Comment,
    permission="attach.comment.read",
    columns=(
        Column("id", Type.ID, path="id"),
        *_SUBJECT,
        Column("text", path="text"),
        Column("author_id", Type.ID, path="author_id"),
        Column("author_name", path="author_name"),
        Column("is_internal", Type.BOOLEAN, path="is_internal"),
        Column("edited_at", Type.INSTANT, path="edited_at"),
        Column("removed_at", Type.INSTANT, path="removed_at"),
        _CREATED,
    ),
)
SIGNATURES = Listing(
    name="attach.signatures",
    model=Signature,
    permission="attach.signature.read",
    order="-signed_at",
    columns=(
        Column("id", Type.ID, path="id"),
        *_SUBJECT,
        Column("signer_name", path="signer_name"),
        Column(
            "meaning", Type.CHOICE, path="meaning", choices=Meaning, words="choice.attach.signature.meaning"
        ),
        Column("image_id", Type.REFERENCE, path="image_id", refers_to="attach.file"),
        Column("signed_at", Type.INSTANT, path="signed_at", sort="signed_at"),
    ),
)
REFERENCES = Listing(
    name="attach.references",
    model=ExternalRef,
    permission="attach.reference.read",
    columns=(
        Column("id", Type.ID, path="id"),
        *_SUBJECT,
        Column("scheme", path="scheme"),
        Column("system", path="system"),
        Column("object_type", path="object_type"),
        Column("identifier", path="identifier", sort="identifier"),
        Column("valid_from_at", Type.INSTANT, path="valid_from_at"),
        Column("valid_to_at", Type.INSTANT, path="valid_to_at"),
        _CREATED,
    ),
)
ATTRIBUTES = Listing(
    name="attach.attributes",
    model=Attribute,
    permission="attach.attribute.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        *_SUBJECT,
        Column("category", path="category"),
        Column("name", path="name", sort="name_key"),
        Column(
            "type",
            Type.CHOICE,
            path="value_type",
            choices=ValueType,
            words="choice.attach.attribute.value_type",
        ),
        Column("text", path="value_text"),
        Column("number", Type.DECIMAL, path="value_number"),
        Column("on", Type.DATE, path="value_on"),
        Column("unit", path="unit"),
        Column("source", path="source"),
        Column("source_object", path="source_object"),
    ),
)
TAGS = Listing(
    name="attach.tags",
    model=Tag,
    permission="attach.tag.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("colour", path="colour"),
    ),
)
CUSTOM_FIELDS = Listing(
    name="attach.custom_fields",
    model=CustomField,
    permission="attach.custom.read",
    order="position",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("kind", path="subject_kind"),
        Column("key", path="key"),
        Column("label_en", path="label_en", sort="label_key"),
        Column("label_zh", path="label_zh"),
        Column(
            "type",
            Type.CHOICE,
            path="value_type",
            choices=FieldType,
            words="choice.attach.custom_field.value_type",
        ),
        Column("unit", path="unit"),
        Column("group_en", path="group_en"),
        Column("group_zh", path="group_zh"),
        Column("position", Type.NUMBER, path="position", sort="position"),
        Column("is_shared", Type.BOOLEAN, path="is_shared"),
        Column("archived_at", Type.INSTANT, path="archived_at"),
    ),
)
