"""Verbs on matrices and scales: a new version is in force from now on, what was found by older ones stays."""

from typing import Annotated, Any

from pydantic import Field

from trunnion.assets.models import ConditionScale, CriticalityMatrix
from trunnion.assets.rules.matrix import lowest
from trunnion.assets.types.lines import AxisLine, BandLine, Combine, LevelLine
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Name

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
        name=name, number=_supersede(ctx, CriticalityMatrix), axes=told, combine=combine,
        bands=[{"level": str(band.level), "at_least": str(band.at_least)} for band in bands],
    )  # fmt: skip
    row.save()
    return Done(row.id, row.version)


@command("assets.condition_scale.create")
def create_scale(ctx: Context, name: Name, levels: Levels) -> Done:
    """Puts a version of the condition classes into force; each stands for a common class, by which lists compare."""
    _distinct([level.key for level in levels], "/levels")
    told = [{**_named(level), "condition": str(level.condition)} for level in levels]
    row = ConditionScale(name=name, number=_supersede(ctx, ConditionScale), levels=told)
    row.save()
    return Done(row.id, row.version)


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
