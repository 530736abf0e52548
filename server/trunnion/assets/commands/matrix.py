"""Verbs on matrices and scales: a new version is in force from now on, what was found by older ones stays."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.assets.models import (
    ConditionAssessment,
    ConditionScale,
    CriticalityAssessment,
    CriticalityMatrix,
)
from trunnion.assets.rules.matrix import lowest
from trunnion.assets.types.lines import AxisLine, BandLine, Combine, LevelLine
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Name
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about

Axes = Annotated[list[AxisLine], Field(min_length=1, max_length=12)]
Bands = Annotated[list[BandLine], Field(min_length=1, max_length=3)]
Levels = Annotated[list[LevelLine], Field(min_length=2, max_length=12)]


@command("assets.criticality_matrix.create")
def create_matrix(ctx: Context, name: Name, axes: Axes, bands: Bands, combine: Combine = Combine.MAX) -> Done:
    """Puts a version of the criticality matrix into force."""
    _distinct([axis.key for axis in axes], "/axes")
    for index, axis in enumerate(axes):
        if not axis.levels:
            raise Invalid.field(f"/axes/{index}/levels", "field.missing")
        _distinct([str(level.score) for level in axis.levels], f"/axes/{index}/levels")
    _distinct([band.level for band in bands], "/bands")
    told = [
        {**_named(axis), "levels": [{**_named(level), "score": level.score} for level in axis.levels]}
        for axis in axes
    ]
    least = lowest(told, combine)
    if min(band.at_least for band in bands) > least:
        raise Invalid.field("/bands", "assets.bands_open", lowest=str(least))
    row = CriticalityMatrix(
        name=name, axes=told, combine=combine,
        bands=[{"level": str(band.level), "at_least": str(band.at_least)} for band in bands],
    )  # fmt: skip
    about(row.kind, row.id)
    row.number = _supersede(ctx, CriticalityMatrix)
    row.save()
    return Done(row.id, row.version)


@command("assets.condition_scale.create")
def create_scale(ctx: Context, name: Name, levels: Levels) -> Done:
    """Puts a version of the condition classes into force; each stands for a common class, by which lists compare."""
    _distinct([level.key for level in levels], "/levels")
    told = [{**_named(level), "condition": str(level.condition)} for level in levels]
    row = ConditionScale(name=name, levels=told)
    about(row.kind, row.id)
    row.number = _supersede(ctx, ConditionScale)
    row.save()
    return Done(row.id, row.version)


@command("assets.criticality_matrix.withdraw")
def withdraw_matrix(ctx: Context, matrix_id: UUID) -> None:
    """Takes back a version by which nothing was assessed yet; the one before it is in force again."""
    row = take(ctx, CriticalityMatrix, matrix_id)
    _withdraw(ctx, row, CriticalityAssessment.objects.of(ctx).filter(matrix_id=row.id).count())


@command("assets.condition_scale.withdraw")
def withdraw_scale(ctx: Context, scale_id: UUID) -> None:
    """Takes back a version by which nothing was assessed yet; the one before it is in force again."""
    row = take(ctx, ConditionScale, scale_id)
    _withdraw(ctx, row, ConditionAssessment.objects.of(ctx).filter(scale_id=row.id).count())


def _withdraw(ctx: Context, row: CriticalityMatrix | ConditionScale, used: int) -> None:
    if used:
        raise Refusal("assets.standard_used", count=used)
    if not row.is_current:
        raise Refusal("assets.standard_old")
    about(row.kind, row.id)
    row.delete()
    before = type(row).objects.of(ctx).order_by("-number").first()
    if before is not None:
        before.is_current = True
        before.save()


def _named(line: AxisLine | LevelLine) -> dict[str, Any]:
    return {"key": line.key, "name_en": line.name_en, "name_zh": line.name_zh}


def _distinct(keys: list[str], pointer: str) -> None:
    for index, key in enumerate(keys):
        if not key:
            raise Invalid.field(f"{pointer}/{index}/key", "field.missing")
        if key in keys[:index]:
            raise Invalid.field(f"{pointer}/{index}", "assets.key_twice", key=key)


def _supersede(ctx: Context, model: type[CriticalityMatrix] | type[ConditionScale]) -> int:
    """Takes the version in force out of it; answers the number of the next."""
    latest = model.objects.of(ctx).order_by("-number").first()
    for row in model.objects.of(ctx).filter(is_current=True):
        row.is_current = False
        row.save()
    return latest.number + 1 if latest else 1
