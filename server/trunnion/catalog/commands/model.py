"""Verbs on equipment models; each carries its item along."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.catalog.events import ModelArchived, ModelCreated
from trunnion.catalog.models import EquipmentClass, Item, Model
from trunnion.catalog.states import MODEL
from trunnion.catalog.types import ItemKind, Mobility, ModelLine, Months, TrackedBy
from trunnion.identity.queries import get_organisation
from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Amount, Code, Currency, Line, Name, Prose
from trunnion.kernel.numbers import series_of
from trunnion.kernel.policies import refer, take
from trunnion.kernel.sorting import sort_key
from trunnion.kernel.unit import about, emit
from trunnion.parties.queries import find_parties
from trunnion.parties.types import PartyCard

from .item import STANDING_LAST, check_code, free_codes

SERIES = series_of("M", Model.kind, "code", Item.kind)
STEP = 500
_REFERENCES = {
    "manufacturer_id": "parties.party", "warranty_parts_by_id": "parties.party",
    "warranty_labour_by_id": "parties.party", "equipment_class_id": EquipmentClass.kind,
}  # fmt: skip
Lines = Annotated[list[ModelLine], Field(max_length=100_000)]
Ids = Annotated[list[UUID], Field(max_length=1000)]


@command("catalog.model.create")
def create(
    ctx: Context, name: Name, code: Code | None = None, manufacturer_id: UUID | None = None, model_number: Line = "",
    equipment_class_id: UUID | None = None, mobility: Mobility | None = None, description: Prose = "",
    expected_life_months: Months | None = None, warranty_parts_months: Months | None = None,
    warranty_labour_months: Months | None = None, warranty_parts_by_id: UUID | None = None,
    warranty_labour_by_id: UUID | None = None, warranty_terms: Prose = "", replacement_cost: Amount | None = None,
    replacement_currency: Currency | None = None, kind: ItemKind = ItemKind.PRODUCT,
) -> Done:  # fmt: skip
    """Adds an equipment model; a cost without a currency is in the organisation's."""
    if code:
        check_code(ctx, code)
    code = code or free_codes(ctx, SERIES, 1)[0]
    item = Item(code=code, name=name, item_kind=kind, tracked_by=TrackedBy.SERIAL, is_model=True)
    item.save()
    model = Model(
        item=item, code=code, name=name, manufacturer_id=manufacturer_id, model_number=model_number,
        equipment_class_id=equipment_class_id, mobility=mobility or "", description=description,
        expected_life_months=expected_life_months, warranty_parts_months=warranty_parts_months,
        warranty_labour_months=warranty_labour_months, warranty_parts_by_id=warranty_parts_by_id,
        warranty_labour_by_id=warranty_labour_by_id, warranty_terms=warranty_terms,
        replacement_cost=replacement_cost, replacement_currency=_currency(ctx, replacement_cost, replacement_currency),
    )  # fmt: skip
    _check_references(ctx, model)
    model.found_by = found_by(ctx, model, item)
    model.save()
    about(Model.kind, model.id)
    emit(ModelCreated(model_id=model.id, item_id=item.id, code=code, name=name))
    return Done(model.id, model.version)


@command("catalog.model.edit")
def edit(
    ctx: Context, model_id: UUID, name: Name = UNSET, manufacturer_id: UUID | None = UNSET,
    model_number: Line = UNSET, equipment_class_id: UUID | None = UNSET, mobility: Mobility | None = UNSET,
    description: Prose = UNSET, expected_life_months: Months | None = UNSET,
    warranty_parts_months: Months | None = UNSET, warranty_labour_months: Months | None = UNSET,
    warranty_parts_by_id: UUID | None = UNSET, warranty_labour_by_id: UUID | None = UNSET,
    warranty_terms: Prose = UNSET, replacement_cost: Amount | None = UNSET, replacement_currency: Currency = UNSET,
) -> Done:  # fmt: skip
    """Changes a model's plain facts; what is not given stays."""
    model = take(ctx, Model, model_id)
    MODEL.target("edit", model.state)
    changes = given(
        name=name, manufacturer_id=manufacturer_id, model_number=model_number, equipment_class_id=equipment_class_id,
        mobility=mobility, description=description, expected_life_months=expected_life_months,
        warranty_parts_months=warranty_parts_months, warranty_labour_months=warranty_labour_months,
        warranty_parts_by_id=warranty_parts_by_id, warranty_labour_by_id=warranty_labour_by_id,
        warranty_terms=warranty_terms, replacement_cost=replacement_cost, replacement_currency=replacement_currency,
    )  # fmt: skip
    for field, value in changes.items():
        setattr(model, field, "" if value is None and field == "mobility" else value)
    model.replacement_currency = _currency(ctx, model.replacement_cost, model.replacement_currency)
    _check_references(ctx, model, set(changes))
    _save(ctx, model)
    return Done(model.id, model.version)


@command("catalog.model.archive")
def archive(ctx: Context, model_id: UUID) -> Done:
    """Takes a model out of choice; assets of it stay what they are."""
    model = take(ctx, Model, model_id)
    model.state = MODEL.target("archive", model.state)
    _save(ctx, model)
    emit(ModelArchived(model_id=model.id))
    return Done(model.id, model.version)


@command("catalog.model.restore")
def restore(ctx: Context, model_id: UUID) -> Done:
    """Puts an archived model back into choice."""
    model = take(ctx, Model, model_id)
    model.state = MODEL.target("restore", model.state)
    _save(ctx, model)
    return Done(model.id, model.version)


