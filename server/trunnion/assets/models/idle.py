"""Tables of idle equipment: after how many days a class counts as idle, and what was found and became of it."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import Row


class IdleRule(Row):
    """After how many days equipment of a class and of those below it is idle; without a class, all the rest."""

    kind = "assets.idle_rule"

    equipment_class = reference("catalog.EquipmentClass", null=True, db_index=False)
    days = models.PositiveIntegerField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "equipment_class"], name="idle_rule_class"),
            models.UniqueConstraint(
                fields=["organisation_id"], name="idle_rule_rest", condition=Q(equipment_class=None)
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "created_at", "id"], name="idle_rule_list")]


class IdleFinding(Row):
    """An asset that nobody uses: found by the clock, then offered, claimed and handed over, or ended."""

    kind = "assets.idle_finding"
    stays_with_merged = True
    derived_fields = frozenset({"idle_days"})

    asset = reference("assets.Asset", db_index=False)
    cause = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    idle_since_at = models.DateTimeField()
    # Counted anew every night; the list shows it.
    idle_days = models.PositiveIntegerField()
    found_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    offered_until_on = models.DateField(null=True)
    claimed_location = reference("assets.Location", null=True)
    claimed_by_id = models.UUIDField(null=True)
    claimed_by_name = models.CharField(max_length=200, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "asset"], name="idle_finding_open", condition=Q(ended_at=None)
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "idle_since_at", "id"], name="idle_finding_since"),
            models.Index(fields=["organisation_id", "idle_days", "id"], name="idle_finding_days"),
            models.Index(fields=["organisation_id", "asset", "found_at"], name="idle_finding_asset"),
        ]
