"""Tables of places: the location tree and the functional positions in it."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, Row

from .path import PathField


class Location(Row):
    """A node of the location tree; `path` says where, `site` is the nearest site at or above it.

    A location that was merged into another stays, without a place of its own, for whoever still knows its id.
    """

    kind = "assets.location"
    search_fields = ("name", "code")
    sort_keys = {"name_key": "name"}
    derived_fields = frozenset({"path", "site_id"})

    location_kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    code = KeyField(max_length=60, blank=True)
    description = models.TextField(blank=True)
    parent = reference("assets.Location", null=True, db_index=False)
    site = reference("assets.Location", null=True, db_index=False)
    path = PathField(max_length=400)
    zone = models.CharField(max_length=60, blank=True)
    lon = ExactField(null=True)
    lat = ExactField(null=True)
    geometry = models.JSONField(null=True)
    original_crs = models.CharField(max_length=40, blank=True)
    route = models.CharField(max_length=120, blank=True)
    from_measure = ExactField(null=True)
    to_measure = ExactField(null=True)
    measure_unit = models.CharField(max_length=20, blank=True)
    merged_into = reference("assets.Location", null=True)
    # The entry of the journal that holds what the merge did, and an id that was made when it was complete.
    merge_entry_id = models.UUIDField(null=True, editable=False)
    merge_until_id = models.UUIDField(null=True, editable=False)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "path"], name="location_path")]
        indexes = [
            models.Index(fields=["organisation_id", "parent", "name_key", "id"], name="location_children"),
            models.Index(fields=["organisation_id", "name_key", "id"], name="location_name"),
            models.Index(fields=["organisation_id", "code", "id"], name="location_code"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="location_created"),
            models.Index(fields=["organisation_id", "site"], name="location_site"),
            models.Index(fields=["organisation_id", "route", "from_measure"], name="location_route"),
        ]


class Position(Row):
    """A role to be filled, such as "feed pump no. 2": its code stays while the assets in it change."""

    kind = "assets.position"
    search_fields = ("code", "name")
    sort_keys = {"name_key": "name"}

    code = KeyField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    description = models.TextField(blank=True)
    location = reference("assets.Location", null=True, db_index=False)
    parent = reference("assets.Position", null=True, db_index=False)
    equipment_class = reference("catalog.EquipmentClass", null=True)
    # What the latest assessment found; never set by itself.
    criticality = models.CharField(max_length=1, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code"], name="position_code", condition=~Q(code="")
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="position_name"),
            models.Index(fields=["organisation_id", "code", "id"], name="position_code_list"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="position_created"),
            models.Index(fields=["organisation_id", "location"], name="position_location"),
            models.Index(fields=["organisation_id", "parent"], name="position_parent"),
        ]
