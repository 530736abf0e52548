"""Verbs on assessments: criticality by the matrix, condition by the scale in force; always dated, never bare."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from trunnion.assets.events import AssetAssessed, PositionAssessed
from trunnion.assets.models import (
    Asset,
    ConditionAssessment,
    ConditionScale,
    CriticalityAssessment,
    CriticalityMatrix,
    Position,
)
from trunnion.assets.rules.matrix import Unscored, level_of
from trunnion.assets.types.kinds import Condition, Criticality
from trunnion.assets.types.lines import Label
from trunnion.attach.queries import get_file
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Day, Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

# The version of a class that was stated, not found by a matrix.
STATED = "0"


@command("assets.asset.assess")
def assess(
    ctx: Context, asset_id: UUID, scores: dict[str, int] | None = None, level: Criticality | None = None,
    assessed_on: Day | None = None, remark: Line = "",
) -> Done:  # fmt: skip
    """Records a criticality assessment: scores by the matrix in force, or a class that is simply stated."""
    row = take(ctx, Asset, asset_id)
    found = _assess(ctx, row, scores, level, assessed_on, remark)
    emit(AssetAssessed(asset_id=row.id, assessment_id=found.id, what="criticality", level=found.level))
    return Done(found.id, found.version)


@command("assets.position.assess")
def assess_position(
    ctx: Context, position_id: UUID, scores: dict[str, int] | None = None, level: Criticality | None = None,
    assessed_on: Day | None = None, remark: Line = "",
) -> Done:  # fmt: skip
    """Records how critical a role is, whatever fills it: scores by the matrix in force, or a class that is stated."""
    row = take(ctx, Position, position_id)
    found = _assess(ctx, row, scores, level, assessed_on, remark)
    emit(PositionAssessed(position_id=row.id, assessment_id=found.id, level=found.level))
    return Done(found.id, found.version)


def _assess(
    ctx: Context, row: Asset | Position, scores: dict[str, int] | None, level: Criticality | None,
    assessed_on: date | None, remark: str,
) -> CriticalityAssessment:  # fmt: skip
    day = day_or_today(ctx, assessed_on)
    facts: dict[str, Any] = {"matrix_version": STATED, "level": level or ""}
    if scores is not None:
        facts = _by_matrix(ctx, scores)
        if level is not None and level != facts["level"]:
            raise Invalid.field("/level", "assets.level_follows", level=facts["level"])
    elif level is None:
        raise Invalid.field("/scores", "field.missing")
    found = CriticalityAssessment(
        **_of(row), assessed_on=day, remark=remark, actor_id=ctx.actor_id, actor_name=ctx.actor_name, **facts
    )
    found.save()
    rows = CriticalityAssessment.objects.of(ctx).filter(**_of(row)).order_by("-assessed_on", "-id")
    # An older one that is entered late changes nothing of what is shown.
    row.criticality = rows.values_list("level", flat=True).first() or ""
    row.save()
    return found


def _of(row: Asset | Position) -> dict[str, UUID]:
    return {"asset_id" if isinstance(row, Asset) else "position_id": row.id}


def _by_matrix(ctx: Context, scores: dict[str, int]) -> dict[str, Any]:
    matrix = CriticalityMatrix.objects.of(ctx).filter(is_current=True).first()
    if matrix is None:
        raise Invalid.field("/scores", "assets.no_matrix")
    try:
        result, level = level_of(matrix.axes, matrix.combine, matrix.bands, scores)
    except Unscored as fault:
        raise Invalid.field(f"/scores/{fault.axis}", fault.code, **fault.facts) from None
    return {
        "matrix": matrix, "matrix_version": str(matrix.number), "level": level, "scores": scores, "result": result,
    }  # fmt: skip


@command("assets.asset.assess_condition")
def assess_condition(
    ctx: Context, asset_id: UUID, level: Label = "", condition: Condition | None = None,
    assessed_on: Day | None = None, remark: Line = "", file_id: UUID | None = None,
) -> Done:  # fmt: skip
    """Records in what condition an asset was found: a class of the scale in force, or a common class."""
    row = take(ctx, Asset, asset_id)
    day = day_or_today(ctx, assessed_on)
    if file_id is not None:
        get_file(ctx, file_id)
    scale, common = _by_scale(ctx, level, condition)
    found = ConditionAssessment(
        asset=row, assessed_on=day, scale=scale, level=level, condition=common, remark=remark, file_id=file_id,
        actor_id=ctx.actor_id, actor_name=ctx.actor_name,
    )  # fmt: skip
    found.save()
    _show_condition(ctx, row)
    row.save()
    emit(AssetAssessed(asset_id=row.id, assessment_id=found.id, what="condition", level=level or common))
    return Done(found.id, found.version)


def _by_scale(ctx: Context, level: str, condition: Condition | None) -> tuple[ConditionScale | None, str]:
    if not level:
        if condition is None:
            raise Invalid.field("/level", "field.missing")
        return None, condition
    scale = ConditionScale.objects.of(ctx).filter(is_current=True).first()
    known = {one["key"]: one["condition"] for one in scale.levels} if scale is not None else {}
    if level not in known:
        raise Invalid.field("/level", "assets.level_unknown", known=sorted(known))
    if condition is not None and condition != known[level]:
        raise Invalid.field("/condition", "assets.level_follows", level=known[level])
    return scale, known[level]


def day_or_today(ctx: Context, day: date | None, pointer: str = "/assessed_on") -> date:
    """The day given, or today; refuses one that is still to come."""
    found = day or clock.today(ctx.zone)
    # Somewhere on earth it may be tomorrow already.
    if found > clock.today("UTC") + timedelta(days=1):
        raise Invalid.field(pointer, "assets.in_future", now=clock.now().isoformat())
    return found


def _show_condition(ctx: Context, row: Asset) -> None:
    rows = ConditionAssessment.objects.of(ctx).filter(asset_id=row.id).order_by("-assessed_on", "-id")
    row.condition = rows.values_list("condition", flat=True).first() or ""


def state_classes(ctx: Context, rows: list[Asset], facts: list[dict[str, Any]]) -> None:
    """Dated assessments of what was stated with the assets themselves, when they were registered or edited."""
    today = clock.today(ctx.zone)
    who = {"assessed_on": today, "actor_id": ctx.actor_id, "actor_name": ctx.actor_name}
    both = list(zip(rows, facts, strict=True))
    CriticalityAssessment.objects.bulk_create([
        CriticalityAssessment(asset=row, level=stated["criticality"] or "", matrix_version=STATED, **who)
        for row, stated in both
        if "criticality" in stated
    ])  # fmt: skip
    ConditionAssessment.objects.bulk_create([
        ConditionAssessment(asset=row, condition=stated["condition"] or "", **who)
        for row, stated in both
        if "condition" in stated
    ])  # fmt: skip


def state_criticality(ctx: Context, rows: Iterable[Position]) -> None:
    """Dated assessments of what was stated with the positions themselves, when they were added or edited."""
    who = {"assessed_on": clock.today(ctx.zone), "actor_id": ctx.actor_id, "actor_name": ctx.actor_name}
    CriticalityAssessment.objects.bulk_create([
        CriticalityAssessment(position=row, level=row.criticality, matrix_version=STATED, **who) for row in rows
    ])  # fmt: skip
