"""Verbs on items."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from pydantic import Field

from trunnion.catalog.events import ItemArchived, ItemCreated
from trunnion.catalog.models import Item, ItemAlias, ItemSupplier, ItemUnit, Model
from trunnion.catalog.rules import alias_key
from trunnion.catalog.states import ITEM
from trunnion.catalog.types import Criticality, Days, ItemKind, ItemLine, TrackedBy, UnitCode, ValueClass
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Code, Line, Name, Prose
from trunnion.kernel.numbers import free_numbers, series_of
from trunnion.kernel.policies import take
from trunnion.kernel.sorting import sort_key
from trunnion.kernel.unit import emit

SERIES = series_of("I", Item.kind, "code")
STEP = 500
STANDING_LAST = (F("merged_at").asc(nulls_last=True), "-id")
Lines = Annotated[list[ItemLine], Field(max_length=100_000)]


@command("catalog.item.create")
def create(
    ctx: Context, name: Name, kind: ItemKind, code: Code | None = None, specification: Line = "",
    description: Prose = "", unit: UnitCode = "{each}", tracked_by: TrackedBy = TrackedBy.NONE,
    criticality: Criticality | None = None, value_class: ValueClass | None = None, storage_conditions: Line = "",
    shelf_life_days: Days | None = None,
) -> Done:  # fmt: skip
    """Adds an item; without a code it gets the next one."""
    if code:
        check_code(ctx, code)
    item = Item(
        code=code or free_codes(ctx, SERIES, 1)[0], name=name, item_kind=kind, specification=specification,
        description=description, unit=unit, tracked_by=tracked_by, criticality=criticality or "",
        value_class=value_class or "", storage_conditions=storage_conditions, shelf_life_days=shelf_life_days,
    )  # fmt: skip
    item.save()
    emit(ItemCreated(item_id=item.id, code=item.code, name=item.name))
    return Done(item.id, item.version)


@command("catalog.item.edit")
def edit(
    ctx: Context, item_id: UUID, name: Name = UNSET, kind: ItemKind = UNSET, specification: Line = UNSET,
    description: Prose = UNSET, unit: UnitCode = UNSET, tracked_by: TrackedBy = UNSET,
    criticality: Criticality | None = UNSET, value_class: ValueClass | None = UNSET, storage_conditions: Line = UNSET,
    shelf_life_days: Days | None = UNSET,
) -> Done:  # fmt: skip
    """Changes an item's plain facts; its code stays, because labels and papers bear it."""
    item = take(ctx, Item, item_id)
    ITEM.target("edit", item.state)
    changes = given(
        name=name, item_kind=kind, specification=specification, description=description, unit=unit,
        tracked_by=tracked_by, criticality=criticality, value_class=value_class, storage_conditions=storage_conditions,
        shelf_life_days=shelf_life_days,
    )  # fmt: skip
    refuse_new_unit(ctx, item, changes.get("unit", item.unit))
    for field, value in changes.items():
        setattr(item, field, "" if value is None and field in ("criticality", "value_class") else value)
    save_with_model(ctx, item)
    return Done(item.id, item.version)


@command("catalog.item.archive")
def archive(ctx: Context, item_id: UUID) -> Done:
    """Takes an item out of choice; everything about it stays."""
    item = take(ctx, Item, item_id)
    item.state = ITEM.target("archive", item.state)
    save_with_model(ctx, item)
    emit(ItemArchived(item_id=item.id))
    return Done(item.id, item.version)


@command("catalog.item.restore")
def restore(ctx: Context, item_id: UUID) -> Done:
    """Puts an archived item back into choice."""
    item = take(ctx, Item, item_id)
    item.state = ITEM.target("restore", item.state)
    save_with_model(ctx, item)
    return Done(item.id, item.version)


