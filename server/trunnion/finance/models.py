"""Tables of finance."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, LedgerRow


class CostEntry(LedgerRow):
    """One cost, frozen when it happened; `source` is the fact that it comes from and is counted once."""

    kind = "finance.cost"

    cost_kind = models.CharField(max_length=10)
    amount = ExactField()
    currency = models.CharField(max_length=3)
    occurred_on = models.DateField()
    order = reference("work.Order", null=True, db_index=False)
    asset = reference("assets.Asset", null=True, db_index=False)
    location = reference("assets.Location", null=True, db_index=False)
    customer = reference("parties.Party", null=True, db_index=False)
    source_kind = KeyField(max_length=60)
    source_id = models.UUIDField()
    reverses = reference("finance.CostEntry", null=True, db_index=False)
    remark = models.CharField(max_length=500, blank=True)

    class Meta(LedgerRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "source_kind", "source_id"], name="cost_source_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "occurred_on", "id"], name="cost_day"),
            models.Index(fields=["organisation_id", "order", "id"], name="cost_order"),
            models.Index(fields=["organisation_id", "asset", "occurred_on"], name="cost_asset"),
            models.Index(fields=["organisation_id", "customer", "occurred_on"], name="cost_customer"),
        ]
