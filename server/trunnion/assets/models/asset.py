"""Tables of assets themselves: each thing, its life's moves, where it stood when, how it bears on others."""

from django.db import models
from django.db.models import F, Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.mergeable import Mergeable
from trunnion.kernel.tables import KeyField, LedgerRow, Row


class Asset(Mergeable):
    """A serialised thing. Where it stands is kept here as well as in its open installation, for the lists."""

    kind = "assets.asset"
    search_fields = ("number", "name", "tag", "serial", "barcode", "also_known")
    merge_facts = (
        "name", "description", "tag", "serial", "barcode", "model_id", "batch", "made_on", "parent_id",
        "owner_party_id", "user_party_id", "supplier_party_id", "criticality", "condition", "purchased_on",
        ("price", "currency"), "installed_on", "in_service_on", ("warranty_from_on", "warranty_until_on"),
        "expected_end_on",
    )  # fmt: skip
    sort_keys = {"name_key": "name", "tag_key": "tag", "serial_key": "serial"}

    number = KeyField(max_length=20)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    description = models.TextField(blank=True)
    tag = models.CharField(max_length=500, blank=True)
    tag_key = KeyField(max_length=120, editable=False)
    serial = models.CharField(max_length=500, blank=True)
    serial_key = KeyField(max_length=120, editable=False)
    barcode = models.CharField(max_length=500, blank=True)
    model = reference("catalog.Model", null=True, db_index=False)
    batch = models.CharField(max_length=500, blank=True)
    made_on = models.DateField(null=True)
    location = reference("assets.Location", null=True, db_index=False)
    position = reference("assets.Position", null=True, db_index=False)
    parent = reference("assets.Asset", null=True, db_index=False)
    owner_party = reference("parties.Party", null=True, db_index=False)
    user_party = reference("parties.Party", null=True, db_index=False)
    supplier_party = reference("parties.Party", null=True)
    state = models.CharField(max_length=20)
    disposal = models.CharField(max_length=20, blank=True)
    criticality = models.CharField(max_length=1, blank=True)
    condition = models.CharField(max_length=20, blank=True)
    purchased_on = models.DateField(null=True)
    price = ExactField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    installed_on = models.DateField(null=True)
    in_service_on = models.DateField(null=True)
    warranty_from_on = models.DateField(null=True)
    warranty_until_on = models.DateField(null=True)
    expected_end_on = models.DateField(null=True)
    state_since_at = models.DateTimeField()

    class Meta(Mergeable.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="asset_number")]
        indexes = [
            models.Index(fields=["organisation_id", "number", "id"], name="asset_number_list"),
            models.Index(fields=["organisation_id", "name_key", "id"], name="asset_name"),
            models.Index(fields=["organisation_id", "tag_key", "id"], name="asset_tag"),
            models.Index(fields=["organisation_id", "serial_key", "id"], name="asset_serial"),
            models.Index(fields=["organisation_id", "barcode"], name="asset_barcode"),
            models.Index(fields=["organisation_id", "location"], name="asset_location"),
            models.Index(fields=["organisation_id", "position"], name="asset_position"),
            models.Index(fields=["organisation_id", "parent"], name="asset_parent"),
            models.Index(fields=["organisation_id", "model"], name="asset_model"),
            models.Index(fields=["organisation_id", "owner_party"], name="asset_owner"),
            models.Index(fields=["organisation_id", "user_party"], name="asset_user"),
            models.Index(fields=["organisation_id", "state", "id"], name="asset_state"),
            models.Index(fields=["organisation_id", "state_since_at", "id"], name="asset_state_since"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="asset_created"),
            models.Index(fields=["organisation_id", "warranty_until_on", "id"], name="asset_warranty"),
            models.Index(fields=["organisation_id", "installed_on", "id"], name="asset_installed"),
        ]


class AssetMove(LedgerRow):
    """One move of an asset's life: when, from where to where, on what paper."""

    kind = "assets.asset_move"

    asset = reference("assets.Asset", db_index=False)
    verb = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    location = reference("assets.Location", null=True)
    position = reference("assets.Position", null=True)
    moved_at = models.DateTimeField()
    remark = models.CharField(max_length=500, blank=True)
    paper = reference("attach.File", null=True)
    document = reference("assets.LifecycleDocument", null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta(LedgerRow.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "asset", "moved_at", "id"], name="asset_move_asset"),
            models.Index(fields=["organisation_id", "moved_at", "id"], name="asset_move_time"),
        ]


class Installation(Row):
    """An asset stood in a place from one instant to another; at most one is open, and none overlap."""

    kind = "assets.installation"
    stays_with_merged = True

    asset = reference("assets.Asset", db_index=False)
    location = reference("assets.Location", null=True, db_index=False)
    position = reference("assets.Position", null=True, db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "asset"], name="installation_open", condition=Q(until_at=None)
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "position"], name="installation_filled",
                condition=Q(until_at=None, position__isnull=False),
            ),
            models.UniqueConstraint(fields=["organisation_id", "asset", "from_at"], name="installation_from"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")), name="installation_order"
            ),
            models.CheckConstraint(
                condition=Q(location__isnull=False) | Q(position__isnull=False), name="installation_somewhere"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation_id", "from_at", "id"], name="installation_list"),
            models.Index(fields=["organisation_id", "position", "from_at"], name="installation_position"),
            models.Index(fields=["organisation_id", "location", "from_at"], name="installation_location"),
        ]


class AssetRelation(Row):
    """One asset bears on another: is part of it, feeds it, isolates it, is connected with it."""

    kind = "assets.relation"

    relation = models.CharField(max_length=20)
    source = reference("assets.Asset", db_index=False)
    target = reference("assets.Asset", db_index=False)
    remark = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "source", "relation", "target"], name="asset_relation_once"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="asset_relation_other"),
        ]
        indexes = [models.Index(fields=["organisation_id", "target"], name="asset_relation_target")]