@command("catalog.item.ensure_many")
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that items exist: each is found by its id, else by its code or alias, else by its name."""
    known = _known(ctx, lines)
    tally = Tally()
    for index, line in enumerate(lines):
        key: Any = line.id or line.code or (line.name,)
        if key not in known:
            if line.id:
                raise Invalid.field(f"/lines/{index}/id", "reference_unknown", kind=Item.kind)
            known[key] = Item(code=line.code or "", item_kind=ItemKind.SPARE)
        refuse_new_unit(ctx, known[key], line.unit or known[key].unit)
        tally.put(known[key], _facts(line))
    fresh = [row for row in known.values() if row.id in tally.made]
    nameless = [item for item in fresh if not item.code]
    chosen = [row.code for row in fresh if row.code]
    for item, code in zip(nameless, free_codes(ctx, SERIES, len(nameless), chosen), strict=True):
        item.code = code
    tally.write()
    for item in fresh:
        emit(ItemCreated(item_id=item.id, code=item.code, name=item.name))
    _ensure_suppliers(ctx, tally.ids, lines)
    return tally.ensured()


def free_codes(ctx: Context, series: str, count: int, besides: Iterable[str] = ()) -> list[str]:
    """The next codes of a series that nobody has chosen by hand before."""

    def taken(codes: list[str]) -> Iterable[str]:
        rows = Item.objects.of(ctx).filter(code__in=codes)
        return {*rows.values_list("code", flat=True), *besides}

    return free_numbers(ctx, series, count, taken)


def check_code(ctx: Context, code: str) -> None:
    """Refuses a code that an item or an alias has already."""
    taken = Item.objects.of(ctx).filter(code=code).values_list("name", flat=True).first()
    if taken is None:
        aliased = ItemAlias.objects.of(ctx).filter(alias_key=alias_key(code))
        taken = aliased.values_list("item__name", flat=True).first()
    if taken is not None:
        raise Invalid.field("/code", "code_taken", code=code, name=taken)


def refuse_new_unit(ctx: Context, item: Item, unit: str) -> None:
    """Refuses another unit while packs say how many of the present one they hold."""
    if unit == item.unit:
        return
    packs = list(ItemUnit.objects.of(ctx).filter(item_id=item.id).values_list("unit", flat=True))
    if packs:
        raise Invalid.field("/unit", "item_unit_in_packs", unit=item.unit, packs=sorted(packs))


def save_with_model(ctx: Context, item: Item) -> None:
    """Saves an item and keeps the facts that its model holds as well in step."""
    item.save()
    if not item.is_model:
        return
    for model in Model.objects.of(ctx).filter(item_id=item.id):
        model.code, model.name, model.state = item.code, item.name, item.state
        model.save()


def _facts(line: ItemLine) -> dict[str, Any]:
    names = ("specification", "description", "unit", "tracked_by", "criticality", "value_class",
             "storage_conditions", "shelf_life_days")  # fmt: skip
    fields = {name: name for name in names}
    stated = {f: getattr(line, n) for f, n in (fields | {"item_kind": "kind"}).items() if getattr(line, n)}
    return {"name": line.name, **stated}


def _known(ctx: Context, lines: list[ItemLine]) -> dict[Any, Item]:
    # What was merged is found by its name and code still, and means the one that it went into.
    rows = Item.objects.of(ctx).select_related("merged_into")
    found: dict[Any, Item] = {}
    names = list({line.name for line in lines if not line.id and not line.code})
    for i in range(0, len(names), STEP):
        keys = [sort_key(name) for name in names[i : i + STEP]]
        # Where two items share a name, the older one is meant.
        alike = rows.filter(name_key__in=keys, is_model=False)
        found.update({(r.name,): r.merged_into or r for r in alike.order_by(*STANDING_LAST)})
    codes = list({line.code for line in lines if line.code and not line.id})
    for i in range(0, len(codes), STEP):
        found.update({row.code: row.merged_into or row for row in rows.filter(code__in=codes[i : i + STEP])})
    found.update(_aliased(ctx, [code for code in codes if code not in found]))
    ids = list({line.id for line in lines if line.id})
    for i in range(0, len(ids), STEP):
        found.update({row.id: row for row in rows.filter(id__in=ids[i : i + STEP])})
    return found


def _aliased(ctx: Context, codes: list[str]) -> dict[str, Item]:
    keys = {alias_key(code): code for code in codes}
    found: dict[str, Item] = {}
    listed = list(keys)
    for i in range(0, len(listed), STEP):
        rows = ItemAlias.objects.of(ctx).filter(alias_key__in=listed[i : i + STEP]).select_related("item")
        found.update({keys[row.alias_key]: row.item for row in rows})
    return found


def _ensure_suppliers(ctx: Context, ids: list[UUID], lines: list[ItemLine]) -> None:
    wanted = {
        (item_id, party) for item_id, line in zip(ids, lines, strict=True) for party in line.supplier_ids
    }
    listed = list({item_id for item_id, _ in wanted})
    for i in range(0, len(listed), STEP):
        rows = ItemSupplier.objects.of(ctx).filter(item_id__in=listed[i : i + STEP])
        wanted -= set(rows.values_list("item_id", "party_id"))
    ItemSupplier.objects.bulk_create(ItemSupplier(item_id=i, party_id=p) for i, p in sorted(wanted))
