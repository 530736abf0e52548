"""Tables of assessments: matrices and scales in versions, and what was found by them, each dated."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import Row


class CriticalityMatrix(Row):
    """A version of how criticality is found: axes with levels, how scores combine, which result is which class."""

    kind = "assets.criticality_matrix"
    search_fields = ("name",)

    name = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    axes = models.JSONField()
    combine = models.CharField(max_length=10)
    bands = models.JSONField()
    is_current = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="criticality_matrix_number"),
            models.UniqueConstraint(
                fields=["organisation_id"], name="criticality_matrix_current", condition=Q(is_current=True)
            ),
        ]


class CriticalityAssessment(Row):
    """What an assessment found: scores by axis, the class that follows, by which version of the matrix, on which day.

    It is of an asset, or of the role that assets fill. Without a matrix the class was stated as it is: taken over from
    elsewhere, or entered with the asset or the position.
    """

    kind = "assets.criticality"
    stays_with_merged = True

    asset = reference("assets.Asset", null=True, db_index=False)
    position = reference("assets.Position", null=True, db_index=False)
    assessed_on = models.DateField()
    matrix = reference("assets.CriticalityMatrix", null=True)
    matrix_version = models.CharField(max_length=30)
    level = models.CharField(max_length=1, blank=True)
    scores = models.JSONField(default=dict)
    result = ExactField(null=True)
    remark = models.CharField(max_length=500, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(asset__isnull=True) ^ Q(position__isnull=True), name="criticality_of_one"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "asset", "assessed_on", "id"], name="criticality_asset"),
            models.Index(
                fields=["organisation_id", "position", "assessed_on", "id"], name="criticality_position"
            ),
            models.Index(fields=["organisation_id", "assessed_on", "id"], name="criticality_list"),
        ]


class ConditionScale(Row):
    """A version of the condition classes that an organisation uses, each with the common class that it stands for."""

    kind = "assets.condition_scale"
    search_fields = ("name",)

    name = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    levels = models.JSONField()
    is_current = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="condition_scale_number"),
            models.UniqueConstraint(
                fields=["organisation_id"], name="condition_scale_current", condition=Q(is_current=True)
            ),
        ]


class ConditionAssessment(Row):
    """In what condition an asset was found, by whom, on which day, with a photo where there is one."""

    kind = "assets.condition"
    stays_with_merged = True

    asset = reference("assets.Asset", db_index=False)
    assessed_on = models.DateField()
    scale = reference("assets.ConditionScale", null=True)
    level = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=20, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    file = reference("attach.File", null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "asset", "assessed_on", "id"], name="condition_asset"),
            models.Index(fields=["organisation_id", "assessed_on", "id"], name="condition_list"),
        ]
