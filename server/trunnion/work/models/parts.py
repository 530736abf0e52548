"""The parts of an order."""

from django.db import models
from django.db.models import F, Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import Row


class PartLine(Row):
    """What an order needs of an item: planned, kept for it, lacking, issued, returned, and what it cost when issued."""

    kind = "work.part"
    # Stock stays under the code that it was taken in with, and so does what was planned of it.
    stays_with_merged = True

    order = reference("work.Order", db_index=False)
    item = reference("catalog.Item", db_index=False)
    store = reference("inventory.Store", db_index=False)
    planned = ExactField()
    # As the stock ledger says; kept in step with it.
    reserved = ExactField(default=0)
    short = ExactField(default=0)
    expected_on = models.DateField(null=True)
    issued = ExactField(default=0)
    returned = ExactField(default=0)
    # What was issued and not returned, at the cost of its day.
    cost = ExactField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    remark = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "order", "item", "store"], name="part_once"),
            models.CheckConstraint(condition=Q(returned__lte=F("issued")), name="part_returned"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "item", "order"], name="part_item"),
            models.Index(fields=["organisation_id", "store", "order"], name="part_store"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="part_list"),
        ]
