"""Rows that become items, equipment models and equipment classes."""

from collections.abc import Sequence
from uuid import UUID

from trunnion.catalog.commands import equipment_class, item, model
from trunnion.catalog.queries import list_classes
from trunnion.catalog.types import (
    ClassLine,
    Criticality,
    ItemKind,
    ItemLine,
    Mobility,
    ModelLine,
    TrackedBy,
    ValueClass,
)
from trunnion.integrations.tabular.declare import Field, Kind, Lookup, Target, Writing, target
from trunnion.kernel.context import Context
from trunnion.parties.types import PartyRole

from .lookups import CLASS, party_as


def _write_items(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    lines = [ItemLine(id=row.id, **{"name": row.before.get("name", ""), **row.values}) for row in rows]
    return item.ensure_many(ctx, lines).ids


def _write_models(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    codes = {one.id: one.code for one in list_classes(ctx)}
    lines = []
    for row in rows:
        facts = {"name": row.before.get("name", ""), **row.values}
        class_id = facts.pop("class_code", None)
        lines.append(
            ModelLine(
                id=row.id,
                is_new=row.id is None,
                class_code=codes.get(class_id) if class_id else None,
                **facts,
            )
        )
    return model.ensure_many(ctx, lines).ids


def _write_classes(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    codes = {one.id: one.code for one in list_classes(ctx)}
    lines = []
    for row in rows:
        facts = {"code": row.before.get("code", ""), **row.values}
        above = row.parent_id or facts.pop("parent_code", None)
        facts.pop("parent_code", None)
        lines.append(ClassLine(parent_code=codes.get(above, "") if above else "", **facts))
    return equipment_class.ensure_many(ctx, lines).ids


def _months(name: str) -> Field:
    return Field(name, Kind.WHOLE, unit="mo", minimum=0)


ITEMS = target(Target(
    name="items", kind="catalog.item", permission="catalog.item.ensure_many", listing="catalog.items",
    keys=("code", "name"), write=_write_items, narrow={"is_model": False},
    fields=(
        Field("code", Kind.CODE, most=60, unique=True, only_new=True), Field("name", required=True, most=200),
        Field("specification"), Field("description", most=20_000),
        Field("kind", Kind.CHOICE, choices=ItemKind, words="choice.catalog.item.kind", path="item_kind"),
        Field("unit", Kind.UNIT),
        Field("tracked_by", Kind.CHOICE, choices=TrackedBy, words="choice.catalog.item.tracked_by"),
        Field("criticality", Kind.CHOICE, choices=Criticality, words="choice.catalog.item.criticality"),
        Field("value_class", Kind.CHOICE, choices=ValueClass, words="choice.catalog.item.value_class"),
        Field("storage_conditions"), Field("shelf_life_days", Kind.WHOLE, unit="d", minimum=1),
    ),
))  # fmt: skip
MODELS = target(Target(
    name="models", kind="catalog.model", permission="catalog.model.ensure_many", listing="catalog.models",
    keys=("code", "model_number", "name"), write=_write_models,
    fields=(
        Field("code", Kind.CODE, most=60, unique=True, only_new=True), Field("name", required=True, most=200),
        Field("model_number"),
        Field("manufacturer_id", Kind.REFERENCE, lookup=party_as(PartyRole.MANUFACTURER)),
        Field("class_code", Kind.REFERENCE, lookup=CLASS, path="equipment_class_id"),
        Field("mobility", Kind.CHOICE, choices=Mobility, words="choice.catalog.model.mobility"),
        Field("description", most=20_000),
        _months("expected_life_months"), _months("warranty_parts_months"), _months("warranty_labour_months"),
        Field("warranty_terms", most=20_000), Field("replacement_cost", Kind.NUMBER, minimum=0),
        Field("replacement_currency", Kind.CURRENCY),
    ),
))  # fmt: skip
CLASSES = target(Target(
    name="classes", kind="catalog.equipment_class", permission="catalog.equipment_class.ensure_many",
    listing="catalog.equipment_classes", keys=("code",), write=_write_classes,
    fields=(
        Field("code", Kind.CODE, most=60, required=True, unique=True),
        Field("name_en", most=200), Field("name_zh", most=200),
        Field("parent_code", Kind.REFERENCE, lookup=Lookup("catalog.equipment_class", ("code",)), is_own=True,
              path="parent_id", only_new=True),
        Field("boundary_en", most=20_000), Field("boundary_zh", most=20_000),
    ),
))  # fmt: skip
