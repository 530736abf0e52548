"""Project Haystack grids in and out: places, equipment and points with their references."""

import json
import os
from pathlib import Path

import pytest

from trunnion.attach.queries import attributes_of, find_by_reference
from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.drafts.tests.builders import bring, counts, register
from trunnion.integrations.haystack import writer
from trunnion.integrations.tests.builders import door
from trunnion.integrations.types import ImportKind
from trunnion.kernel.database import reading
from trunnion.kernel.words import say

SAMPLE = Path(os.environ.get("TRUNNION_DATA", "")) / "haystack-carytown" / "carytown.json"
H = ImportKind.HAYSTACK


def old(**tags):
    """A record as version 3 writes it."""
    return {name: "m:" if value is True else value for name, value in tags.items()}


def building():
    rows = [
        old(id="r:s1 HQ", site=True, dis="HQ 总部", tz="New_York", geoCoord="c:37.5,-77.4", area="n:3149 ft²"),
        old(id="r:f1", floor=True, space=True, dis="Level 1", siteRef="r:s1"),
        old(id="r:r1", room=True, space=True, dis="101", siteRef="r:s1", spaceRef="r:f1"),
        old(id="r:e1 HQ AHU-1", equip=True, ahu=True, hvac=True, navName="AHU-1", siteRef="r:s1", spaceRef="r:f1"),
        old(id="r:e2", equip=True, meter=True, elec=True, dis="Main meter", siteRef="r:s1"),
        old(id="r:p1", point=True, sensor=True, temp=True, kind="Number", unit="°F", navName="ZoneTemp",
            equipRef="r:e1", siteRef="r:s1", curVal="n:70 °F"),
        old(id="r:p2", point=True, energy=True, kind="Number", unit="kWh", navName="kWh", equipRef="r:e2"),
        old(id="r:p3", point=True, cmd=True, kind="Bool", navName="Fan", equipRef="r:e1", enum="off,on"),
        old(id="r:w1", weather=True, dis="Weather"),
    ]  # fmt: skip
    return {"meta": {"ver": "3.0"}, "cols": [], "rows": rows}


def sent(tenant, folder, write=writer.hayson):
    path = folder / "out"
    write(door(tenant), path)
    return path.read_text()


def test_a_building_comes_in_and_again_changes_nothing(tenant, tmp_path):
    report = bring(tenant, tmp_path, building(), H)
    assert report.is_applied
    assert counts(report) == {"location": (3, 0, 0, 0), "asset": (2, 0, 0, 0), "meter": (2, 0, 0, 0)}
    assert {f.code for f in report.findings} == {"haystack.points_kept", "haystack.other_records"}
    places, assets, meters = register(tenant)
    assert (places["HQ 总部"].zone, float(places["HQ 总部"].lat)) == ("America/New_York", 37.5)
    assert places["101"].parent_id == places["Level 1"].id
    assert assets["AHU-1"].location_id == places["Level 1"].id
    assert (meters["kWh"].kind, meters["kWh"].unit) == ("counter", "kW.h")
    assert (meters["ZoneTemp"].kind, meters["ZoneTemp"].unit) == ("gauge", "[degF]")
    assert meters["ZoneTemp"].asset_id == assets["AHU-1"].id
    ctx = door(tenant)
    with reading(tenant.id):
        held = {a.name: a.text for a in attributes_of(ctx, "assets.asset", assets["AHU-1"].id)}
        named = find_by_reference(ctx, "haystack", "", "asset", "e1")
    assert held["tags"] == "equip ahu hvac"
    assert "kind=Bool" in held["point Fan"]
    assert named is not None
    again = bring(tenant, tmp_path, building(), H)
    assert counts(again) == {"location": (0, 0, 3, 0), "asset": (0, 0, 2, 0), "meter": (0, 0, 2, 0)}