@command("catalog.model.ensure_many")
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that models exist: each is found by its id, else by its name; what a line leaves out stays."""
    known, classes = _known(ctx, lines), _classes(ctx, lines)
    models, items = Tally(), Tally()
    for index, line in enumerate(lines):
        key: Any = line.id or ((line.name, index) if line.is_new else line.name)
        if key not in known:
            if line.id:
                raise Invalid.field(f"/lines/{index}/id", "reference_unknown", kind=Model.kind)
            item = Item(
                code=line.code or "", item_kind=ItemKind.PRODUCT, tracked_by=TrackedBy.SERIAL, is_model=True
            )
            known[key] = (Model(item=item, code=line.code or ""), item)
        model, item = known[key]
        # A line that says a merged model's name means the one that stays, which keeps its own.
        name = line.name if line.id else model.name or line.name
        models.put(model, {**_facts(line, classes, f"/lines/{index}"), "name": name})
        items.put(item, {"name": name})
    fresh = [pair for pair in known.values() if pair[0].id in models.made]
    _finish(ctx, [*fresh, *(pair for pair in known.values() if pair[0].id in models.changed)])
    items.write()
    models.write()
    for model, item in fresh:
        emit(ModelCreated(model_id=model.id, item_id=item.id, code=model.code, name=model.name))
    return models.ensured()


@command("catalog.model.refresh")
def refresh(ctx: Context, manufacturer_ids: Ids) -> None:
    """Lets manufacturers' models be found by the names that they have now."""
    parties = find_parties(ctx, set(manufacturer_ids))
    rows = Model.objects.of(ctx).filter(manufacturer_id__in=manufacturer_ids, merged_into=None)
    for model in rows.select_related("item"):
        words = _words(parties, model, model.item)
        if model.found_by != words:
            model.found_by = words
            model.save()


def found_by(ctx: Context, model: Model, item: Item) -> str:
    """The words beyond its own by which a model is found: its manufacturer, the aliases of its item."""
    parties = find_parties(ctx, {model.manufacturer_id}) if model.manufacturer_id else {}
    return _words(parties, model, item)


def _words(parties: dict[UUID, PartyCard], model: Model, item: Item) -> str:
    party = parties.get(model.manufacturer_id) if model.manufacturer_id else None
    return "\n".join(part for part in (party.name if party else "", item.found_by) if part)


def _check_references(ctx: Context, model: Model, only: set[str] | None = None) -> None:
    for field, kind in _REFERENCES.items():
        if only is None or field in only:
            refer(ctx, kind, getattr(model, field), f"/{field}")


def _save(ctx: Context, model: Model) -> None:
    item = Item.objects.of(ctx).get(id=model.item_id)
    item.name, item.state = model.name, model.state
    item.save()
    model.found_by = found_by(ctx, model, item)
    model.save()


def _currency(ctx: Context, cost: Any, currency: str | None) -> str:
    if cost is None:
        return ""
    return currency or get_organisation(ctx.organisation_id).currency


def _facts(line: ModelLine, classes: dict[str, UUID], pointer: str) -> dict[str, Any]:
    facts = {
        "name": line.name, "manufacturer_id": line.manufacturer_id, "model_number": line.model_number,
        "mobility": line.mobility, "description": line.description,
        "expected_life_months": line.expected_life_months, "warranty_parts_months": line.warranty_parts_months,
        "warranty_labour_months": line.warranty_labour_months, "warranty_parts_by_id": line.warranty_parts_by_id,
        "warranty_labour_by_id": line.warranty_labour_by_id, "warranty_terms": line.warranty_terms,
        "replacement_cost": line.replacement_cost, "replacement_currency": line.replacement_currency,
    }  # fmt: skip
    if line.class_code is not None:
        if line.class_code not in classes:
            raise Invalid.field(f"{pointer}/class_code", "class_unknown", code=line.class_code)
        facts["equipment_class_id"] = classes[line.class_code]
    return {name: value for name, value in facts.items() if value is not None}


def _finish(ctx: Context, touched: list[tuple[Model, Item]]) -> None:
    """Gives models the codes and currencies that they lack, and the words by which they are found."""
    codeless = [pair for pair in touched if not pair[0].code]
    for (model, item), code in zip(codeless, free_codes(ctx, SERIES, len(codeless)), strict=True):
        model.code = item.code = code
    parties = find_parties(ctx, {m.manufacturer_id for m, _ in touched if m.manufacturer_id})
    for model, item in touched:
        model.found_by = _words(parties, model, item)
        model.replacement_currency = _currency(ctx, model.replacement_cost, model.replacement_currency)


def _known(ctx: Context, lines: list[ModelLine]) -> dict[Any, tuple[Model, Item]]:
    # What was merged is found by its name still, and means the one that it went into.
    rows, found = Model.objects.of(ctx).select_related("item", "merged_into__item"), {}
    names = list({line.name for line in lines if not line.id and not line.is_new})
    for i in range(0, len(names), STEP):
        keys = [sort_key(name) for name in names[i : i + STEP]]
        # Where two models share a name, the older one is meant.
        alike = rows.filter(name_key__in=keys).order_by(*STANDING_LAST)
        found.update({m.name: (one, one.item) for m in alike for one in (m.merged_into or m,)})
    ids = list({line.id for line in lines if line.id})
    for i in range(0, len(ids), STEP):
        found.update({m.id: (m, m.item) for m in rows.filter(id__in=ids[i : i + STEP])})
    return found


def _classes(ctx: Context, lines: list[ModelLine]) -> dict[str, UUID]:
    codes = {line.class_code for line in lines if line.class_code}
    return dict(EquipmentClass.objects.of(ctx).filter(code__in=codes).values_list("code", "id"))
