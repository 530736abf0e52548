"""A geometry is what RFC 7946 says, in WGS 84 and of a bearable size."""

import pytest

from trunnion.assets.rules.geojson import MOST_POSITIONS, fault_of

RING = [[0, 0], [1, 0], [1, 1], [0, 0]]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [121.5, 31.2]},
        {"type": "Point", "coordinates": [121.5, 31.2, 4.0]},
        {"type": "MultiPoint", "coordinates": [[0, 0]]},
        {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        {"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": [RING]},
        {"type": "MultiPolygon", "coordinates": [[RING], [RING]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [0, 0]}]},
        {"type": "GeometryCollection", "geometries": []},
    ],
)
def test_a_right_geometry_is_taken(geometry):
    assert fault_of(geometry) is None


@pytest.mark.parametrize(
    ("geometry", "pointer", "code"),
    [
        ({}, "/type", "geometry_type"),
        ({"type": "Circle"}, "/type", "geometry_type"),
        ("Point", "/type", "geometry_type"),
        ({"type": "Point"}, "/coordinates", "geometry_shape"),
        ({"type": "Point", "coordinates": [1]}, "/coordinates", "geometry_shape"),
        ({"type": "Point", "coordinates": ["a", 1]}, "/coordinates", "geometry_shape"),
        ({"type": "Point", "coordinates": [True, 1]}, "/coordinates", "geometry_shape"),
        ({"type": "Point", "coordinates": [31.2, 121.5]}, "/coordinates", "geometry_bounds"),
        ({"type": "Point", "coordinates": [float("nan"), 0]}, "/coordinates", "geometry_bounds"),
        ({"type": "Point", "coordinates": [float("inf"), 0]}, "/coordinates", "geometry_bounds"),
        ({"type": "LineString", "coordinates": [[0, 0]]}, "/coordinates", "geometry_few"),
        ({"type": "LineString", "coordinates": [[0, 0], [0, 95]]}, "/coordinates/1", "geometry_bounds"),
        ({"type": "Polygon", "coordinates": []}, "/coordinates", "geometry_few"),
        ({"type": "Polygon", "coordinates": [RING[:3]]}, "/coordinates/0", "geometry_few"),
        ({"type": "Polygon", "coordinates": [[*RING[:3], [2, 2]]]}, "/coordinates/0", "geometry_open"),
        ({"type": "GeometryCollection"}, "/geometries", "geometry_shape"),
        (
            {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [999, 0]}]},
            "/geometries/0/coordinates",
            "geometry_bounds",
        ),
    ],
)
def test_a_wrong_one_is_pointed_at(geometry, pointer, code):
    fault = fault_of(geometry)
    assert (fault.pointer, fault.code) == (pointer, f"assets.{code}")


def test_a_huge_one_is_refused():
    fault = fault_of({"type": "LineString", "coordinates": [[0, 0]] * (MOST_POSITIONS + 1)})
    assert fault.code == "assets.geometry_large"


def test_boxes_in_boxes_come_to_an_end():
    inner = {"type": "Point", "coordinates": [0, 0]}
    for _ in range(2000):
        inner = {"type": "GeometryCollection", "geometries": [inner]}
    assert fault_of(inner).code == "assets.geometry_shape"
