"""Where stock lies: stores and their bins."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, Row


class Store(Row):
    """A place that keeps stock of its own: a central or a site store, a van, goods of a supplier, a line side."""

    kind = "inventory.store"
    search_fields = ("code", "name")
    sort_keys = {"name_key": "name"}

    code = KeyField(max_length=60)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    store_kind = models.CharField(max_length=12)
    # Sideways rooms: where it stands, and whose van it is or who keeps it.
    location_id = models.UUIDField(null=True)
    resource_id = models.UUIDField(null=True)
    # Whose goods lie here, where they are not ours.
    party = reference("parties.Party", null=True, db_index=False)
    address = models.CharField(max_length=500, blank=True)
    lat = ExactField(null=True)
    lon = ExactField(null=True)
    is_active = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "code"], name="store_code")]
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="store_name"),
            models.Index(fields=["organisation_id", "party"], name="store_party"),
        ]


class Bin(Row):
    """A shelf, a drawer, a pallet place inside a store."""

    kind = "inventory.bin"
    search_fields = ("code", "name")

    store = reference("inventory.Store", db_index=False)
    code = KeyField(max_length=60)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "store", "code"], name="bin_code")]
        indexes = [models.Index(fields=["organisation_id", "code", "id"], name="bin_list")]


class Period(Row):
    """How far the ledger is closed: one row for the organisation, none where nothing was ever closed."""

    kind = "inventory.period"

    closed_through_on = models.DateField(null=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id"], name="period_one")]
