"""Tables of procedures: the procedure, the models it is meant for, and its versions."""

from django.db import models

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import KeyField, Row

from .types.cards import VersionState


class Procedure(Row):
    """How a piece of work is done; what is to be done stands in its versions."""

    kind = "knowledge.procedure"
    search_fields = ("number", "name", "description")
    sort_keys = {"name_key": "name"}

    number = KeyField(max_length=20)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    description = models.TextField(blank=True)
    # Kinds of order and equipment classes that it is proposed for; none means all.
    purposes = models.JSONField(default=list)
    classes = models.JSONField(default=list)
    # Kept beside the versions for the lists: which one is in force, and where the newest one is.
    approved_no = models.PositiveIntegerField(null=True)
    newest_no = models.PositiveIntegerField(default=1)
    newest_state = models.CharField(max_length=12, default=VersionState.DRAFT)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="procedure_number")]
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="procedure_name")]


class ProcedureModel(Row):
    """A model that a procedure is meant for."""

    kind = "knowledge.procedure_model"
    read_by = "knowledge.procedure.read"

    procedure = reference("knowledge.Procedure", db_index=False)
    model = reference("catalog.Model", db_index=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "procedure", "model"], name="procedure_model_once"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "model"], name="procedure_model")]


class ProcedureVersion(Row):
    """One version; once it is approved its steps never change."""

    kind = "knowledge.procedure_version"
    read_by = "knowledge.procedure.read"

    procedure = reference("knowledge.Procedure", db_index=False)
    no = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    steps = models.JSONField(default=list)
    change = models.CharField(max_length=500, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    written_by_id = models.UUIDField(null=True)
    written_by_name = models.CharField(max_length=200, blank=True)
    submitted_by_id = models.UUIDField(null=True)
    submitted_at = models.DateTimeField(null=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "procedure", "no"], name="procedure_version_no"),
            models.UniqueConstraint(
                fields=["organisation_id", "procedure"], name="procedure_version_approved_once",
                condition=models.Q(state="approved"),
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "procedure"], name="procedure_version_open_once",
                condition=models.Q(state__in=["draft", "in_review"]),
            ),
        ]  # fmt: skip
