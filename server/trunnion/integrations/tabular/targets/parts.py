"""Rows that become units of items, suppliers of items and lines of spare lists."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from trunnion.catalog.commands import item_unit, spare, supplier
from trunnion.catalog.queries import find_items
from trunnion.catalog.types import ItemUnitLine, SpareLine, SupplierLine
from trunnion.integrations.tabular.declare import (
    Field,
    Kind,
    Look,
    Looked,
    Lookup,
    Target,
    Values,
    Writing,
    target,
)
from trunnion.integrations.tabular.types import Reason
from trunnion.kernel.context import Context
from trunnion.kernel.policies import KINDS, visible
from trunnion.parties.types import PartyRole

from .lookups import party_as

STEP = 500
ITEM = Lookup("catalog.item", ("code", "name"))
SPARED = Lookup("catalog.model", ("code", "model_number", "name"))


def _stands(kind: str, first: str, second: str) -> Look:
    """Finds the record that joins two others, whatever else a row says."""

    def look(ctx: Context, rows: Sequence[Values]) -> list[Looked]:
        ends = [(row.get(first), row.get(second)) for row in rows]
        firsts = sorted({one for one, _ in ends if isinstance(one, UUID)})
        known: dict[tuple[Any, Any], UUID] = {}
        for i in range(0, len(firsts), STEP):
            found = visible(ctx, KINDS[kind]).filter(**{f"{first}__in": firsts[i : i + STEP]})
            known.update({(a, b): row_id for row_id, a, b in found.values_list("id", first, second)})
        return [Looked(known.get(end)) for end in ends]

    return look


def _look_unit(ctx: Context, rows: Sequence[Values]) -> list[Looked]:
    """The same for units, where the item's own one is no pack of it."""
    cards = find_items(ctx, {row["item_id"] for row in rows if isinstance(row.get("item_id"), UUID)})
    found = _stands("catalog.item_unit", "item_id", "unit")(ctx, rows)
    for at, row in enumerate(rows):
        card, unit = cards.get(row.get("item_id")), row.get("unit")  # type: ignore[arg-type]
        if card is not None and card.unit == unit:
            found[at] = Looked(None, (Reason(None, "unit", "item_unit_own", {"unit": unit}),))
    return found


def _positive(name: str) -> Callable[[Values, bool], Iterator[Reason]]:
    def judge(values: Values, _: bool) -> Iterator[Reason]:
        if values.get(name) is not None and values[name] <= 0:
            yield Reason(None, name, "field.greater_than", {"gt": 0})

    return judge


def _write_units(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    return item_unit.ensure_many(ctx, [ItemUnitLine(**{**row.before, **row.values}) for row in rows]).ids


def _write_suppliers(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    return supplier.ensure_many(ctx, [SupplierLine(**{**row.before, **row.values}) for row in rows]).ids


def _write_spares(ctx: Context, rows: Sequence[Writing]) -> list[UUID]:
    return spare.ensure_many(ctx, [SpareLine(**{**row.before, **row.values}) for row in rows]).ids


ITEM_UNITS = target(Target(
    name="item_units", kind="catalog.item_unit", permission="catalog.item_unit.ensure_many",
    listing="catalog.item_units", keys=("unit",), within="item_id", partial=("unit",), write=_write_units,
    look=_look_unit, judge=_positive("factor"),
    fields=(
        Field("item_id", Kind.REFERENCE, required=True, lookup=ITEM),
        Field("unit", Kind.UNIT, required=True), Field("factor", Kind.NUMBER, required=True),
    ),
))  # fmt: skip
ITEM_SUPPLIERS = target(Target(
    name="item_suppliers", kind="catalog.item_supplier", permission="catalog.supplier.ensure_many",
    listing="catalog.item_suppliers", keys=("item_id",), write=_write_suppliers,
    look=_stands("catalog.item_supplier", "item_id", "party_id"),
    fields=(
        Field("item_id", Kind.REFERENCE, required=True, lookup=ITEM),
        Field("party_id", Kind.REFERENCE, required=True, lookup=party_as(PartyRole.SUPPLIER)),
        Field("their_code", most=200),
    ),
))  # fmt: skip
SPARES = target(Target(
    name="spares", kind="catalog.model_part", permission="catalog.spare.ensure_many", listing="catalog.spares",
    keys=("item_id",), write=_write_spares, look=_stands("catalog.model_part", "model_id", "item_id"),
    judge=_positive("quantity"),
    fields=(
        Field("model_id", Kind.REFERENCE, required=True, lookup=SPARED),
        Field("item_id", Kind.REFERENCE, required=True, lookup=ITEM),
        Field("quantity", Kind.NUMBER), Field("set_number"), Field("notes"),
    ),
))  # fmt: skip
