"""Geometry: whether a GeoJSON geometry (RFC 7946) is one, in WGS 84, and of a bearable size."""

from dataclasses import dataclass, field
from typing import Any

MOST_POSITIONS = 20_000
MOST_NESTING = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a geometry is wrong and why."""

    pointer: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


class _Wrong(Exception):
    def __init__(self, pointer: str, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.fault = Fault(pointer, code, facts)


def fault_of(geometry: Any) -> Fault | None:
    """The first thing that is wrong with a geometry; None where it is right."""
    try:
        _geometry(geometry, "", 0, [0])
    except _Wrong as wrong:
        return wrong.fault
    return None


def _geometry(value: Any, at: str, level: int, count: list[int]) -> None:
    known = [*_SHAPES, "GeometryCollection"]
    if not isinstance(value, dict) or value.get("type") not in known:
        raise _Wrong(f"{at}/type", "assets.geometry_type", known=known)
    if value["type"] == "GeometryCollection":
        parts = value.get("geometries")
        if not isinstance(parts, list) or level >= MOST_NESTING:
            raise _Wrong(f"{at}/geometries", "assets.geometry_shape", expected="geometries")
        for index, part in enumerate(parts):
            _geometry(part, f"{at}/geometries/{index}", level + 1, count)
        return
    _SHAPES[value["type"]](value.get("coordinates"), f"{at}/coordinates", count)


def _position(value: Any, at: str, count: list[int]) -> tuple[float, float]:
    count[0] += 1
    if count[0] > MOST_POSITIONS:
        raise _Wrong(at, "assets.geometry_large", most=MOST_POSITIONS)
    if not isinstance(value, list) or not 2 <= len(value) <= 3 or not all(_is_number(v) for v in value):
        raise _Wrong(at, "assets.geometry_shape", expected="[lon, lat]")
    # Written so that what is no number at all does not slip through either.
    if not (abs(value[0]) <= 180 and abs(value[1]) <= 90):
        raise _Wrong(at, "assets.geometry_bounds")
    return float(value[0]), float(value[1])


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _positions(value: Any, at: str, count: list[int], least: int) -> list[tuple[float, float]]:
    if not isinstance(value, list) or len(value) < least:
        raise _Wrong(at, "assets.geometry_few", least=least)
    return [_position(v, f"{at}/{i}", count) for i, v in enumerate(value)]


def _line(value: Any, at: str, count: list[int]) -> None:
    _positions(value, at, count, 2)


def _many_points(value: Any, at: str, count: list[int]) -> None:
    _positions(value, at, count, 1)


def _ring(value: Any, at: str, count: list[int]) -> None:
    found = _positions(value, at, count, 4)
    if found[0] != found[-1]:
        raise _Wrong(at, "assets.geometry_open")


def _polygon(value: Any, at: str, count: list[int]) -> None:
    _each(value, at, count, _ring)


def _each(value: Any, at: str, count: list[int], one: Any) -> None:
    if not isinstance(value, list) or not value:
        raise _Wrong(at, "assets.geometry_few", least=1)
    for index, part in enumerate(value):
        one(part, f"{at}/{index}", count)


_SHAPES: dict[str, Any] = {
    "Point": _position,
    "MultiPoint": _many_points,
    "LineString": _line,
    "MultiLineString": lambda v, at, count: _each(v, at, count, _line),
    "Polygon": _polygon,
    "MultiPolygon": lambda v, at, count: _each(v, at, count, _polygon),
}
