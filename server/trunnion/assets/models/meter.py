"""Tables of meters and the ledger of their readings."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, LedgerRow, Row


class Meter(Row):
    """What is counted or measured on an asset; the last reading is kept beside it for the lists."""

    kind = "assets.meter"
    search_fields = ("name", "code")
    sort_keys = {"name_key": "name"}

    asset = reference("assets.Asset", db_index=False)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    code = KeyField(max_length=60, blank=True)
    meter_kind = models.CharField(max_length=10)
    unit = models.CharField(max_length=30)
    rolls_over_at = ExactField(null=True)
    is_active = models.BooleanField(default=True)
    last_value = ExactField(null=True)
    last_total = ExactField(null=True)
    last_read_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "asset", "name"], name="meter_name")
        ]
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="meter_list"),
            models.Index(fields=["organisation_id", "last_read_at", "id"], name="meter_read"),
        ]


class MeterReading(LedgerRow):
    """An entry of the ledger: `value` is what the meter showed, `total` what it would show had it never rolled over.

    A reversal repeats the entry that it takes back; both stay.
    """

    kind = "assets.reading"

    meter = reference("assets.Meter", db_index=False)
    entry = models.CharField(max_length=12)
    value = ExactField()
    total = ExactField()
    read_at = models.DateTimeField()
    reverses = reference("assets.MeterReading", null=True, db_index=False)
    remark = models.CharField(max_length=500, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta(LedgerRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "reverses"], name="reading_reversed_once")
        ]
        indexes = [
            models.Index(fields=["organisation_id", "meter", "read_at", "id"], name="reading_meter"),
            models.Index(fields=["organisation_id", "read_at", "id"], name="reading_list"),
        ]
