"""IFC files as imports: looked through, applied, applied again, beside a workbook of the same building."""

import importlib.util
import os
from pathlib import Path

import pytest

from trunnion.assets.queries import handover as assets
from trunnion.attach.queries import attributes_of, references_of
from trunnion.integrations.cobie import importer
from trunnion.integrations.ifc.tests.builders import globalid, stored, tower
from trunnion.integrations.tests import builders
from trunnion.integrations.tests.builders import changes, door
from trunnion.integrations.types import ImportKind
from trunnion.kernel.database import reading

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("ifcopenshell") is None, reason="the reader of IFC files is not installed here"
)
SAMPLE = Path(os.environ.get("TRUNNION_DATA", "")) / "cobie-duplex" / "duplex-handover.ifc"


def bring(tenant, path: Path, **how):
    return importer.run(door(tenant), path, kind=ImportKind.IFC, **how)


def register(tenant):
    """The assets in all buildings by name, and how many buildings there are."""
    ctx = door(tenant)
    with reading(tenant.id):
        buildings = assets.list_buildings(ctx)
        found = {one.name: one for b in buildings for one in assets.assets_under(ctx, b.id)}
        places = {p.id: p for b in buildings for p in assets.places_under(ctx, b.id)}
    return found, places, len(buildings)


@pytest.mark.parametrize("schema", ["IFC4", "IFC2X3", "IFC4X3_ADD2"])
def test_a_model_comes_in_and_again_changes_nothing(tenant, tmp_path, schema):
    path = stored(tmp_path, tower(schema))
    dry = bring(tenant, path, dry_run=True)
    assert register(tenant)[2] == 0
    report = bring(tenant, path)
    assert report.is_applied
    assert report.sheets == dry.sheets
    assert not report.parked
    found, places, _ = register(tenant)
    assert set(found) == {"P-1", "P-2", "P-3"}
    stands = {name: places[one.location_id].name for name, one in found.items()}
    assert stands == {"P-1": "R1", "P-2": "Hall, east", "P-3": "Ground"}
    assert found["P-1"].tag == "T1"
    again = bring(tenant, path)
    assert changes(again) == (0, 0, 0)


def test_properties_quantities_and_names_are_kept(tenant, tmp_path):
    bring(tenant, stored(tmp_path, tower()))
    pump = register(tenant)[0]["P-1"]
    ctx = door(tenant)
    with reading(tenant.id):
        held = {(a.category, a.name): a for a in attributes_of(ctx, "assets.asset", pump.id)}
        named = {(r.scheme, r.object_type, r.identifier) for r in references_of(ctx, "assets.asset", pump.id)}
    head = held["Pset_PumpCommon", "Head"]
    assert (str(head.number), head.unit) == ("12.5", "m")
    assert held["Pset_PumpCommon", "Pressure"].unit == "kPa"
    assert held["Qto_PumpBaseQuantities", "Footprint"].unit == "m2"
    assert ("Pset_PumpCommon", "Label 标签") in held
    assert ("Pset_PumpCommon", "Empty") not in held
    assert ("cobie:Component", "FloorName") not in held
    assert ("cobie", "IfcPump", globalid("pump1")) in named


def cobie():
    """The workbook of the same building, under the model's GlobalIds."""
    sheets = builders.building()
    sheets["Facility"][0] |= {
        "ExternalFacilityObject": "IfcBuilding", "ExternalFacilityIdentifier": globalid("building"),
    }  # fmt: skip
    for sheet, things in (
        ("Floor", ["ground"]), ("Space", ["room", "hall"]), ("Type", ["type"]), ("Component", ["pump1", "pump2"]),
    ):  # fmt: skip
        for row, thing in zip(sheets[sheet], things, strict=True):
            row |= {"ExtSystem": "Other program", "ExtObject": "IfcThing", "ExtIdentifier": globalid(thing)}
    sheets["Component"][0] |= {"SerialNumber": "S-1"}
    return sheets


@pytest.mark.parametrize("renamed", [False, True])
@pytest.mark.parametrize("model_first", [False, True])
def test_a_model_and_a_workbook_mean_the_same_records(tenant, tmp_path, model_first, renamed):
    sheets = cobie()
    if renamed:
        # Other names throughout: only the GlobalIds say that it is the same.
        sheets["Facility"][0] |= {"Name": "Tower block", "SiteName": "Campus"}
        sheets["Component"][0] |= {"Name": "Pump one"}
        sheets["System"][0] |= {"ComponentNames": "Pump one, P-2"}
        sheets["Space"][0] |= {"Name": "Room 1"}
        sheets["Zone"][0] |= {"SpaceNames": "Room 1"}
        sheets["Component"][0] |= {"Space": "Room 1"}
        sheets["Component"][1] |= {"Space": "Hall, east"}
    path = stored(tmp_path, tower())
    steps = [lambda: bring(tenant, path), lambda: builders.bring(tenant, tmp_path, sheets)]
    first, second = reversed(steps) if not model_first else steps
    first()
    before = {one.id for one in register(tenant)[0].values()}
    assert second().is_applied
    found, places, buildings = register(tenant)
    assert buildings == 1
    assert len(found) == 3
    assert before <= {one.id for one in found.values()}
    assert sum(1 for place in places.values() if place.kind == "space") == 2
    pump = next(one for one in found.values() if one.name in ("P-1", "Pump one"))
    assert pump.serial == "S-1"
    for step in steps:
        assert changes(step()) == (0, 0, 0)


def test_what_is_not_stated_is_left_alone(tenant, tmp_path):
    builders.bring(tenant, tmp_path, cobie())
    bring(tenant, stored(tmp_path, tower()))
    pump = register(tenant)[0]["P-1"]
    assert (pump.serial, pump.tag) == ("S-1", "T1")
    assert changes(builders.bring(tenant, tmp_path, cobie())) == (0, 0, 0)


def test_a_renamed_pump_is_the_same_asset(tenant, tmp_path):
    bring(tenant, stored(tmp_path, tower()))
    pump = register(tenant)[0]["P-1"]
    report = bring(tenant, stored(tmp_path, tower(pump="P-1 new")))
    assert report.sheets["Component"].changed == 1
    assert pump.id in {one.id for one in register(tenant)[0].values()}
    assert len(register(tenant)[0]) == 3


@pytest.mark.skipif(not SAMPLE.is_file(), reason="TRUNNION_DATA names no folder with cobie-duplex")
def test_the_duplex(tenant):
    report = bring(tenant, SAMPLE)
    assert report.is_applied
    assert report.sheets["Component"].new > 200
    assert changes(bring(tenant, SAMPLE)) == (0, 0, 0)
    # Its workbook, which came by another way, means the same rooms and the same equipment.
    book = importer.run(door(tenant), SAMPLE.with_name("duplex-design.xlsx"))
    for sheet in ("Facility", "Floor", "Space", "Type", "Component"):
        assert book.sheets[sheet].new == 0
    assert changes(bring(tenant, SAMPLE)) == (0, 0, 0)
