"""Tables of the playground: a thing with every type of column, its maker, and a ledger of its turns."""

from django.db import models

from trunnion.kernel.fields import ExactField, KeyField, reference
from trunnion.kernel.tables import LedgerRow, Row

from .types import Grade, ThingState


class Maker(Row):
    """Who makes things."""

    kind = "playground.maker"

    name = models.CharField(max_length=200)


class Thing(Row):
    """A thing with every type of column, most of them optional."""

    kind = "playground.thing"
    hidden_fields = frozenset({"secret"})
    search_fields = ("name", "note")
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    note = models.TextField(blank=True)
    secret = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=60, null=True)  # noqa: DJ001  (null stands outside the unique constraint)
    state = models.CharField(max_length=10, default=ThingState.NEW)
    grade = models.CharField(max_length=10, null=True, choices=[(g, g) for g in Grade])  # noqa: DJ001
    count = models.BigIntegerField(null=True)
    amount = ExactField(null=True)
    is_good = models.BooleanField(null=True)
    made_on = models.DateField(null=True)
    seen_at = models.DateTimeField(null=True)
    facts = models.JSONField(null=True)
    maker = reference("playground.Maker", null=True)
    parent = reference("playground.Thing", null=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "code"], name="thing_code")]
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="thing_name"),
            models.Index(fields=["organisation_id", "count", "id"], name="thing_count"),
            models.Index(fields=["organisation_id", "amount", "id"], name="thing_amount"),
            models.Index(fields=["organisation_id", "is_good", "id"], name="thing_good"),
            models.Index(fields=["organisation_id", "made_on", "id"], name="thing_made"),
            models.Index(fields=["organisation_id", "seen_at", "id"], name="thing_seen"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="thing_created"),
        ]


class Turn(LedgerRow):
    """One turn of a thing, never edited."""

    kind = "playground.turn"

    thing = reference("playground.Thing")
    amount = ExactField()
