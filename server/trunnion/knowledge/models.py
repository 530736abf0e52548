"""Tables of knowledge."""

from django.db import models

from trunnion.kernel.tables import KeyField, Row

from .types import CodeList, Standing


class FailureCode(Row):
    """One code of one list; codes are retired, never deleted or used again for something else."""

    kind = "knowledge.failure_code"
    search_fields = ("code", "notation", "name_en", "name_zh", "meaning_en", "meaning_zh")
    sort_keys = {"name_en_key": "name_en", "name_zh_key": "name_zh"}

    list = models.CharField(max_length=12, choices=[(c.value, c.value) for c in CodeList])
    code = KeyField(max_length=60)
    notation = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=20, blank=True)
    group_name_en = models.CharField(max_length=200, blank=True)
    group_name_zh = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200)
    name_en_key = KeyField(max_length=120, editable=False)
    name_zh = models.CharField(max_length=200)
    name_zh_key = KeyField(max_length=120, editable=False)
    meaning_en = models.CharField(max_length=500, blank=True)
    meaning_zh = models.CharField(max_length=500, blank=True)
    classes = models.JSONField()
    standing = models.CharField(
        max_length=8, default=Standing.PLAIN, choices=[(s.value, s.value) for s in Standing]
    )
    position = models.PositiveIntegerField()
    is_shipped = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "list", "code"], name="failure_code_code")
        ]
        indexes = [
            models.Index(fields=["organisation_id", "position", "id"], name="failure_code_position"),
            models.Index(fields=["organisation_id", "name_en_key", "id"], name="failure_code_name_en"),
            models.Index(fields=["organisation_id", "name_zh_key", "id"], name="failure_code_name_zh"),
        ]


# Django looks for a room's tables here; those of the smaller room stand in its own file.
from .procedures.models import Procedure, ProcedureModel, ProcedureVersion  # noqa: E402

__all__ = ["FailureCode", "Procedure", "ProcedureModel", "ProcedureVersion"]
