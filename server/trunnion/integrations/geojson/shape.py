"""Pure rules of geometries (RFC 7946): ring order, the box around one, what crosses the antimeridian."""

import itertools
from collections.abc import Iterator
from typing import Any

Geometry = dict[str, Any]
Box = tuple[float, float, float, float]


def wound(geometry: Geometry | None) -> Geometry | None:
    """The geometry with outer rings against the clock and holes with it, as the standard asks of a writer."""
    if geometry is None:
        return None
    kind = geometry.get("type")
    if kind == "Polygon":
        return {**geometry, "coordinates": _polygon(geometry["coordinates"])}
    if kind == "MultiPolygon":
        return {**geometry, "coordinates": [_polygon(one) for one in geometry["coordinates"]]}
    if kind == "GeometryCollection":
        return {**geometry, "geometries": [wound(one) for one in geometry["geometries"]]}
    return geometry


def _polygon(rings: list[Any]) -> list[Any]:
    return [ring if (_area(ring) >= 0) == (index == 0) else ring[::-1] for index, ring in enumerate(rings)]


def _area(ring: list[Any]) -> float:
    """Twice the area: positive where the ring runs against the clock."""
    pairs = itertools.pairwise(ring)
    return sum((a[0] * b[1]) - (b[0] * a[1]) for a, b in pairs)


def positions(value: Any) -> Iterator[list[float]]:
    """Every position of a geometry, or of its coordinates."""
    if isinstance(value, dict):
        yield from positions(value.get("coordinates", value.get("geometries", [])))
    elif isinstance(value, list) and value and isinstance(value[0], (int, float)):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from positions(part)


def box_of(geometry: Geometry) -> Box | None:
    """West, south, east, north; nothing for a geometry without positions."""
    found = list(positions(geometry))
    if not found:
        return None
    lons, lats = [p[0] for p in found], [p[1] for p in found]
    return min(lons), min(lats), max(lons), max(lats)


def meets(geometry: Geometry, boxes: tuple[Box, ...]) -> bool:
    """Whether the box around a geometry and one of these boxes have a point in common."""
    own = box_of(geometry)
    return own is not None and any(
        own[0] <= east and own[2] >= west and own[1] <= north and own[3] >= south
        for west, south, east, north in boxes
    )


def crosses(geometry: Geometry) -> bool:
    """Whether something other than a point goes past the antimeridian, which the standard wants to be cut there."""
    return geometry.get("type") not in ("Point", "MultiPoint") and any(
        abs(position[0]) > 180 for position in positions(geometry)
    )


def wrapped(geometry: Geometry) -> Geometry:
    """A point with its longitude brought between -180 and 180."""
    if geometry.get("type") != "Point":
        return geometry
    lon, *rest = geometry["coordinates"]
    return {**geometry, "coordinates": [((lon + 180) % 360) - 180 if abs(lon) > 180 else lon, *rest]}
