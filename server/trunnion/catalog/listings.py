"""The lists of catalog."""

from trunnion.kernel.listing.columns import Column, Listing, Type

from .models import EquipmentClass, Item, Model
from .states import CatalogState
from .types import Criticality, ItemKind, Mobility, TrackedBy

ITEMS = Listing(
    name="catalog.items",
    model=Item,
    permission="catalog.item.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("code", path="code", sort="code"),
        Column("name", path="name", sort="name_key"),
        Column("specification", path="specification"),
        Column("kind", Type.CHOICE, path="item_kind", choices=ItemKind, words="choice.catalog.item.kind"),
        Column("unit", path="unit"),
        Column(
            "tracked_by", Type.CHOICE, path="tracked_by", choices=TrackedBy, words="choice.catalog.item.tracked_by"
        ),
        Column(
            "criticality", Type.CHOICE, path="criticality", choices=Criticality,
            words="choice.catalog.item.criticality",
        ),
        Column("state", Type.CHOICE, path="state", choices=CatalogState, words="state.catalog.item"),
        Column("is_model", Type.BOOLEAN, path="is_model"),
        Column("aliases", path="found_by"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)  # fmt: skip
MODELS = Listing(
    name="catalog.models",
    model=Model,
    permission="catalog.model.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
        Column("code", path="code", sort="code"),
        Column("name", path="name", sort="name_key"),
        Column("model_number", path="model_number", sort="model_number_key"),
        Column(
            "manufacturer_id", Type.REFERENCE, path="manufacturer_id", refers_to="parties.party", hidden=True
        ),
        Column("manufacturer_name", path="manufacturer__name"),
        Column(
            "class_id",
            Type.REFERENCE,
            path="equipment_class_id",
            refers_to="catalog.equipment_class",
            hidden=True,
        ),
        Column("class_code", path="equipment_class__code"),
        Column("class_name_en", path="equipment_class__name_en"),
        Column("class_name_zh", path="equipment_class__name_zh"),
        Column("class_path", path="equipment_class__path", hidden=True),
        Column(
            "mobility", Type.CHOICE, path="mobility", choices=Mobility, words="choice.catalog.model.mobility"
        ),
        Column("expected_life_months", Type.NUMBER, path="expected_life_months"),
        Column("warranty_parts_months", Type.NUMBER, path="warranty_parts_months"),
        Column("warranty_labour_months", Type.NUMBER, path="warranty_labour_months"),
        Column(
            "replacement_cost",
            Type.DECIMAL,
            path="replacement_cost",
            summed=True,
            currency="replacement_currency",
        ),
        Column("replacement_currency", path="replacement_currency"),
        Column("state", Type.CHOICE, path="state", choices=CatalogState, words="state.catalog.model"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)
CLASSES = Listing(
    name="catalog.equipment_classes",
    model=EquipmentClass,
    permission="catalog.equipment_class.read",
    order="path",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("code", path="code", sort="code"),
        Column("name_en", path="name_en"),
        Column("name_zh", path="name_zh"),
        Column("parent_id", Type.REFERENCE, path="parent_id", refers_to="catalog.equipment_class"),
        Column("path", path="path", sort="path"),
        Column("level", Type.NUMBER, path="level"),
        Column("is_shipped", Type.BOOLEAN, path="is_shipped"),
    ),
)
