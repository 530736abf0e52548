"""The register as a Brick model: parsed by a second program, and made of words that Brick knows."""

import re

import rdflib

from trunnion.assets.commands import asset_batch, location, meter_batch
from trunnion.assets.types.lines import AssetLine, LocationLine, MeterLine
from trunnion.catalog.commands import model
from trunnion.catalog.types import ModelLine
from trunnion.integrations.brick import writer
from trunnion.integrations.haystack.model import words
from trunnion.integrations.tests.builders import door

BRICK = rdflib.Namespace(writer.PREFIXES["brick"])


def parsed(tenant, folder):
    path = folder / "out.ttl"
    count = writer.write(door(tenant), path)
    return rdflib.Graph().parse(path, format="turtle"), count


def iri(row_id):
    return rdflib.URIRef(f"urn:uuid:{row_id}")


def test_things_and_how_they_hang_together(tenant, tmp_path):
    from trunnion.assets.commands import location_batch

    ctx = tenant.owner
    lines = [
        LocationLine("site", "Works 'a' \"b\" \\ 水厂\n"), LocationLine("building", "B", parent_line=0),
        LocationLine("floor", "F", parent_line=1), LocationLine("space", "R", parent_line=2),
    ]  # fmt: skip
    site, building, floor, room = location_batch.ensure_many(ctx, lines).ids
    pump_type = model.ensure_many(ctx, [ModelLine("P", class_code="PU")]).ids[0]
    pump, other = asset_batch.ensure_many(
        ctx, [AssetLine("Pump", location_id=room, model_id=pump_type), AssetLine("Thing", location_id=site)]
    ).ids
    meter = meter_batch.ensure_many(ctx, [MeterLine(pump, "Energy", "counter", "kW.h")]).ids[0]
    graph, count = parsed(tenant, tmp_path)
    assert count == 7
    kinds = {one: str(kind).rpartition("#")[2] for one, kind in graph.subject_objects(rdflib.RDF.type)}
    assert [kinds[iri(i)] for i in (site, building, floor, room)] == ["Site", "Building", "Floor", "Room"]
    assert (kinds[iri(pump)], kinds[iri(other)]) == ("Pump", "Equipment")
    assert kinds[iri(meter)] == "Electric_Energy_Sensor"
    assert (iri(room), BRICK.isPartOf, iri(floor)) in graph
    assert (iri(pump), BRICK.hasLocation, iri(room)) in graph
    assert (iri(meter), BRICK.isPointOf, iri(pump)) in graph
    assert str(graph.value(iri(site), rdflib.RDFS.label)) == "Works 'a' \"b\" \\ 水厂"


def test_an_empty_register_is_a_model_too(tenant, other, tmp_path):
    location.create(other.owner, kind="site", name="Not yours")
    graph, count = parsed(tenant, tmp_path)
    assert (count, len(graph)) == (0, 0)


def test_the_mapping_is_sound():
    for sort, listed in words().items():
        assert sort == "place" or "fallback" in listed
        for code, word in listed.items():
            assert re.fullmatch(r"[A-Z][A-Za-z0-9_]*", word.brick), code
            assert word.tags
            assert {"site", "space", "equip", "point"} & set(word.tags)
    from trunnion.kernel.quantity import is_unit

    assert [code for code in words()["point"] if code != "fallback" and not is_unit(code)] == []
