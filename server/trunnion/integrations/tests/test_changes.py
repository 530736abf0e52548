"""Files that come again: what they changed is written, what people changed here stays, names change on both sides."""

import pytest

from trunnion.assets.commands import asset, group, location, placing, relation
from trunnion.assets.queries import handover as assets
from trunnion.assets.tests import builders as rooms
from trunnion.attach.commands import attribute
from trunnion.attach.queries import attributes_of, find_by_reference
from trunnion.attach.types import AttributeLine
from trunnion.catalog.commands import model
from trunnion.integrations.cobie import importer
from trunnion.integrations.tests.builders import bring, building, changes, door, every_cell, full, sent
from trunnion.kernel.database import reading


@pytest.fixture
def tower(tenant, tmp_path):
    bring(tenant, tmp_path, full())
    return door(tenant)


def found(ctx, sheet, name):
    with reading(ctx.organisation_id):
        return find_by_reference(ctx, "cobie.name", "S / Tower", sheet, name).row_id


def thing(ctx, name="P-1"):
    asset_id = found(ctx, "Component", name)
    with reading(ctx.organisation_id):
        return assets.find_assets(ctx, [asset_id])[asset_id]


def row(workbook, sheet, name):
    return next(r for r in workbook.sheets[sheet] if r.text(workbook_key(sheet)) == name)


def workbook_key(sheet):
    return "Email" if sheet == "Contact" else "Name"


def test_only_what_the_file_changed_is_written(tower, tenant, tmp_path):
    asset.edit(tower, asset_id=thing(tower).id, description="said here", serial="here")
    sheets = full()
    sheets["Component"][0]["Description"] = "said there"
    report = bring(tenant, tmp_path, sheets)
    assert changes(report) == (0, 1, 0)
    assert (thing(tower).description, thing(tower).serial) == ("said there", "here")
    assert changes(bring(tenant, tmp_path, sheets)) == (0, 0, 0)


def test_a_renamed_asset_is_found_again(tower, tenant, tmp_path):
    asset.edit(tower, asset_id=thing(tower).id, name="Main pump")
    sheets = full()
    sheets["Component"][0]["SerialNumber"] = "008"
    assert changes(bring(tenant, tmp_path, sheets)) == (0, 1, 0)
    with reading(tenant.id):
        assert len(assets.assets_under(tower, assets.list_buildings(tower)[0].id)) == 2
    assert (thing(tower).name, thing(tower).serial) == ("Main pump", "008")


def test_an_export_tells_of_renamed_things_by_their_new_names(tower, tenant, tmp_path):
    asset.edit(tower, asset_id=thing(tower).id, name="Main pump")
    location.edit(tower, location_id=found(tower, "Space", "R1"), name="Boiler room")
    model.edit(tower, model_id=found(tower, "Type", "Pump type"), name="CR 10")
    out = sent(tenant, tmp_path)
    pump = row(out, "Component", "Main pump")
    assert (pump.text("Space"), pump.text("TypeName"), pump.text("SerialNumber")) == (
        "Boiler room",
        "CR 10",
        "007",
    )
    assert row(out, "Space", "Boiler room").text("RoomTag") == "R-001"
    assert [r.text("ComponentNames") for r in out.sheets["System"]] == ["Main pump, P-2"]
    assert [r.text("SpaceNames") for r in out.sheets["Zone"]] == ["Boiler room"]
    assert {r.text("RowName") for r in out.sheets["Attribute"]} == {"CR 10", "Main pump"}
    assert [r.text("ParentName") for r in out.sheets["Assembly"]] == ["Main pump"]
    assert [r.text("TypeName") for r in out.sheets["Job"]] == ["CR 10"]
    (tmp_path / "out.xlsx").rename(tmp_path / "own.xlsx")
    assert changes(importer.run(tower, tmp_path / "own.xlsx")) == (0, 0, 0)


def test_an_export_that_was_edited_comes_back_to_the_same_records(tower, tenant, tmp_path):
    before = thing(tower).id
    asset.edit(tower, asset_id=before, name="Main pump")
    sheets = {
        sheet: [{**r.cells, **r.extra} for r in rows]
        for sheet, rows in sent(tenant, tmp_path).sheets.items()
        if rows
    }
    next(r for r in sheets["Component"] if r["Name"] == "Main pump")["SerialNumber"] = "009"
    assert changes(bring(tenant, tmp_path, sheets)) == (0, 1, 0)
    assert found(tower, "Component", "Main pump") == before
    assert changes(bring(tenant, tmp_path, sheets)) == (0, 0, 0)
    assert [r.text("Name") for r in sent(tenant, tmp_path).sheets["Component"]] == ["P-2", "Main pump"]


