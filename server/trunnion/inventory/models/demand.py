"""Who needs stock: what is kept for a demand, and what it lacks."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import Row


class Reservation(Row):
    """Stock that is kept for one demand, so that nobody else gets it."""

    kind = "inventory.reservation"
    stays_with_merged = True

    demand_kind = models.CharField(max_length=60)
    demand_id = models.UUIDField()
    label = models.CharField(max_length=200, blank=True)
    item = reference("catalog.Item", db_index=False)
    store = reference("inventory.Store", db_index=False)
    quantity = ExactField()
    needed_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "demand_id", "demand_kind", "item", "store"], name="reservation_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_quantity"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation_id", "item", "store"], name="reservation_item"),
            models.Index(fields=["organisation_id", "needed_at", "id"], name="reservation_needed"),
        ]


class Shortage(Row):
    """What a demand lacks of an item in a store; whatever comes in there goes to the one that needs it first."""

    kind = "inventory.shortage"
    stays_with_merged = True

    demand_kind = models.CharField(max_length=60)
    demand_id = models.UUIDField()
    label = models.CharField(max_length=200, blank=True)
    item = reference("catalog.Item", db_index=False)
    store = reference("inventory.Store", db_index=False)
    quantity = ExactField()
    needed_at = models.DateTimeField(null=True)
    # Told by whoever buys or sends it.
    expected_on = models.DateField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "demand_id", "demand_kind", "item", "store"], name="shortage_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="shortage_quantity"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation_id", "item", "store"], name="shortage_item"),
            models.Index(fields=["organisation_id", "needed_at", "id"], name="shortage_needed"),
        ]
