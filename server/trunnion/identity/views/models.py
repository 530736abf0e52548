"""Tables of saved views."""

from django.db import models

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import KeyField, Row

from .types import Audience, Density


class View(Row):
    """A way of looking at a list: columns, filter, order, grouping, density."""

    kind = "identity.view"
    sort_keys = {"name_key": "name"}

    listing = KeyField(max_length=100)
    name = models.CharField(max_length=120)
    name_key = KeyField(max_length=120, editable=False)
    owner_id = models.UUIDField()
    audience = models.CharField(max_length=10, default=Audience.PRIVATE)
    role = reference("identity.Role", null=True)
    columns = models.JSONField(default=list)
    filter = models.JSONField(null=True)
    search = models.CharField(max_length=500, blank=True)
    sort = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=100, blank=True)
    density = models.CharField(max_length=12, default=Density.NORMAL)
    is_default = models.BooleanField(default=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "owner_id", "listing", "name"], name="view_name_once"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "listing"],
                condition=models.Q(is_default=True),
                name="view_default_once",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="view_name")]
