"""Components become assets that stand in their space."""

from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta

from trunnion.assets.commands import asset_batch
from trunnion.assets.types.lines import AssetLine
from trunnion.integrations.cobie.inward.models import months_of
from trunnion.integrations.cobie.inward.work import NAME, Work, cut, day, given
from trunnion.integrations.cobie.plan import Step

PROSE = 20_000


def apply(work: Work) -> None:
    """Makes sure that the assets of the file exist and stand where it says."""
    steps = work.pending("Component")
    if not steps:
        return
    warranties = _warranties(work)
    ids = asset_batch.ensure_many(work.ctx, [_line(work, step, warranties) for step in steps]).ids
    for step, asset_id in zip(steps, ids, strict=True):
        work.became(step, asset_id)


def _line(work: Work, step: Step, warranties: dict[UUID, int]) -> AssetLine:
    row = step.row
    known = work.plan.stand.assets.get(step.subject_id) if work.plan.stand and step.subject_id else None
    model_id = work.find("Type", row.text("TypeName")) if step.has("TypeName") else None
    begins = _day(work, step, "WarrantyStartDate")
    months = warranties.get(model_id or (known.model_id if known else None) or UUID(int=0))
    return AssetLine(
        known.name if known else cut(row.text("Name") or "", NAME),
        id=step.subject_id,
        tag=given(step, "TagNumber"),
        serial=given(step, "SerialNumber"),
        barcode=given(step, "BarCode"),
        description=given(step, "Description", PROSE),
        model_id=model_id,
        location_id=_place(work, step),
        installed_on=_day(work, step, "InstallationDate"),
        warranty_from_on=begins,
        # The last day of a warranty is the one before the same day of its last year comes round.
        warranty_until_on=begins + relativedelta(months=months, days=-1) if begins and months else None,
    )


def _place(work: Work, step: Step) -> UUID | None:
    """The first of the spaces that the row names; in the building where it names none."""
    if not step.has("Space"):
        return None
    named = work.plan.names.split("Space", step.row.text("Space"))
    found = [place_id for _, place_id in named if place_id is not None]
    if not found and work.plan.workbook.is_partial:
        return work.find("Floor", step.row.extra.get("FloorName")) or work.plan.building_id
    if len(named) > 1 or not found:
        work.leave(step, "Space")
    return found[0] if found else work.plan.building_id


def _day(work: Work, step: Step, column: str) -> date | None:
    if not step.has(column):
        return None
    found = day(step.row, column)
    if found is None:
        work.leave(step, column)
    return found


def _warranties(work: Work) -> dict[UUID, int]:
    """By model: how many months its parts are warranted."""
    found: dict[UUID, int] = {}
    if work.plan.stand is not None:
        models = work.plan.stand.models.values()
        found = {model.id: model.warranty_parts_months for model in models if model.warranty_parts_months}
    for step in work.plan.steps.get("Type", ()):
        months = months_of(step.row, "WarrantyDurationParts", "WarrantyDurationUnit")
        model_id = work.find("Type", step.row.text("Name"))
        if months and model_id is not None:
            found[model_id] = months
    return found
