"""What stands around an item: other names, who supplies it, packs, what may take its place, the models that need it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.policies import visible
from trunnion.kernel.quantity import UnitMismatch, UnitUnknown

from .models import Item, ItemAlias, ItemAlternate, ItemSupersession, ItemSupplier, ItemUnit, ModelPart
from .rules import Inexact
from .rules import in_own_unit as told_in_own_unit

STEP = 500


class Substitute(msgspec.Struct, frozen=True):
    """An item that may be used in another's stead: an alternate, or what supersedes it from a day on."""

    item_id: UUID
    code: str
    name: str
    unit: str
    is_successor: bool
    from_on: date | None
    notes: str


def packs_of(ctx: Context, item_ids: Iterable[UUID]) -> dict[UUID, dict[str, Decimal]]:
    """How many of its own units each other unit of an item holds."""
    found: dict[UUID, dict[str, Decimal]] = {item_id: {} for item_id in item_ids}
    listed = list(found)
    for i in range(0, len(listed), STEP):
        rows = ItemUnit.objects.of(ctx).filter(item_id__in=listed[i : i + STEP])
        for item_id, unit, factor in rows.values_list("item_id", "unit", "factor"):
            found[item_id][unit] = factor
    return found


def in_own_unit(ctx: Context, item_id: UUID, quantity: Decimal, unit: str, pointer: str = "/unit") -> Decimal:
    """A quantity told in the item's own unit, exactly; refuses a unit that the item does not have."""
    own = visible(ctx, Item).filter(id=item_id).values_list("unit", flat=True).first()
    if own is None:
        raise Invalid.field("/item_id", "reference_unknown", kind=Item.kind)
    packs = packs_of(ctx, [item_id])[item_id]
    try:
        return told_in_own_unit(quantity, unit, own, packs)
    except (UnitMismatch, UnitUnknown):
        raise Invalid.field(pointer, "item_unit_unknown", unit=unit, known=[own, *sorted(packs)]) from None
    except Inexact:
        raise Invalid.field(pointer, "item_unit_inexact", quantity=quantity, unit=unit, own=own) from None


def supplier_codes(ctx: Context, party_id: UUID, item_ids: Iterable[UUID]) -> dict[UUID, str]:
    """By which codes a supplier knows these items."""
    rows = (
        ItemSupplier.objects.of(ctx)
        .filter(party_id=party_id, item_id__in=list(item_ids))
        .exclude(their_code="")
    )
    return dict(rows.values_list("item_id", "their_code"))


def substitutes_of(ctx: Context, item_ids: Iterable[UUID]) -> dict[UUID, list[Substitute]]:
    """What may be used in each item's stead: what supersedes it first, then its alternates by code."""
    found: dict[UUID, list[Substitute]] = {item_id: [] for item_id in item_ids}
    listed = list(found)
    for i in range(0, len(listed), STEP):
        some = listed[i : i + STEP]
        newer = ItemSupersession.objects.of(ctx).filter(item_id__in=some, successor__state="active")
        for item_id, other, code, name, unit, day, notes in newer.values_list(
            "item_id",
            "successor_id",
            "successor__code",
            "successor__name",
            "successor__unit",
            "from_on",
            "notes",
        ):
            found[item_id].append(Substitute(other, code, name, unit, True, day, notes))
        others = ItemAlternate.objects.of(ctx).filter(item_id__in=some, alternate__state="active")
        for item_id, other, code, name, unit, notes in others.order_by("alternate__code").values_list(
            "item_id", "alternate_id", "alternate__code", "alternate__name", "alternate__unit", "notes"
        ):
            found[item_id].append(Substitute(other, code, name, unit, False, None, notes))
    return found


def of_item(ctx: Context, item_id: UUID) -> dict[str, Any]:
    """Everything around one item, as its page shows it."""
    return {**_names(ctx, item_id), **_places(ctx, item_id), **_uses(ctx, item_id)}


def _names(ctx: Context, item_id: UUID) -> dict[str, Any]:
    aliases = ItemAlias.objects.of(ctx).filter(item_id=item_id).order_by("alias_key")
    suppliers = ItemSupplier.objects.of(ctx).filter(item_id=item_id).order_by("id")
    return {
        "aliases": [
            {"id": i, "alias": a, "kind": k, "party_id": p, "party": n}
            for i, a, k, p, n in aliases.values_list("id", "alias", "alias_kind", "party_id", "party__name")
        ],
        "suppliers": [
            {"id": i, "version": v, "party_id": p, "name": n, "their_code": c}
            for i, v, p, n, c in suppliers.values_list(
                "id", "version", "party_id", "party__name", "their_code"
            )
        ],
    }


def _places(ctx: Context, item_id: UUID) -> dict[str, Any]:
    alternates = ItemAlternate.objects.of(ctx).filter(item_id=item_id).order_by("id")
    changes = ItemSupersession.objects.of(ctx)
    return {
        "alternates": [
            {"id": i, "item_id": o, "code": c, "name": n, "notes": t}
            for i, o, c, n, t in alternates.values_list(
                "id", "alternate_id", "alternate__code", "alternate__name", "notes"
            )
        ],
        "superseded_by": _changes(changes.filter(item_id=item_id), "successor"),
        "supersedes": _changes(changes.filter(successor_id=item_id), "item"),
    }


def _changes(rows: Any, end: str) -> list[dict[str, Any]]:
    return [
        {"id": i, "item_id": o, "code": c, "name": n, "from_on": d, "notes": t}
        for i, o, c, n, d, t in rows.order_by("from_on", "id").values_list(
            "id", f"{end}_id", f"{end}__code", f"{end}__name", "from_on", "notes"
        )
    ]


def _uses(ctx: Context, item_id: UUID) -> dict[str, Any]:
    units = ItemUnit.objects.of(ctx).filter(item_id=item_id).order_by("unit")
    used = ModelPart.objects.of(ctx).filter(item_id=item_id).order_by("model__name_key")
    return {
        "units": [
            {"id": i, "version": v, "unit": u, "factor": f}
            for i, v, u, f in units.values_list("id", "version", "unit", "factor")
        ],
        "used_in": [
            {"model_id": m, "name": n, "quantity": q}
            for m, n, q in used.values_list("model_id", "model__name", "quantity")
        ],
    }