def test_what_goes_out_comes_back_unchanged(tenant, tmp_path):
    bring(tenant, tmp_path, building(), H)
    grid = json.loads(sent(tenant, tmp_path))
    rows = {row["id"]["val"]: row for row in grid["rows"]}
    assert set(rows) == {"s1", "f1", "r1", "e1", "e2", "p1", "p2"}
    assert rows["e1"]["ahu"] == {"_kind": "marker"}
    assert rows["e1"]["spaceRef"]["val"] == "f1"
    assert rows["p1"]["equipRef"]["val"] == "e1"
    assert (rows["p1"]["unit"], rows["p2"]["unit"], rows["s1"]["tz"]) == ("°F", "kWh", "New_York")
    assert rows["s1"]["area"] == {"_kind": "number", "val": 3149.0, "unit": "ft²"}
    assert set(grid["cols"][0]) == {"name"}
    back = bring(tenant, tmp_path, grid, H)
    assert {name: found[0] for name, found in counts(back).items()} == {"location": 0, "asset": 0, "meter": 0}
    assert {name: found[3] for name, found in counts(back).items()} == {"location": 0, "asset": 0, "meter": 0}
    assert sum(len(held) for held in register(tenant)) == 7


def test_zinc_has_a_line_for_each_record(tenant, tmp_path):
    bring(tenant, tmp_path, building(), H)
    lines = sent(tenant, tmp_path, writer.zinc).splitlines()
    assert lines[0] == 'ver:"3.0"'
    assert lines[1].startswith("id,dis,")
    assert len(lines) == 9
    assert any(line.startswith('@s1 "HQ 总部","HQ 总部",M') and "C(37.5,-77.4)" in line for line in lines)


def test_a_register_of_our_own_speaks_haystack(tenant, tmp_path):
    from trunnion.assets.commands import asset_batch, location
    from trunnion.assets.types.lines import AssetLine

    site = location.create(tenant.owner, kind="site", name='Say "$5"\n').id
    asset_batch.ensure_many(tenant.owner, [AssetLine("Fan", location_id=site)])
    grid = json.loads(sent(tenant, tmp_path))
    fan = next(row for row in grid["rows"] if row["dis"] == "Fan")
    assert fan["equip"] == {"_kind": "marker"}
    assert fan["siteRef"]["val"] == str(site)
    assert '"Say \\"\\$5\\""' in sent(tenant, tmp_path, writer.zinc)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('ver:"3.0"\nid\n@a', "haystack.not_json"),
        ({"cols": []}, "haystack.not_a_grid"),
        ({"rows": [1]}, "haystack.not_a_grid"),
        ({"rows": [{"id": "r:a", "weather": "m:"}]}, "haystack.nothing"),
    ],
)
def test_what_is_no_grid_is_refused(tenant, tmp_path, body, code):
    with pytest.raises(WorkbookRefused) as refused:
        bring(tenant, tmp_path, body, H)
    finding = refused.value.finding
    assert finding.code == code
    assert not say(f"refusal.{code}", "zh-CN", **finding.facts).startswith("refusal.")


def test_records_that_hang_on_nothing_are_set_aside(tenant, tmp_path):
    body = building()
    body["rows"] += [
        old(id="r:p9", point=True, kind="Number", unit="kW", navName="Lost", equipRef="r:none"),
        old(id="r:e9", equip=True, dis="Homeless", siteRef="r:none"), old(site=True, dis="Nameless"),
    ]  # fmt: skip
    report = bring(tenant, tmp_path, body, H)
    assert report.is_applied
    assert {name: found[3] for name, found in counts(report).items()} == {
        "location": 1,
        "asset": 1,
        "meter": 1,
    }


@pytest.mark.skipif(not SAMPLE.is_file(), reason="TRUNNION_DATA names no folder with haystack-carytown")
def test_carytown(tenant, tmp_path):
    text = SAMPLE.read_text()
    report = bring(tenant, tmp_path, text, H)
    assert report.is_applied
    assert not report.parked
    found = counts(report)
    assert (found["location"][0], found["asset"][0]) == (1, 4)
    places, assets, meters = register(tenant)
    assert places["Carytown"].zone == "America/New_York"
    assert {"RTU-1", "ElecMeter-Main", "Main Lights", "Misc"} == set(assets)
    assert {"ZoneTemp", "kW", "kWh"} <= set(meters)
    again = counts(bring(tenant, tmp_path, text, H))
    assert all(one[0] == one[1] == one[3] == 0 for one in again.values())
