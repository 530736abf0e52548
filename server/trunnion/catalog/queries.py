"""Reads of catalog: items, models, classes, units, and what other rooms need to know of them."""

from typing import Any
from uuid import UUID

from trunnion.attach.queries import (
    Narrowing,
    attributes_of,
    comments_of,
    files_of,
    narrows,
    references_of,
    tags_of,
)
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.mergeable import standing_id
from trunnion.kernel.policies import get, seen, visible
from trunnion.kernel.quantity import units

from . import around, handover, listings, taxonomy
from .models import EquipmentClass, Item, ItemAlias, ItemSupplier, Model, ModelPart
from .rules import alias_key
from .states import ITEM, MODEL
from .types import ClassCard, ItemCard, ModelCard, PartCard, SpareCard

__all__ = [
    "class_of_category",
    "find_class",
    "find_item",
    "find_items",
    "find_model",
    "find_models",
    "get_class",
    "get_item",
    "get_item_card",
    "get_model",
    "get_model_card",
    "get_units",
    "handover",
    "in_own_unit",
    "list_classes",
    "listings",
    "packs_of",
    "parts_of_class",
    "spares_of",
    "substitutes_of",
    "supplier_codes",
]  # fmt: skip

STEP = 500
class_of_category = taxonomy.class_of_category
in_own_unit = around.in_own_unit
packs_of = around.packs_of
substitutes_of = around.substitutes_of
supplier_codes = around.supplier_codes
_ITEM = (
    "id", "code", "name", "specification", "unit", "item_kind", "tracked_by", "criticality", "state", "value_class",
    "shelf_life_days",
)  # fmt: skip
_CLASS = ("id", "code", "name_en", "name_zh", "path", "parent_id")
_MODEL = (
    "id", "item_id", "code", "name", "model_number", "state", "manufacturer_id", "manufacturer__name",
    "equipment_class_id", "equipment_class__code", "equipment_class__name_en", "equipment_class__name_zh",
    "equipment_class__path", "mobility", "expected_life_months", "warranty_parts_months", "warranty_labour_months",
    "warranty_terms", "replacement_cost", "replacement_currency",
)  # fmt: skip
_MODEL_TEXTS = ("manufacturer__name", "equipment_class__code", "equipment_class__name_en", "equipment_class__name_zh",
                "equipment_class__path")  # fmt: skip


def get_item_card(ctx: Context, item_id: UUID) -> ItemCard:
    """An item as other rooms know it; raises NotVisible."""
    found = find_items(ctx, {item_id})
    if item_id not in found:
        raise NotVisible
    return found[item_id]


def find_items(ctx: Context, item_ids: set[UUID], *, with_merged: bool = False) -> dict[UUID, ItemCard]:
    """The cards of several items by their ids; those that were merged into others only where they are asked for."""
    listed = list(item_ids)
    found: dict[UUID, ItemCard] = {}
    for i in range(0, len(listed), STEP):
        rows = (seen if with_merged else visible)(ctx, Item).filter(id__in=listed[i : i + STEP])
        found.update({values[0]: ItemCard(*values) for values in rows.values_list(*_ITEM)})
    return found


def find_item(ctx: Context, text: str) -> ItemCard | None:
    """The item of that code, alias or supplier's code, whatever is scanned or typed.

    A supplier's code finds nothing where two suppliers mean two items by it.
    """
    # The code of an item that was merged leads to the one that it went into.
    coded = seen(ctx, Item).filter(code=text.strip()).values(standing=standing_id(Item))
    values = visible(ctx, Item).filter(id__in=coded).values_list(*_ITEM).first()
    if values is None:
        aliased = ItemAlias.objects.of(ctx).filter(alias_key=alias_key(text)).values("item_id")
        values = visible(ctx, Item).filter(id__in=aliased).values_list(*_ITEM).first()
    if values is None and (key := alias_key(text)):
        supplied = ItemSupplier.objects.of(ctx).filter(code_key=key).values("item_id")
        found = list(visible(ctx, Item).filter(id__in=supplied).values_list(*_ITEM)[:2])
        values = found[0] if len(found) == 1 else None
    return ItemCard(*values) if values else None


def get_model_card(ctx: Context, model_id: UUID) -> ModelCard:
    """An equipment model as other rooms know it; raises NotVisible."""
    found = find_model(ctx, model_id)
    if found is None:
        raise NotVisible
    return found


def find_model(ctx: Context, model_id: UUID) -> ModelCard | None:
    """The same, or nothing."""
    return find_models(ctx, {model_id}).get(model_id)


def find_models(ctx: Context, model_ids: set[UUID]) -> dict[UUID, ModelCard]:
    """The cards of several models by their ids."""
    listed = list(model_ids)
    found: dict[UUID, ModelCard] = {}
    for i in range(0, len(listed), STEP):
        # What was merged keeps its own page; whatever is made anew names the one that stays.
        rows = seen(ctx, Model).filter(id__in=listed[i : i + STEP])
        found.update({values[0]: _model(values) for values in rows.values_list(*_MODEL)})
    return found


def _model(values: tuple[Any, ...]) -> ModelCard:
    texts: list[Any] = [
        "" if v is None and n in _MODEL_TEXTS else v for n, v in zip(_MODEL, values, strict=True)
    ]
    return ModelCard(*texts)


def spares_of(ctx: Context, model_id: UUID) -> list[SpareCard]:
    """A model's spare list, by the items' names."""
    fields = ("id", "item_id", "item__code", "item__name", "item__unit", "quantity", "set_number", "notes")
    rows = ModelPart.objects.of(ctx).filter(model_id=model_id).order_by("item__name_key", "id")
    return [SpareCard(*values) for values in rows.values_list(*fields)]


