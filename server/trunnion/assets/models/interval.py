"""The table of state history: what each machine was doing, without gaps and overlaps."""

from django.db import models
from django.db.models import F, Q

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import Row


class StateInterval(Row):
    """A stretch of one state. Corrected stretches stay, marked as superseded, beside those that replaced them."""

    kind = "assets.interval"
    stays_with_merged = True

    asset = reference("assets.Asset", db_index=False)
    state = models.CharField(max_length=20)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    cause_kind = models.CharField(max_length=60, blank=True)
    cause_id = models.UUIDField(null=True)
    cause_text = models.CharField(max_length=500, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "asset"], name="interval_open",
                condition=Q(until_at=None, superseded_at=None),
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "asset", "from_at"], name="interval_from", condition=Q(superseded_at=None)
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")), name="interval_order"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation_id", "asset", "from_at", "id"], name="interval_asset"),
            models.Index(fields=["organisation_id", "cause_id"], name="interval_cause"),
            models.Index(fields=["organisation_id", "from_at", "id"], name="interval_list"),
        ]
