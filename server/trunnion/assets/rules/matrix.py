"""Criticality: the scores of an assessment become one figure, and the figure a class."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import prod
from typing import Any

from trunnion.assets.types.lines import Combine

Axes = Sequence[Mapping[str, Any]]
Bands = Sequence[Mapping[str, Any]]


class Unscored(Exception):
    """An axis has no score, or one that the matrix does not know: `axis` names it."""

    def __init__(self, axis: str, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.axis, self.code, self.facts = axis, code, facts


def level_of(axes: Axes, combine: str, bands: Bands, scores: Mapping[str, int]) -> tuple[Decimal, str]:
    """The figure and the class that follow from the scores; every axis must have one of its levels."""
    known = {axis["key"]: [level["score"] for level in axis["levels"]] for axis in axes}
    for key in scores:
        if key not in known:
            raise Unscored(key, "assets.axis_unknown", known=sorted(known))
    for key, possible in known.items():
        if key not in scores:
            raise Unscored(key, "field.missing")
        if scores[key] not in possible:
            raise Unscored(key, "assets.score_unknown", known=possible)
    result = combined(combine, [scores[key] for key in known])
    for band in _highest_first(bands):
        if result >= Decimal(str(band["at_least"])):
            return result, str(band["level"])
    raise Unscored("", "assets.band_missing")


def combined(combine: str, scores: Sequence[int]) -> Decimal:
    """The scores as one figure."""
    if combine == Combine.SUM:
        return Decimal(sum(scores))
    if combine == Combine.PRODUCT:
        return Decimal(prod(scores))
    return Decimal(max(scores))


def lowest(axes: Axes, combine: str) -> Decimal:
    """The smallest figure that a matrix can give."""
    return combined(combine, [min(level["score"] for level in axis["levels"]) for axis in axes])


def _highest_first(bands: Bands) -> list[Mapping[str, Any]]:
    return sorted(bands, key=lambda band: Decimal(str(band["at_least"])), reverse=True)
