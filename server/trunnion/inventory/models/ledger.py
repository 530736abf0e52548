"""The ledger: movements between places, and what follows from them in the same transaction."""

from django.db import models
from django.db.models import F, Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, LedgerRow, Row


class Lot(Row):
    """What was made or delivered together, and may expire together."""

    kind = "inventory.lot"
    search_fields = ("code",)
    stays_with_merged = True

    item = reference("catalog.Item", db_index=False)
    code = KeyField(max_length=200)
    expires_on = models.DateField(null=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "item", "code"], name="lot_code")]
        indexes = [
            models.Index(fields=["organisation_id", "expires_on", "id"], name="lot_expiry"),
            models.Index(fields=["organisation_id", "code", "id"], name="lot_list"),
        ]


class SerialUnit(Row):
    """One piece with a serial number: where it lies, and what it cost."""

    kind = "inventory.serial"
    search_fields = ("code",)
    stays_with_merged = True

    item = reference("catalog.Item", db_index=False)
    code = KeyField(max_length=200)
    # None once it was issued, sent back or scrapped.
    store = reference("inventory.Store", null=True, db_index=False)
    bin = reference("inventory.Bin", null=True, db_index=False)
    value = ExactField(default=0)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item", "code"], name="serial_code"),
            models.CheckConstraint(condition=Q(value__gte=0), name="serial_value"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "code", "id"], name="serial_list"),
            models.Index(fields=["organisation_id", "store", "item"], name="serial_store"),
        ]


class Movement(LedgerRow):
    """A quantity of one item from one place to another, with what it was worth; a correction is a movement back."""

    kind = "inventory.movement"
    stays_with_merged = True

    movement_kind = models.CharField(max_length=10)
    moved_at = models.DateTimeField()
    item = reference("catalog.Item", db_index=False)
    lot = reference("inventory.Lot", null=True, db_index=False)
    serial = reference("inventory.SerialUnit", null=True, db_index=False)
    from_kind = models.CharField(max_length=10)
    from_store = reference("inventory.Store", null=True, db_index=False)
    from_bin = reference("inventory.Bin", null=True, db_index=False)
    to_kind = models.CharField(max_length=10)
    to_store = reference("inventory.Store", null=True, db_index=False)
    to_bin = reference("inventory.Bin", null=True, db_index=False)
    quantity = ExactField()
    value = ExactField()
    currency = models.CharField(max_length=3)
    # Who delivered it, or to whom it went back.
    party = reference("parties.Party", null=True, db_index=False)
    # What it happened for: a demand, a line of a purchase; of a room above, known by kind and id.
    cause_kind = models.CharField(max_length=60, blank=True)
    cause_id = models.UUIDField(null=True)
    cause_label = models.CharField(max_length=200, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    recorded_by_id = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)
    reverses = reference("inventory.Movement", null=True, db_index=False)

    class Meta(LedgerRow.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="movement_quantity"),
            models.CheckConstraint(condition=Q(value__gte=0), name="movement_value"),
            models.CheckConstraint(
                condition=Q(from_kind="store", from_store__isnull=False)
                | (~Q(from_kind="store") & Q(from_store__isnull=True, from_bin__isnull=True)),
                name="movement_from",
            ),
            models.CheckConstraint(
                condition=Q(to_kind="store", to_store__isnull=False)
                | (~Q(to_kind="store") & Q(to_store__isnull=True, to_bin__isnull=True)),
                name="movement_to",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "reverses"], condition=Q(reverses__isnull=False), name="movement_back_once"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation_id", "moved_at", "id"], name="movement_list"),
            models.Index(fields=["organisation_id", "item", "moved_at", "id"], name="movement_item"),
            models.Index(fields=["organisation_id", "from_store", "item"], name="movement_from_store"),
            models.Index(fields=["organisation_id", "to_store", "item"], name="movement_to_store"),
            models.Index(fields=["organisation_id", "cause_id", "item"], name="movement_cause"),
        ]


class Stock(Row):
    """What a store has of an item, how much of it is kept for somebody, what it is worth; follows from movements."""

    kind = "inventory.stock"
    is_recorded = False
    stays_with_merged = True

    item = reference("catalog.Item", db_index=False)
    store = reference("inventory.Store", db_index=False)
    # The item's own, here as well: a code never changes, and lists are put in order by it.
    item_code = KeyField(max_length=60)
    on_hand = ExactField(default=0)
    reserved = ExactField(default=0)
    value = ExactField(default=0)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item", "store"], name="stock_once"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_on_hand"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="stock_reserved"),
            models.CheckConstraint(condition=Q(reserved__lte=F("on_hand")), name="stock_reserved_there"),
            models.CheckConstraint(condition=Q(value__gte=0), name="stock_value"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "item_code", "id"], name="stock_list"),
            models.Index(fields=["organisation_id", "store", "item_code"], name="stock_store"),
        ]


class Balance(Row):
    """What of an item lies in one bin and of one lot; all of them together are the store's stock."""

    kind = "inventory.balance"
    read_by = "inventory.stock.read"
    is_recorded = False
    stays_with_merged = True

    item = reference("catalog.Item", db_index=False)
    store = reference("inventory.Store", db_index=False)
    bin = reference("inventory.Bin", null=True, db_index=False)
    lot = reference("inventory.Lot", null=True, db_index=False)
    # Bin and lot as one text, because nothing is unique with what is not there.
    slot = KeyField(max_length=70)
    on_hand = ExactField(default=0)
    # Of items with lots: each lot keeps its own cost. Of all others the stock knows it.
    value = ExactField(default=0)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item", "store", "slot"], name="balance_once"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="balance_on_hand"),
            models.CheckConstraint(condition=Q(value__gte=0), name="balance_value"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "bin", "item"], name="balance_bin"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="balance_list"),
        ]


class Consumption(Row):
    """What a demand has drawn of an item and not given back, at what it cost then."""

    kind = "inventory.consumption"
    read_by = "inventory.movement.read"
    is_recorded = False
    stays_with_merged = True

    demand_kind = models.CharField(max_length=60)
    demand_id = models.UUIDField()
    item = reference("catalog.Item", db_index=False)
    lot = reference("inventory.Lot", null=True, db_index=False)
    serial = reference("inventory.SerialUnit", null=True, db_index=False)
    slot = KeyField(max_length=70)
    quantity = ExactField(default=0)
    value = ExactField(default=0)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "demand_id", "demand_kind", "item", "slot"], name="consumption_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="consumption_quantity"),
            models.CheckConstraint(condition=Q(value__gte=0), name="consumption_value"),
        ]  # fmt: skip
