"""OGC API - Features: its links lead where they say, pages are whole, and nothing shows that may not be seen."""

import pytest
import shapely.geometry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trunnion.assets.commands import asset_batch, location_batch
from trunnion.assets.types.lines import AssetLine, LocationLine

ROOT = "/api/integrations/ogc"
ITEMS = f"{ROOT}/collections/locations/items"


@pytest.fixture
def places(tenant):
    """A site with twelve hydrants on a line, a segment past them, and a pump at the first."""
    lines = [LocationLine("site", "Works")]
    lines += [
        LocationLine("outdoor_point", f"H{n}", parent_line=0, lon=str(n * 10 - 60), lat="47")
        for n in range(12)
    ]
    shape = {"type": "LineString", "coordinates": [[0, 50], [10, 51]]}
    lines.append(LocationLine("linear_segment", "Main", parent_line=0, geometry=shape, route="R"))
    ids = location_batch.ensure_many(tenant.owner, lines).ids
    asset_batch.ensure_many(tenant.owner, [AssetLine("Pump", location_id=ids[1])])
    return ids


def link(body, rel):
    return next((one["href"] for one in body["links"] if one["rel"] == rel), None)


def names(body):
    return [one["properties"]["name"] for one in body["features"]]


def test_every_link_leads_somewhere(tenant, places):
    client = tenant.client()
    todo, seen = [ROOT], {}
    while todo:
        address = todo.pop()
        path = address.replace("http://testserver", "")
        if path in seen:
            continue
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.content)
        body = seen[path] = answer.json()
        found = [*body.get("links", ()), *(one for c in body.get("collections", ()) for one in c["links"])]
        todo += [one["href"] for one in found]
        if answer.headers["Content-Type"] == "application/geo+json" and "features" in body:
            todo += [f"{path.partition('?')[0]}/{one['id']}" for one in body["features"]]
            for one in body["features"]:
                assert one["geometry"] is None or shapely.geometry.shape(one["geometry"]).is_valid
    assert set(seen) > {f"{ROOT}/conformance", f"{ROOT}/api", f"{ROOT}/collections/assets"}
    declared = seen[f"{ROOT}/conformance"]["conformsTo"]
    assert {one.rsplit("/", 1)[1] for one in declared} == {"core", "geojson", "oas30"}
    described = seen[f"{ROOT}/api"]
    assert described["openapi"].startswith("3.0")
    assert set(described["paths"]) >= {"/conformance", "/collections/{collection}/items"}


def test_pages_are_whole_and_each_is_one_query(tenant, places):
    client = tenant.client()
    address, found = f"{ITEMS}?limit=5", []
    sizes = []
    while address:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            body = client.get(address.replace("http://testserver", "")).json()
        read = [q for q in queries.captured_queries if '"assets_location"' in q["sql"]]
        assert len(read) == 1
        sizes.append(body["numberReturned"])
        found += [one["id"] for one in body["features"]]
        address = link(body, "next")
    assert sizes == [5, 5, 4]
    assert len(found) == len(set(found)) == 14


def test_a_box_and_a_time_narrow_it(tenant, places):
    client = tenant.client()

    def asked(collection="locations", **query):
        answer = client.get(f"{ROOT}/collections/{collection}/items", query)
        assert answer.status_code == 200, answer.content
        return names(answer.json())

    assert asked(bbox="-60,40,-50,48") == ["H0", "H1"]
    assert asked(bbox="5,50.5,20,60") == ["Main"]
    assert asked(bbox="-60,40,0,-50,48,9") == ["H0", "H1"]
    assert asked(bbox="45,46,-55,48") == ["H0", "H11"]
    assert asked("segments") == ["Main"]
    assert asked("assets", bbox="-61,46,-59,48") == ["Pump"]
    assert asked(datetime="2001-01-01T00:00:00Z/2002-01-01T00:00:00Z") == []
    assert len(asked(datetime="2001-01-01T00:00:00+00:00/..")) == 14
    assert len(asked(limit="100000")) == 14


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3", "bbox=a,b,c,d", "bbox=0,50,10,40", "bbox=nan,0,1,1", "bbox=-181,0,1,1", "limit=0", "limit=-1",
        "limit=x", "limit=²", "datetime=yesterday", "datetime=../..",
        "datetime=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z",
        "datetime=2026-01-01", "cursor=no", "colour=red", "f=html",
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(tenant, query):
    answer = tenant.client().get(f"{ITEMS}?{query}")
    assert answer.status_code == 400
    body = answer.json()
    assert (body["code"], body["facts"]["name"]) == ("ogc.bad_parameter", query.split("=")[0])
    assert query.split("=")[0] in body["title"]


def test_what_is_not_there_is_not_found(tenant, other, places):
    client = tenant.client()
    assert client.get(f"{ROOT}/collections/secrets").status_code == 404
    assert client.get(f"{ROOT}/collections/secrets/items").status_code == 404
    assert client.get(f"{ITEMS}/no-id").status_code == 404
    assert client.get(f"{ITEMS}/{places[1]}").json()["properties"]["name"] == "H0"
    assert client.get(f"{ROOT}/collections/segments/items/{places[1]}").status_code == 404
    stranger = other.client()
    assert stranger.get(f"{ITEMS}/{places[1]}").status_code == 404
    assert stranger.get(ITEMS).json()["features"] == []


def test_nobody_reads_without_a_right(tenant, client, places):
    assert client.get(ROOT).status_code == 401
    who = tenant.person("accountant")
    reader = tenant.client(tenant.membership_of(who).user.email)
    may = who.may("assets.location.read")
    assert reader.get(ROOT).status_code == (200 if may else 403)
    assert reader.get(ITEMS).status_code == (200 if may else 403)
