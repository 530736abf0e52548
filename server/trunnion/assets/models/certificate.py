"""Tables of statutory certificates, which classes need them, and of warnings that were given once."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import KeyField, Row


class CertificateKind(Row):
    """A statutory inspection or registration, and whether equipment may be used without it."""

    kind = "assets.certificate_kind"
    search_fields = ("code", "name")
    sort_keys = {"name_key": "name"}

    code = KeyField(max_length=60)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    interval_months = models.PositiveSmallIntegerField(null=True)
    blocks_use = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "code"], name="certificate_kind_code")
        ]
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="certificate_kind_name")]


class CertificateRequirement(Row):
    """Equipment of a class, and of those below it, needs a certificate of a kind."""

    kind = "assets.certificate_requirement"

    certificate_kind = reference("assets.CertificateKind", db_index=False)
    equipment_class = reference("catalog.EquipmentClass")

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "certificate_kind", "equipment_class"],
                name="certificate_requirement",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "created_at", "id"], name="certificate_required_list")
        ]


class Certificate(Row):
    """What an inspection body certified of an asset; of each kind the latest is current."""

    kind = "assets.certificate"
    search_fields = ("number", "issuer_name")
    # Which one is current follows from the days of all.
    derived_fields = frozenset({"is_current"})

    asset = reference("assets.Asset", db_index=False)
    certificate_kind = reference("assets.CertificateKind")
    number = models.CharField(max_length=120)
    issuer = reference("parties.Party", null=True)
    issuer_name = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField()
    valid_until_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    file = reference("attach.File", null=True)
    remark = models.CharField(max_length=500, blank=True)
    is_current = models.BooleanField(default=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "asset", "certificate_kind"], name="certificate_current",
                condition=Q(is_current=True),
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation_id", "asset", "issued_on"], name="certificate_asset"),
            models.Index(fields=["organisation_id", "next_due_on", "id"], name="certificate_due"),
            models.Index(fields=["organisation_id", "issued_on", "id"], name="certificate_issued"),
        ]


class DeadlineNotice(Row):
    """A warning that was given: for one day of one thing, at one distance, never twice."""

    kind = "assets.deadline_notice"

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    due_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    noticed_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "subject_id", "subject_kind", "due_on", "days_before"],
                name="deadline_notice_once",
            )
        ]
