"""GeoJSON in and out: what is read, what is refused, and that a round trip changes nothing."""

import json

import pytest
import shapely.geometry

from trunnion.assets.commands import asset_batch, location
from trunnion.assets.types.lines import AssetLine
from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.commands import undo
from trunnion.integrations.drafts.tests.builders import bring, counts, register
from trunnion.integrations.geojson import shape, writer
from trunnion.integrations.models import ImportRun
from trunnion.integrations.tests.builders import door
from trunnion.kernel.database import reading
from trunnion.kernel.words import say

CLOCKWISE = [[8, 47], [8, 48], [9, 48], [9, 47], [8, 47]]


def feature(properties, geometry=None, **more):
    return {"type": "Feature", "properties": properties, "geometry": geometry, **more}


def of(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def line(*places):
    return {"type": "LineString", "coordinates": [list(place) for place in places]}


def network():
    """A site with a pipe along a route, a hydrant at it, and a pump."""
    return of(
        feature({"name": "Works 水厂", "location_kind": "site", "Owner": "City", "Built": 1987},
                {"type": "Polygon", "coordinates": [CLOCKWISE]}, id="w1"),
        feature({"name": "Main 1", "route": "R-7", "from_measure": 0, "to_measure": 125.5, "measure_unit": "m",
                 "parent_id": "w1"}, line((8.1, 47.1), (8.2, 47.2)), id=7),
        feature({"name": "Hydrant 3", "parent_id": "7", "code": "H3"}, point(8.15, 47.15), id="h3"),
        feature({"kind": "asset", "name": "Pump", "serial": "S1", "location_id": "w1"}, None, id="p1"),
        feature({"kind": "asset", "name": "Lone pump", "tag": "T9"}, point(8.3, 47.3), id="p2"),
    )  # fmt: skip


def written(tenant, folder):
    path = folder / "out.geojson"
    writer.write(door(tenant), path)
    return json.loads(path.read_text())


def test_a_network_comes_in_and_again_changes_nothing(tenant, tmp_path):
    dry = bring(tenant, tmp_path, network(), dry_run=True)
    assert register(tenant)[0] == {}
    report = bring(tenant, tmp_path, network())
    assert report.is_applied
    assert counts(report) == counts(dry) == {"location": (4, 0, 0, 0), "asset": (2, 0, 0, 0)}
    places, assets, _ = register(tenant)
    main, hydrant = places["Main 1"], places["Hydrant 3"]
    assert (main.kind, main.route, str(main.to_measure)) == ("linear_segment", "R-7", "125.5")
    assert (hydrant.kind, hydrant.parent_id, float(hydrant.lon)) == ("outdoor_point", main.id, 8.15)
    assert assets["Pump"].location_id == places["Works 水厂"].id
    assert float(assets["Lone pump"].lon) == 8.3
    assert counts(bring(tenant, tmp_path, network())) == {"location": (0, 0, 4, 0), "asset": (0, 0, 2, 0)}


def test_a_round_trip_changes_nothing_and_keeps_what_came_in(tenant, tmp_path):
    bring(tenant, tmp_path, network())
    out = written(tenant, tmp_path)
    assert "crs" not in out
    assert len(out["features"]) == 6
    works = next(f for f in out["features"] if f["properties"]["name"] == "Works 水厂")
    assert (works["properties"]["Owner"], works["properties"]["Built"]) == ("City", "1987")
    for one in out["features"]:
        if one["geometry"]:
            found = shapely.geometry.shape(one["geometry"])
            assert found.is_valid
            assert found.geom_type != "Polygon" or found.exterior.is_ccw
    assert counts(bring(tenant, tmp_path, out)) == {"location": (0, 0, 4, 0), "asset": (0, 0, 2, 0)}


def test_places_made_here_go_out_and_come_back(tenant, tmp_path):
    ctx = tenant.owner
    for more in (
        {"geometry": {"type": "Polygon", "coordinates": [CLOCKWISE]}},
        {"geometry": point(8.5, 47.5)},
        {"lon": "8.403653123", "lat": "49.00687", "original_crs": "EPSG:31467"},
        {"lon": "8.4", "lat": "49", "geometry": line((8, 47), (9, 48))},
        {},
    ):
        location.create(ctx, kind="site", name=f"Site {len(more)} {sorted(more)} {more}"[:150], **more)
    assert counts(bring(tenant, tmp_path, written(tenant, tmp_path))) == {"location": (0, 0, 5, 0)}


def test_only_what_the_file_changes_is_written(tenant, tmp_path):
    bring(tenant, tmp_path, network())
    out = written(tenant, tmp_path)
    hydrant = next(f for f in out["features"] if f["properties"]["name"] == "Hydrant 3")
    hydrant["geometry"]["coordinates"] = [8.16, 47.16]
    hydrant["properties"]["Colour"] = "red"
    assert counts(bring(tenant, tmp_path, out)) == {"location": (0, 1, 3, 0), "asset": (0, 0, 2, 0)}
    assert float(register(tenant)[0]["Hydrant 3"].lat) == 47.16


def test_bad_features_are_set_aside_and_the_others_applied(tenant, tmp_path):
    bad = of(
        feature({"name": "Good"}, point(1, 2), id="a"),
        feature({"name": "Same id"}, point(1, 2), id="a"),
        feature({"colour": "red"}, point(1, 2), id="b"),
        feature({"name": "Far"}, point(1, 95), id="c"),
        feature({"name": "Open"}, {"type": "Polygon", "coordinates": [[*CLOCKWISE[:-1], [0, 0]]]}, id="d"),
        feature({"name": "Past"}, line((179, 0), (181, 0)), id="e"),
        feature({"name": "Odd", "location_kind": "castle"}, None, id="f"),
        feature({"name": "Lost", "parent_id": "nowhere"}, point(1, 2), id="g"),
        feature({"name": "Gone"}, point(1, 2), id="01a20106-ce6a-7000-967d-a0d07b224eac"),
        feature({"name": "Back", "route": "R", "from_measure": 9, "to_measure": 3}, None, id="h"),
        {"type": "Nothing"}, None, feature({"name": "X"}, {"type": "Point", "coordinates": "no"}, id="i"),
        feature({"name": "Y"}, {"type": "LineString", "coordinates": [[{}, 1], [None, 2]]}, id="j"),
    )  # fmt: skip
    report = bring(tenant, tmp_path, bad)
    assert report.is_applied
    assert counts(report) == {"location": (1, 0, 0, 13)}
    codes = {f.row: f.code for f in report.findings if f.severity == "error"}
    assert codes[2] == "drafts.twice"
    assert (codes[3], codes[6], codes[7]) == (
        "geojson.no_name",
        "geojson.antimeridian",
        "geojson.no_such_kind",
    )
    assert codes[8] == codes[9] == "drafts.unknown"
    for one in report.findings:
        for language in ("en", "zh-CN"):
            assert not say(f"refusal.{one.code}", language, **one.facts).startswith("refusal.")
    assert set(register(tenant)[0]) == {"Good"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("not json", "geojson.not_json"),
        ("[" * 100_000, "geojson.not_json"),
        ('{"type":"Topology"}', "geojson.not_features"),
        ("[1]", "geojson.not_features"),
        (of(crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "geojson.other_system"),
        (of(crs={"type": "link"}), "geojson.other_system"),
    ],
)
def test_what_is_no_geojson_is_refused(tenant, tmp_path, body, code):
    with pytest.raises(WorkbookRefused) as refused:
        bring(tenant, tmp_path, body)
    assert refused.value.finding.code == code
    assert register(tenant) == ({}, {}, {})


def test_wgs_84_may_be_named(tenant, tmp_path):
    for name in ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"):
        body = of(feature({"name": "A"}, point(1, 2)), crs={"type": "name", "properties": {"name": name}})
        assert not bring(tenant, tmp_path, body, dry_run=True).parked


def test_an_import_can_be_undone(tenant, tmp_path):
    bring(tenant, tmp_path, network())
    ctx = tenant.owner
    with reading(tenant.id):
        run = ImportRun.objects.of(ctx).get()
    undo.undo(ctx, import_id=run.id)
    assert register(tenant) == ({}, {}, {})
    with reading(tenant.id):
        assert ImportRun.objects.of(ctx).get().state == "undone"


def test_a_stranger_sees_and_changes_nothing(tenant, other, tmp_path):
    bring(tenant, tmp_path, network())
    out = written(tenant, tmp_path)
    report = bring(other, tmp_path, out)
    assert counts(report)["location"] == (0, 0, 0, 4)
    assert written(other, tmp_path)["features"] == []


def test_rings_are_wound_and_boxes_meet():
    polygon = {
        "type": "Polygon",
        "coordinates": [CLOCKWISE, [[8.2, 47.2], [8.4, 47.2], [8.4, 47.4], [8.2, 47.2]]],
    }
    found = shape.wound(polygon)
    assert found["coordinates"][0] == CLOCKWISE[::-1]
    assert shape.wound(found) == found
    assert shape.meets(polygon, ((8.9, 47.9, 20, 50),))
    assert not shape.meets(polygon, ((10, 47, 20, 50),))


def test_an_asset_stays_where_it_is(tenant, tmp_path):
    ctx = tenant.owner
    site = location.create(ctx, kind="site", name="S", lon="1", lat="2").id
    asset_batch.ensure_many(ctx, [AssetLine("Fan", location_id=site)])
    out = written(tenant, tmp_path)
    fan = next(f for f in out["features"] if f["properties"]["kind"] == "asset")
    assert fan["geometry"] == point(1, 2)
    fan["geometry"] = point(3, 4)
    assert counts(bring(tenant, tmp_path, out))["asset"] == (0, 0, 1, 0)
