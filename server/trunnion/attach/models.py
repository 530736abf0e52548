"""Tables of attach; `subject_kind` and `subject_id` name a record of any room, checked by the commands."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, LedgerRow, Row

SUBJECT = ("subject_kind", "subject_id", None)


class File(Row):
    """A stored content under a name; equal contents lie on the disk once."""

    kind = "attach.file"
    search_fields = ("name",)
    sort_keys = {"name_key": "name"}

    sha256 = KeyField(max_length=64)
    name = models.CharField(max_length=255)
    name_key = KeyField(max_length=120, editable=False)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    has_thumbnail = models.BooleanField(default=False)
    uploaded_by_id = models.UUIDField(null=True)
    # A guest has no account: the digest of what proved them, so that only they can use what they sent.
    proof = KeyField(max_length=64, blank=True, default="")

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "created_at", "id"], name="file_created"),
            models.Index(fields=["organisation_id", "name_key", "id"], name="file_name"),
            models.Index(fields=["organisation_id", "sha256"], name="file_content"),
            models.Index(fields=["organisation_id", "uploaded_by_id"], name="file_uploader"),
        ]


class Upload(Row):
    """A content on its way in, piece by piece; what has arrived lies on the disk and tells how much that is."""

    kind = "attach.upload"
    stays_behind = True
    secret_fields = frozenset({"proof"})

    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    owner_id = models.UUIDField(null=True)
    # A guest has no account: the digest of what proved them.
    proof = KeyField(max_length=64, blank=True, default="")
    # Only photos, films and recordings, of at most so many seconds; None for any length.
    is_seen_or_heard = models.BooleanField(default=False)
    most_seconds = models.PositiveIntegerField(null=True)
    # The record that it is put to as soon as it has arrived.
    for_kind = KeyField(max_length=60, blank=True, default="")
    for_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20, blank=True)
    # The file that it became; the row stays for a while, so that a lost answer can be asked for again.
    file_id = models.UUIDField(null=True)
    expires_at = models.DateTimeField()

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "expires_at"], name="upload_expires"),
            models.Index(fields=["organisation_id", "owner_id"], name="upload_owner"),
            models.Index(fields=["organisation_id", "proof"], name="upload_proof"),
            models.Index(fields=["organisation_id", "for_kind", "for_id"], name="upload_for"),
        ]


class Comment(Row):
    """What somebody said about a record; an internal one is not shown to customers and contractors."""

    kind = "attach.comment"
    names_subject = SUBJECT
    search_fields = ("text",)

    subject_kind = KeyField(max_length=60)
    subject_id = models.UUIDField()
    text = models.TextField()
    author_id = models.UUIDField(null=True)
    author_name = models.CharField(max_length=200)
    mentions = models.JSONField(default=list)
    is_internal = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        indexes = [
            models.Index(
                fields=["organisation_id", "subject_kind", "subject_id", "id"], name="comment_subject"
            ),
            models.Index(fields=["organisation_id", "created_at", "id"], name="comment_created"),
        ]


class FileLink(Row):
    """A file's place at a record; through a comment when it came with one."""

    kind = "attach.file_link"
    names_subject = SUBJECT

    file = reference("attach.File")
    subject_kind = KeyField(max_length=60)
    subject_id = models.UUIDField()
    role = models.CharField(max_length=20)
    caption = models.CharField(max_length=500, blank=True)
    comment = reference("attach.Comment", null=True)
    # Whoever scans the label of the machine may read it as well.
    is_public = models.BooleanField(default=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "subject_kind", "subject_id", "file", "role"],
                name="file_link_once",
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "file"], name="file_link_file")]


class Signature(LedgerRow):
    """A handwritten name under a content that it keeps, with its digest; never edited, never removed."""

    kind = "attach.signature"
    names_subject = SUBJECT

    subject_kind = KeyField(max_length=60)
    subject_id = models.UUIDField()
    signer_name = models.CharField(max_length=200)
    signer_user_id = models.UUIDField(null=True)
    image = reference("attach.File", null=True)
    meaning = models.CharField(max_length=30)
    remark = models.TextField(blank=True)
    signed_digest = KeyField(max_length=64)
    # The facts themselves, where the record's room has told attach what is signed.
    signed_content = models.JSONField(null=True)
    signed_at = models.DateTimeField()

    class Meta(LedgerRow.Meta):
        indexes = [
            models.Index(
                fields=["organisation_id", "subject_kind", "subject_id", "signed_at"],
                name="signature_subject",
            ),
            models.Index(fields=["organisation_id", "signed_at", "id"], name="signature_signed"),
        ]


