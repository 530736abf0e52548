"""Tables of finance."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, LedgerRow, Row


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


class DepreciationRule(Row):
    """How assets of a class, and of those below it, lose their value; without a class, all others."""

    kind = "finance.depreciation_rule"

    equipment_class = reference("catalog.EquipmentClass", null=True, db_index=False)
    method = models.CharField(max_length=20)
    residual_percent = ExactField(default=0)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "equipment_class"], name="depreciation_class"),
            models.UniqueConstraint(
                fields=["organisation_id"],
                condition=models.Q(equipment_class=None),
                name="depreciation_others",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "created_at", "id"], name="depreciation_list")]


class Disposal(LedgerRow):
    """What an asset was worth in the books when it left, what it brought in, and the difference of the two."""

    kind = "finance.disposal"

    asset = reference("assets.Asset", db_index=False)
    document_id = models.UUIDField()
    document_number = models.CharField(max_length=20)
    disposal = models.CharField(max_length=20, blank=True)
    occurred_on = models.DateField()
    currency = models.CharField(max_length=3)
    price = ExactField(null=True)
    book_value = ExactField(null=True)
    proceeds = ExactField()
    # More than nothing is a gain, less a loss; unknown where the book value is.
    result = ExactField(null=True)
    method = models.CharField(max_length=20, blank=True)
    reverses = reference("finance.Disposal", null=True, db_index=False)

    class Meta(LedgerRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "document_id", "asset"], condition=models.Q(reverses=None),
                name="disposal_once",
            ),
            models.UniqueConstraint(fields=["organisation_id", "reverses"], name="disposal_reversed_once"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation_id", "asset", "occurred_on"], name="disposal_asset"),
            models.Index(fields=["organisation_id", "occurred_on", "id"], name="disposal_day"),
        ]