def test_moved_assets_and_left_members_are_told(tower, tenant, tmp_path):
    first, second = thing(tower).id, thing(tower, "P-2").id
    placing.move(tower, asset_id=first, location_id=found(tower, "Space", "Hall, east"))
    group.drop(tower, group_id=found(tower, "System", "Water | Supply"), asset_ids=[second])
    with reading(tenant.id):
        gone = next(r for r in assets.relations_among(tower, [first, second]) if r.kind == "part_of")
    relation.remove(tower, relation_id=gone.id)
    out = sent(tenant, tmp_path)
    assert row(out, "Component", "P-1").text("Space") == "Hall, east"
    assert [r.text("ComponentNames") for r in out.sheets["System"]] == ["P-1"]
    assert out.sheets["Assembly"] == ()
    assert len(out.sheets["Connection"]) == 1


def test_an_edited_or_removed_attribute_is_told(tower, tenant, tmp_path):
    asset_id = thing(tower).id
    attribute.set_many(
        tower, lines=[AttributeLine("assets.asset", asset_id, "Head", text="13", category="As built")]
    )
    with reading(tenant.id):
        gone = next(a for a in attributes_of(tower, "assets.asset", asset_id) if a.name == "Painted")
    attribute.remove(tower, attribute_id=gone.id)
    told = {(r.text("Name"), r.text("Value")) for r in sent(tenant, tmp_path).sheets["Attribute"]}
    assert told == {("Head", "12.5"), ("Head", "13"), ("Head", "12 m"), ("Tested", "2025-02-28")}
    sheets = full()
    sheets["Attribute"][2]["Unit"] = "feet"
    assert changes(bring(tenant, tmp_path, sheets)) == (0, 1, 0)
    with reading(tenant.id):
        head = next(a for a in attributes_of(tower, "assets.asset", asset_id) if a.name == "Head (2)")
    assert (head.text, head.unit_text) == ("12 m", "feet")


def test_what_was_made_here_goes_out_and_is_known_when_it_comes_back(tower, tenant, other, tmp_path):
    with reading(tenant.id):
        house = assets.list_buildings(tower)[0]
    level = rooms.floor(tower, house.id, "Roof")
    room = rooms.room(tower, level, "R1")
    fan = rooms.pump(tower, name="P-1", location_id=room, serial="F1")
    group.create(tower, name="Air", category="Supply")
    relation.create(tower, kind="isolates", source_id=fan, target_id=thing(tower).id)
    attribute.set_many(
        tower, lines=[AttributeLine("assets.asset", fan, "Colour", text="red", category="Mine")]
    )
    out = sent(tenant, tmp_path)
    assert [r.text("Name") for r in out.sheets["Component"]] == ["P-1", "P-2", "P-1 (2)"]
    assert row(out, "Space", "R1 (2)").text("FloorName") == "Roof"
    assert row(out, "Component", "P-1 (2)").text("Space") == "R1 (2)"
    assert [r.text("RowName1") for r in out.sheets["Connection"]] == ["P-1", "P-1 (2)"]
    assert row(out, "Attribute", "Colour").text("RowName") == "P-1 (2)"
    (tmp_path / "out.xlsx").rename(tmp_path / "own.xlsx")
    assert changes(importer.run(tower, tmp_path / "own.xlsx")) == (0, 0, 0)
    assert changes(importer.run(door(other), tmp_path / "own.xlsx"))[1:] == (0, 0)
    assert every_cell(sent(other, tmp_path)) == every_cell(out)


def test_a_building_of_our_own_is_met_by_its_first_file(tenant, tmp_path):
    ctx = door(tenant)
    house = rooms.building(ctx, rooms.site(ctx, "S"), "Tower")
    room = rooms.room(ctx, rooms.floor(ctx, house, "Ground"), "R1")
    pump = rooms.pump(ctx, name="P-1", location_id=room)
    bring(tenant, tmp_path, building())
    assert (found(ctx, "Space", "R1"), found(ctx, "Component", "P-1")) == (room, pump)
    with reading(tenant.id):
        assert len(assets.list_buildings(ctx)) == 1
        assert len(assets.assets_under(ctx, house)) == 2


def test_an_emptied_cell_takes_its_attribute_away(tower, tenant, tmp_path):
    sheets = full()
    sheets["Type"][0]["NominalLength"] = "n/a"
    sheets["Component"][0]["Description"] = "n/a"
    assert changes(bring(tenant, tmp_path, sheets)) == (0, 2, 0)
    with reading(tenant.id):
        cards = attributes_of(tower, "catalog.model", found(tower, "Type", "Pump type"))
    assert "NominalLength" not in {card.name for card in cards}
    assert thing(tower).description == ""
    assert row(sent(tenant, tmp_path), "Type", "Pump type").text("NominalLength") is None


def test_a_contact_who_changed_company_is_one_there(tower, tenant, tmp_path):
    sheets = full()
    sheets["Contact"][0]["Company"] = "Beta"
    assert changes(bring(tenant, tmp_path, sheets)) == (0, 1, 0)
    out = sent(tenant, tmp_path)
    assert [r.text("Company") for r in out.sheets["Contact"]] == ["Beta", "Acme"]
    assert changes(bring(tenant, tmp_path, sheets)) == (0, 0, 0)