class ExternalRef(Row):
    """What another system calls a record, as long as it is valid."""

    kind = "attach.reference"
    names_subject = SUBJECT

    subject_kind = KeyField(max_length=60)
    subject_id = models.UUIDField()
    scheme = KeyField(max_length=300)
    system = KeyField(max_length=300, blank=True)
    object_type = KeyField(max_length=300, blank=True)
    identifier = KeyField(max_length=300)
    valid_from_at = models.DateTimeField(null=True)
    valid_to_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "scheme", "system", "object_type", "identifier"],
                condition=models.Q(valid_to_at__isnull=True),
                name="reference_while_valid",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "subject_kind", "subject_id"], name="reference_subject"),
            models.Index(fields=["organisation_id", "identifier", "id"], name="reference_identifier"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="reference_created"),
        ]


class Attribute(Row):
    """A typed fact about a record, with its unit and where it comes from."""

    kind = "attach.attribute"
    names_subject = SUBJECT
    sort_keys = {"name_key": "name"}

    subject_kind = KeyField(max_length=60)
    subject_id = models.UUIDField()
    category = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    value_type = models.CharField(max_length=10)
    value_text = models.TextField(blank=True)
    value_number = ExactField(null=True)
    value_boolean = models.BooleanField(null=True)
    value_on = models.DateField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    unit_text = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500, blank=True)
    source_object = models.CharField(max_length=500, blank=True)
    external_uri = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    allowed_values = models.TextField(blank=True)
    stated_by = models.CharField(max_length=500, blank=True)
    stated_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "subject_kind", "subject_id", "category", "name"],
                name="attribute_name",
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="attribute_sorted")]


class Tag(Row):
    """A word of the organisation's own by which records are gathered."""

    kind = "attach.tag"
    search_fields = ("name",)
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=60)
    name_key = KeyField(max_length=120, editable=False)
    folded = KeyField(max_length=60)
    colour = models.CharField(max_length=7, blank=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "folded"], name="tag_name")]
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="tag_sorted")]


class TagLink(Row):
    """A tag on a record."""

    kind = "attach.tag_link"
    names_subject = SUBJECT

    tag = reference("attach.Tag")
    subject_kind = KeyField(max_length=60)
    subject_id = models.UUIDField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "subject_kind", "subject_id", "tag"], name="tag_link_once"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "tag"], name="tag_link_tag")]


class CustomField(Row):
    """A fact that an organisation keeps of a kind of record, beside those that the rooms know."""

    kind = "attach.custom_field"
    read_by = "attach.custom.read"
    sort_keys = {"label_key": "label_en"}

    subject_kind = KeyField(max_length=60)
    key = KeyField(max_length=40)
    label_en = models.CharField(max_length=120)
    label_zh = models.CharField(max_length=120)
    label_key = KeyField(max_length=120, editable=False)
    value_type = models.CharField(max_length=20)
    unit = models.CharField(max_length=40, blank=True)
    refers_to = KeyField(max_length=60, blank=True)
    choices = models.JSONField(default=list)
    # Where it must be there: "always", or verbs of the kind such as "complete".
    required_at = models.JSONField(default=list)
    default = models.JSONField(null=True)
    lowest = ExactField(null=True)
    highest = ExactField(null=True)
    most_length = models.PositiveIntegerField(null=True)
    pattern = models.CharField(max_length=20, blank=True)
    group_en = models.CharField(max_length=120, blank=True)
    group_zh = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    narrowed_by = models.CharField(max_length=30, blank=True)
    narrowed_to = models.JSONField(default=list)
    is_shared = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "subject_kind", "key"], name="custom_field_key"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "position", "id"], name="custom_field_order"),
            models.Index(fields=["organisation_id", "label_key", "id"], name="custom_field_label"),
        ]


class CustomValue(Row):
    """The value of a custom field at one record, in the column of its type; slots beyond 0 hold one choice each.

    The journal tells of it as a fact of the record that it belongs to.
    """

    kind = "attach.custom_value"
    is_recorded = False

    field = reference("attach.CustomField", db_index=False)
    subject_id = models.UUIDField()
    slot = models.PositiveSmallIntegerField(default=0)
    value_text = models.TextField(blank=True)
    # The beginning of a text in its order, or a choice: what is sorted and searched by.
    value_key = KeyField(max_length=120, null=True)
    value_number = ExactField(null=True)
    value_boolean = models.BooleanField(null=True)
    value_on = models.DateField(null=True)
    value_at = models.DateTimeField(null=True)
    value_id = models.UUIDField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "subject_id", "field", "slot"], name="custom_value_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "field", "subject_id"], name="custom_value_field"),
            *(
                models.Index(
                    fields=["organisation_id", "field", f"value_{column}", "subject_id"],
                    condition=models.Q(**{f"value_{column}__isnull": False}),
                    name=f"custom_value_{column}",
                )
                for column in ("key", "number", "boolean", "on", "at", "id")
            ),
        ]


# Tables of the smaller room inside; Django wants them importable from here.
from .labels.models import LabelPrint, LabelPrinter, LabelTemplate  # noqa: E402, F401
