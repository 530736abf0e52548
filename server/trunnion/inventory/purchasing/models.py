"""Tables of purchasing."""

from django.db import models
from django.db.models import F, Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, LedgerRow, Row


class SupplierTerm(Row):
    """At what price a supplier delivers an item, in which pack, from which quantity on, how fast, and in which time."""

    kind = "inventory.supplier_term"

    item = reference("catalog.Item", db_index=False)
    party = reference("parties.Party", db_index=False)
    unit = models.CharField(max_length=40)
    price = ExactField()
    currency = models.CharField(max_length=3)
    minimum = ExactField(default=0)
    lead_days = models.PositiveIntegerField(null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    contract = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "item", "party", "unit", "minimum", "from_on"], name="term_once"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="term_price"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="term_days"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "party", "item"], name="term_party"),
            models.Index(fields=["organisation_id", "from_on", "id"], name="term_list"),
        ]


class PurchaseOrder(Row):
    """What is bought of one supplier for one store: asked for, approved, ordered, received."""

    kind = "inventory.purchase_order"
    search_fields = ("number", "remark", "external_id")

    number = KeyField(max_length=40)
    state = models.CharField(max_length=12)
    party = reference("parties.Party", null=True, db_index=False)
    store = reference("inventory.Store", db_index=False)
    currency = models.CharField(max_length=3)
    amount = ExactField(default=0)
    expected_on = models.DateField(null=True)
    remark = models.CharField(max_length=500, blank=True)
    # Where it was written, if not here: the same id of the same system is the same order.
    external_system = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    asked_by_id = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    approval_id = models.UUIDField(null=True)
    ordered_at = models.DateTimeField(null=True)
    ordered_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="purchase_number"),
            models.UniqueConstraint(
                fields=["organisation_id", "external_system", "external_id"], name="purchase_external",
                condition=~Q(external_id=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation_id", "created_at", "id"], name="purchase_list"),
            models.Index(fields=["organisation_id", "expected_on", "id"], name="purchase_expected"),
            models.Index(fields=["organisation_id", "state", "store"], name="purchase_state"),
            models.Index(fields=["organisation_id", "party"], name="purchase_party"),
        ]


class PurchaseLine(Row):
    """One item of a purchase; quantities are in the unit in which it is bought, of which each holds `factor`."""

    kind = "inventory.purchase_line"
    read_by = "inventory.purchase_order.read"
    stays_with_merged = True

    order = reference("inventory.PurchaseOrder", db_index=False)
    position = models.PositiveSmallIntegerField()
    item = reference("catalog.Item", db_index=False)
    quantity = ExactField()
    unit = models.CharField(max_length=40)
    factor = ExactField(default=1)
    price = ExactField(null=True)
    their_code = models.CharField(max_length=200, blank=True)
    needed_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    received = ExactField(default=0)
    rejected = ExactField(default=0)
    returned = ExactField(default=0)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "order", "position"], name="purchase_line_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="purchase_line_quantity"),
            models.CheckConstraint(condition=Q(received__lte=F("quantity")), name="purchase_line_received"),
            models.CheckConstraint(condition=Q(returned__lte=F("received")), name="purchase_line_returned"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "item"], name="purchase_line_item"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="purchase_line_list"),
        ]


class Receipt(LedgerRow):
    """What came of a purchase at one time, or went back; a line of it for each item."""

    kind = "inventory.receipt"

    number = KeyField(max_length=40)
    receipt_kind = models.CharField(max_length=10)
    order = reference("inventory.PurchaseOrder", db_index=False)
    # The number on the supplier's delivery note, or on the return slip.
    paper = models.CharField(max_length=120, blank=True)
    happened_at = models.DateTimeField()
    recorded_by_id = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)

    class Meta(LedgerRow.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="receipt_number")]
        indexes = [
            models.Index(fields=["organisation_id", "order"], name="receipt_order"),
            models.Index(fields=["organisation_id", "happened_at", "id"], name="receipt_list"),
        ]


class ReceiptLine(LedgerRow):
    """How much of a line came and was good, how much was not, and why; or how much went back."""

    kind = "inventory.receipt_line"
    read_by = "inventory.receipt.read"

    receipt = reference("inventory.Receipt", db_index=False)
    line = reference("inventory.PurchaseLine", db_index=False)
    accepted = ExactField(default=0)
    rejected = ExactField(default=0)
    returned = ExactField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    lot = models.CharField(max_length=200, blank=True)

    class Meta(LedgerRow.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "receipt"], name="receipt_line_receipt"),
            models.Index(fields=["organisation_id", "line"], name="receipt_line_line"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="receipt_line_list"),
        ]


class ReplenishmentPolicy(Row):
    """When and how much of an item a store buys: between two levels, or by a service level and what will be needed."""

    kind = "inventory.replenishment"

    item = reference("catalog.Item", db_index=False)
    store = reference("inventory.Store", db_index=False)
    method = models.CharField(max_length=15)
    minimum = ExactField(null=True)
    maximum = ExactField(null=True)
    service_level = ExactField(null=True)
    # Where none is said, the supplier's terms tell.
    lead_days = models.PositiveIntegerField(null=True)
    # How many days of demand one purchase is to cover.
    cover_days = models.PositiveIntegerField(default=30)
    party = reference("parties.Party", null=True, db_index=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item", "store"], name="replenishment_once"),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gt=F("minimum")), name="replenishment_levels"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "store"], name="replenishment_store"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="replenishment_list"),
        ]
