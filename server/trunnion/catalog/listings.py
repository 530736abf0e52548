"""The lists of catalog."""

from trunnion.kernel.listing.columns import Column, Listing, Type

from .models import EquipmentClass, Item, ItemSupplier, ItemUnit, Model, ModelPart
from .states import CatalogState
from .types import Criticality, ItemKind, Mobility, TrackedBy, ValueClass

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
        Column(
            "value_class", Type.CHOICE, path="value_class", choices=ValueClass,
            words="choice.catalog.item.value_class",
        ),
        Column("storage_conditions", path="storage_conditions"),
        Column("shelf_life_days", Type.NUMBER, path="shelf_life_days"),
        Column("state", Type.CHOICE, path="state", choices=CatalogState, words="state.catalog.item"),
        Column("is_model", Type.BOOLEAN, path="is_model"),
        Column("aliases", path="found_by"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)  # fmt: skip
ITEM_UNITS = Listing(
    name="catalog.item_units",
    model=ItemUnit,
    permission="catalog.item.read",
    order="created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
        Column("item_code", path="item__code"),
        Column("item_name", path="item__name"),
        Column("unit", path="unit"),
        Column("factor", Type.DECIMAL, path="factor"),
        Column("own_unit", path="item__unit"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)
ITEM_SUPPLIERS = Listing(
    name="catalog.item_suppliers",
    model=ItemSupplier,
    permission="catalog.item.read",
    order="created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
        Column("item_code", path="item__code"),
        Column("item_name", path="item__name"),
        Column("party_id", Type.REFERENCE, path="party_id", refers_to="parties.party", hidden=True),
        Column("party_name", path="party__name"),
        Column("their_code", path="their_code"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)
SPARES = Listing(
    name="catalog.spares",
    model=ModelPart,
    permission="catalog.model.read",
    order="created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("model_id", Type.REFERENCE, path="model_id", refers_to="catalog.model", hidden=True),
        Column("model_code", path="model__code"),
        Column("model_name", path="model__name"),
        Column("item_id", Type.REFERENCE, path="item_id", refers_to="catalog.item", hidden=True),
        Column("item_code", path="item__code"),
        Column("item_name", path="item__name"),
        Column("quantity", Type.DECIMAL, path="quantity"),
        Column("unit", path="item__unit"),
        Column("set_number", path="set_number"),
        Column("notes", path="notes"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)
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
