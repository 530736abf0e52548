"""Types become models of the catalog: shared with what is known already, unless the maker or the number contradicts."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from trunnion.catalog.commands import model
from trunnion.catalog.queries import class_of_category, handover, list_classes
from trunnion.catalog.types import Mobility, ModelLine
from trunnion.integrations.cobie import units
from trunnion.integrations.cobie.inward.parties import party_of
from trunnion.integrations.cobie.inward.work import NAME, Work, cut, given, number, text
from trunnion.integrations.cobie.plan import Step
from trunnion.integrations.cobie.types import Row

PROSE = 20_000
MOST_MONTHS = 1200
_MONTHS = {"a": 12, "mo": 1}
_MOBILITY = {"fixed": Mobility.FIXED, "moveable": Mobility.MOVABLE, "movable": Mobility.MOVABLE}


def apply(work: Work) -> None:
    """Makes sure that the models of the file exist."""
    steps = work.pending("Type")
    if not steps:
        return
    fresh = {cut(step.row.text("Name") or "", NAME) for step in steps if step.subject_id is None}
    named = handover.models_named(work.ctx, fresh)
    classes = {one.code for one in list_classes(work.ctx)}
    lines = [_line(work, step, named, classes) for step in steps]
    ids = model.ensure_many(work.ctx, lines).ids
    for step, model_id in zip(steps, ids, strict=True):
        work.became(step, model_id)


def months_of(row: Row, column: str, unit_column: str) -> int | None:
    """A duration in whole months; nothing for what is no such duration."""
    count, factor = row.number_of(column), _MONTHS.get(units.ucum_of(row.text(unit_column) or "") or "")
    if count is None or factor is None or not count.is_finite() or abs(count) > MOST_MONTHS:
        return None
    found = count * factor
    return int(found) if found == found.to_integral_value() and 0 <= found <= MOST_MONTHS else None


def _line(work: Work, step: Step, named: dict[str, handover.ModelFacts], classes: set[str]) -> ModelLine:
    if step.subject_id is not None:
        known = work.plan.stand.models.get(step.subject_id) if work.plan.stand else None
        name = known.name if known else cut(step.row.text("Name") or "", NAME)
        return ModelLine(name, id=step.subject_id, **_facts(work, step, classes))
    name = cut(step.row.text("Name") or "", NAME)
    facts = _facts(work, step, classes)
    twin = named.get(name)
    if twin is None or _contradicts(twin, facts) or twin.id in work.plan.known.values():
        return ModelLine(name, is_new=True, **facts)
    # What is known of a model already stays: another building told it.
    blanks = {field: value for field, value in facts.items() if not getattr(twin, field, "known")}
    return ModelLine(name, id=twin.id, **blanks)


def _contradicts(twin: handover.ModelFacts, facts: dict[str, Any]) -> bool:
    return any(
        getattr(twin, field) and facts.get(field) and getattr(twin, field) != facts[field]
        for field in ("manufacturer_id", "model_number")
    )


def _facts(work: Work, step: Step, classes: set[str]) -> dict[str, Any]:
    row = step.row
    code = class_of_category(row.text("Category") or "") if step.has("Category") else None
    facts: dict[str, Any] = {
        "model_number": given(step, "ModelNumber"), "description": given(step, "Description", PROSE),
        "warranty_terms": given(step, "WarrantyDescription", PROSE),
        "class_code": code if code in classes else None,
        "mobility": _MOBILITY.get(text(row, "AssetType").casefold()) if step.has("AssetType") else None,
        "manufacturer_id": _party(work, step, "Manufacturer"),
        "warranty_parts_by_id": _party(work, step, "WarrantyGuarantorParts"),
        "warranty_labour_by_id": _party(work, step, "WarrantyGuarantorLabor"),
        "warranty_parts_months": _months(work, step, "WarrantyDurationParts", "WarrantyDurationUnit"),
        "warranty_labour_months": _months(work, step, "WarrantyDurationLabor", "WarrantyDurationUnit"),
        "expected_life_months": _months(work, step, "ExpectedLife", "DurationUnit"),
        **_cost(work, step),
    }  # fmt: skip
    if step.has("AssetType") and facts["mobility"] is None:
        work.leave(step, "AssetType")
    return {field: value for field, value in facts.items() if value is not None and value != ""} | _emptied(
        step, facts
    )


def _emptied(step: Step, facts: dict[str, Any]) -> dict[str, Any]:
    """Of a model that is known, texts that were taken out of the file are taken out here as well."""
    return {} if step.subject_id is None else {field: value for field, value in facts.items() if value == ""}


def _party(work: Work, step: Step, column: str) -> UUID | None:
    if not step.has(column):
        return None
    found = party_of(work, step.row.text(column))
    if found is None:
        work.leave(step, column)
    return found


def _months(work: Work, step: Step, column: str, unit_column: str) -> int | None:
    if not step.has(column, unit_column):
        return None
    found = months_of(step.row, column, unit_column)
    if found is None:
        work.leave(step, column)
        if text(step.row, column):
            work.leave(step, unit_column)
    return found


def _cost(work: Work, step: Step) -> dict[str, Any]:
    if not step.has("ReplacementCost"):
        return {}
    found = number(step.row, "ReplacementCost")
    if found is None or found < 0 or not _fits(found):
        work.leave(step, "ReplacementCost")
        return {}
    currency = work.currency
    return {"replacement_cost": found, **({"replacement_currency": currency} if currency else {})}


def _fits(found: Decimal) -> bool:
    return found == found.quantize(Decimal("0.000001"))
