"""Tables of groups: systems of assets, and zones of locations that the tree cannot say."""

from django.db import models

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import KeyField, Row


class LocationGroup(Row):
    """A zone: locations that belong together across the tree, such as a fire compartment or a tenancy."""

    kind = "assets.location_group"
    search_fields = ("name", "code")
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    code = KeyField(max_length=60, blank=True)
    category = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="location_group_name"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="location_group_created"),
        ]


class LocationGroupMember(Row):
    """A location in a zone."""

    kind = "assets.location_group_member"

    group = reference("assets.LocationGroup", db_index=False)
    location = reference("assets.Location", db_index=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "group", "location"], name="location_group_member"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "location"], name="location_group_location")]


class AssetGroup(Row):
    """A system: assets that do one thing together, such as "chilled water"."""

    kind = "assets.group"
    search_fields = ("name", "code")
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    code = KeyField(max_length=60, blank=True)
    category = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="asset_group_name"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="asset_group_created"),
        ]


class AssetGroupMember(Row):
    """An asset in a system."""

    kind = "assets.group_member"

    group = reference("assets.AssetGroup", db_index=False)
    asset = reference("assets.Asset", db_index=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "group", "asset"], name="asset_group_member")
        ]
        indexes = [models.Index(fields=["organisation_id", "asset"], name="asset_group_asset")]
