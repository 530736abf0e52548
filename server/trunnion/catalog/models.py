"""Tables of catalog."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.mergeable import Mergeable
from trunnion.kernel.tables import KeyField, Row


class EquipmentClass(Row):
    """A class of equipment in a tree; the boundary says what belongs to it, so that failures can be compared."""

    kind = "catalog.equipment_class"
    search_fields = ("code", "name_en", "name_zh")

    code = KeyField(max_length=60)
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    parent = reference("catalog.EquipmentClass", null=True)
    # The codes from the root down, each followed by a slash: a subtree is a prefix.
    path = KeyField(max_length=500)
    level = models.PositiveSmallIntegerField(default=1)
    boundary_en = models.TextField(blank=True)
    boundary_zh = models.TextField(blank=True)
    is_shipped = models.BooleanField(default=False)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "code"], name="class_code")]
        indexes = [
            models.Index(fields=["organisation_id", "path", "id"], name="class_path"),
            models.Index(fields=["organisation_id", "parent"], name="class_parent"),
        ]


class Item(Mergeable):
    """Anything that has a code: spare, raw material, product, tool, consumable; a model is one of them."""

    kind = "catalog.item"
    search_fields = ("code", "name", "specification", "found_by", "also_known")
    merge_facts = (
        "name", "specification", "description", "criticality", "value_class", "storage_conditions", "shelf_life_days",
    )  # fmt: skip
    merge_derived = frozenset({"also_known", "found_by"})
    sort_keys = {"name_key": "name"}

    code = KeyField(max_length=60)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    specification = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    item_kind = models.CharField(max_length=20)
    unit = models.CharField(max_length=40, default="{each}")
    tracked_by = models.CharField(max_length=10, default="none")
    criticality = models.CharField(max_length=20, blank=True)
    value_class = models.CharField(max_length=1, blank=True, default="")
    storage_conditions = models.CharField(max_length=500, blank=True, default="")
    shelf_life_days = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=20, default="active")
    is_model = models.BooleanField(default=False)
    # The aliases and suppliers' codes side by side, so that one index finds the item by any of them.
    found_by = models.TextField(blank=True, editable=False)

    class Meta(Mergeable.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "code"], name="item_code")]
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="item_name"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="item_created"),
        ]


class ItemAlias(Row):
    """Another name or code of an item; no two items share one."""

    kind = "catalog.item_alias"

    item = reference("catalog.Item")
    alias = models.CharField(max_length=200)
    alias_key = KeyField(max_length=200)
    alias_kind = models.CharField(max_length=20, default="name")
    party = reference("parties.Party", null=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "alias_key"], name="alias_key")]
        indexes = [models.Index(fields=["organisation_id", "item"], name="alias_item")]


class ItemAlternate(Row):
    """An item that may be used in another's stead."""

    kind = "catalog.item_alternate"

    item = reference("catalog.Item")
    alternate = reference("catalog.Item")
    notes = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item", "alternate"], name="alternate_once")
        ]


class ItemSupersession(Row):
    """What takes an item's place from a day on; what is left of the old one may be used up."""

    kind = "catalog.item_supersession"

    item = reference("catalog.Item", db_index=False)
    successor = reference("catalog.Item", db_index=False)
    from_on = models.DateField()
    notes = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "item"], name="superseded_once")]
        indexes = [models.Index(fields=["organisation_id", "successor"], name="supersession_successor")]


class ItemUnit(Row):
    """A unit besides the item's own in which it is bought or handed out, such as a box of twelve."""

    kind = "catalog.item_unit"
    read_by = "catalog.item.read"

    item = reference("catalog.Item", db_index=False)
    unit = models.CharField(max_length=40)
    # How many of the item's own units one of these holds.
    factor = ExactField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item", "unit"], name="item_unit_once")
        ]
        indexes = [models.Index(fields=["organisation_id", "created_at", "id"], name="item_unit_created")]


class ItemSupplier(Row):
    """A party that supplies an item."""

    kind = "catalog.item_supplier"
    read_by = "catalog.item.read"

    item = reference("catalog.Item")
    party = reference("parties.Party")
    their_code = models.CharField(max_length=200, blank=True)
    # What spellings of the code have in common, as of an alias; two suppliers may mean two things by one code.
    code_key = KeyField(max_length=200, blank=True, default="", editable=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item", "party"], name="supplier_once")
        ]
        indexes = [
            models.Index(fields=["organisation_id", "code_key"], name="supplier_code"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="supplier_created"),
        ]


class Model(Mergeable):
    """An equipment model: an item with a manufacturer, a class, a life, a warranty and a spare list."""

    kind = "catalog.model"
    search_fields = ("code", "name", "model_number", "found_by", "also_known")
    merge_facts = (
        "name", "manufacturer_id", "model_number", "equipment_class_id", "mobility", "description",
        "expected_life_months", ("warranty_parts_months", "warranty_parts_by_id"),
        ("warranty_labour_months", "warranty_labour_by_id"), "warranty_terms",
        ("replacement_cost", "replacement_currency"),
    )  # fmt: skip
    merge_derived = frozenset({"also_known", "found_by"})
    sort_keys = {"name_key": "name", "model_number_key": "model_number"}

    item = reference("catalog.Item")
    # Code, name and state are the item's, kept here as well so that lists of models need no detour.
    code = KeyField(max_length=60)
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    state = models.CharField(max_length=20, default="active")
    manufacturer = reference("parties.Party", null=True)
    model_number = models.CharField(max_length=500, blank=True)
    model_number_key = KeyField(max_length=120, editable=False)
    equipment_class = reference("catalog.EquipmentClass", null=True)
    mobility = models.CharField(max_length=10, blank=True)
    description = models.TextField(blank=True)
    expected_life_months = models.PositiveIntegerField(null=True)
    warranty_parts_months = models.PositiveIntegerField(null=True)
    warranty_labour_months = models.PositiveIntegerField(null=True)
    warranty_parts_by = reference("parties.Party", null=True)
    warranty_labour_by = reference("parties.Party", null=True)
    warranty_terms = models.TextField(blank=True)
    replacement_cost = ExactField(null=True)
    replacement_currency = models.CharField(max_length=3, blank=True)
    found_by = models.TextField(blank=True, editable=False)

    class Meta(Mergeable.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "item"], name="model_item")]
        indexes = [
            models.Index(fields=["organisation_id", "code", "id"], name="model_code"),
            models.Index(fields=["organisation_id", "name_key", "id"], name="model_name"),
            models.Index(fields=["organisation_id", "model_number_key", "id"], name="model_number"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="model_created"),
            models.Index(fields=["organisation_id", "manufacturer"], name="model_manufacturer"),
            models.Index(fields=["organisation_id", "equipment_class"], name="model_class"),
        ]


class ModelPart(Row):
    """A line of a model's spare list."""

    kind = "catalog.model_part"
    read_by = "catalog.model.read"

    model = reference("catalog.Model")
    item = reference("catalog.Item")
    quantity = ExactField(default=1)
    set_number = models.CharField(max_length=500, blank=True)
    notes = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "model", "item"], name="model_part_once")
        ]
        indexes = [
            models.Index(fields=["organisation_id", "item"], name="model_part_item"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="model_part_created"),
        ]