def find_class(ctx: Context, code: str) -> ClassCard | None:
    """The equipment class of that code."""
    values = visible(ctx, EquipmentClass).filter(code=code).values_list(*_CLASS).first()
    return ClassCard(*values) if values else None


def list_classes(ctx: Context) -> list[ClassCard]:
    """The whole tree of classes, parents before children."""
    return [
        ClassCard(*values) for values in visible(ctx, EquipmentClass).order_by("path").values_list(*_CLASS)
    ]


def parts_of_class(ctx: Context, code: str) -> list[PartCard]:
    """Sub-units and maintainable items of a class: the shipped ones, and the classes that were put below it."""
    found = list(taxonomy.parts(code))
    own = find_class(ctx, code)
    if own is not None:
        below = (
            visible(ctx, EquipmentClass).filter(path__startswith=own.path).exclude(id=own.id).order_by("path")
        )
        found += [
            PartCard(*values) for values in below.values_list("code", "name_en", "name_zh", "parent__code")
        ]
    return found


def get_class(ctx: Context, class_id: UUID) -> dict[str, Any]:
    """A class with its boundary and its parts."""
    row = get(ctx, EquipmentClass, class_id)
    return {
        "id": row.id, "version": row.version, "code": row.code, "name_en": row.name_en, "name_zh": row.name_zh,
        "parent_id": row.parent_id, "path": row.path, "level": row.level, "boundary_en": row.boundary_en,
        "boundary_zh": row.boundary_zh, "is_shipped": row.is_shipped, "parts": parts_of_class(ctx, row.code),
        "actions": ["edit"] if ctx.may("catalog.equipment_class.edit") else [],
    }  # fmt: skip


def get_units(ctx: Context) -> dict[str, Any]:
    """The units that quantities may have."""
    return {
        "rows": [
            {
                "code": u.ucum,
                "symbol": u.symbol,
                "dimension": u.dimension,
                "name": u.name.get(ctx.language, u.name["en"]),
            }
            for u in units().values()
        ]
    }


def get_item(ctx: Context, item_id: UUID) -> dict[str, Any]:
    """An item with its aliases, alternates, suppliers, the models that need it, and whatever sticks to it."""
    row = get(ctx, Item, item_id)
    model = Model.objects.of(ctx).filter(item_id=item_id).values_list("id", flat=True).first()
    return {
        "id": row.id, "version": row.version, "code": row.code, "name": row.name, "specification": row.specification,
        "description": row.description, "kind": row.item_kind, "unit": row.unit, "tracked_by": row.tracked_by,
        "criticality": row.criticality, "value_class": row.value_class, "storage_conditions": row.storage_conditions,
        "shelf_life_days": row.shelf_life_days, "state": row.state, "model_id": model, "created_at": row.created_at,
        "changed_at": row.changed_at, **around.of_item(ctx, item_id), **_stuck(ctx, Item.kind, item_id),
        "merged_into_id": row.merged_into_id, "merged": _merged(ctx, item_id), "actions": _actions(ctx, row),
    }  # fmt: skip


def _merged(ctx: Context, item_id: UUID) -> list[Any]:
    """What was merged into an item, and can be taken out again."""
    rows = Item.objects.of(ctx).filter(merged_into_id=item_id).order_by("merged_at")
    return list(rows.values("id", "code", "name", "merged_at"))


def _actions(ctx: Context, row: Item) -> list[str]:
    if row.merged_into_id is not None:
        return ["unmerge"] if ctx.may("catalog.item.unmerge") and not row.is_model else []
    may_merge = ctx.may("catalog.item.merge") and not row.is_model
    return [*ITEM.actions(ctx, row.state), *(["merge"] if may_merge else [])]


def get_model(ctx: Context, model_id: UUID) -> dict[str, Any]:
    """A model with its spare list, parameters, documents and whatever else sticks to it."""
    row = get(ctx, Model, model_id)
    card = get_model_card(ctx, model_id)
    names = dict(zip(card.__struct_fields__, (getattr(card, f) for f in card.__struct_fields__), strict=True))
    return {
        **names, "version": row.version, "description": row.description,
        "warranty_parts_by_id": row.warranty_parts_by_id, "warranty_labour_by_id": row.warranty_labour_by_id,
        "created_at": row.created_at, "changed_at": row.changed_at, "spares": spares_of(ctx, model_id),
        **_stuck(ctx, Model.kind, model_id), "merged_into_id": row.merged_into_id,
        "merged": _merged_models(ctx, model_id), "actions": _actions_of_model(ctx, row),
    }  # fmt: skip


def _merged_models(ctx: Context, model_id: UUID) -> list[Any]:
    """What was merged into a model, and can be taken out again."""
    rows = Model.objects.of(ctx).filter(merged_into_id=model_id).order_by("merged_at")
    return list(rows.values("id", "code", "name", "merged_at"))


def _actions_of_model(ctx: Context, row: Model) -> list[str]:
    if row.merged_into_id is not None:
        return ["unmerge"] if ctx.may("catalog.model.unmerge") else []
    return [*MODEL.actions(ctx, row.state), *(["merge"] if ctx.may("catalog.model.merge") else [])]


def _stuck(ctx: Context, kind: str, row_id: UUID) -> dict[str, Any]:
    return {
        "attributes": attributes_of(ctx, kind, row_id), "files": files_of(ctx, kind, row_id),
        "comments": comments_of(ctx, kind, row_id), "references": references_of(ctx, kind, row_id),
        "tags": tags_of(ctx, kind, row_id),
    }  # fmt: skip


# Custom fields of models can be kept for classes of equipment only.
narrows(Model.kind, Narrowing("equipment_class", ("equipment_class",), refers_to=EquipmentClass.kind))
