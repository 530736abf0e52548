"""What rows become: the records in the rooms that own them, with types, units, names of other systems, relations."""

from datetime import date
from decimal import Decimal

import pytest

from trunnion.assets.queries import handover as assets
from trunnion.attach.queries import attributes_of, find_by_reference, references_of
from trunnion.catalog.queries import find_models
from trunnion.catalog.queries import handover as catalog
from trunnion.integrations.tests.builders import bring, building, door, full
from trunnion.kernel import history
from trunnion.kernel.database import reading
from trunnion.parties.queries import find_by_name

SOURCE = "S / Tower"


@pytest.fixture
def tower(tenant, tmp_path):
    ctx = door(tenant)
    bring(tenant, tmp_path, full())
    with reading(tenant.id):
        yield ctx


def found(ctx, sheet, name):
    return find_by_reference(ctx, "cobie.name", SOURCE, sheet, name).row_id


def test_places_stand_in_each_other(tower):
    house = assets.list_buildings(tower)[0]
    places = assets.places_under(tower, house.id)
    site = assets.find_places(tower, [house.parent_id])[house.parent_id]
    assert (site.kind, site.name, house.name) == ("site", "S", "Tower")
    assert [(p.kind, p.name) for p in places[1:]] == [
        ("floor", "Ground"), ("space", "R1"), ("space", "Hall, east"),
    ]  # fmt: skip
    assert places[2].code == "R-001"
    zone = assets.find_zones(tower, [found(tower, "Zone", "Z | Fire")]).popitem()[1]
    assert (zone.name, zone.category, zone.member_ids) == ("Z", "Fire", [places[2].id])


def test_a_type_is_a_model_with_maker_life_warranty_and_class(tower):
    model_id = found(tower, "Type", "Pump type")
    facts = catalog.whole_models(tower, [model_id])[model_id]
    card = find_models(tower, {model_id})[model_id]
    assert (facts.warranty_parts_months, facts.warranty_labour_months, facts.expected_life_months) == (
        24,
        12,
        180,
    )
    assert (facts.replacement_cost, facts.replacement_currency) == (Decimal("1234.5"), "EUR")
    assert (card.class_code, card.mobility, card.manufacturer_name) == ("PU", "fixed", "Acme")
    assert set(find_by_name(tower, "Acme").roles) == {"manufacturer", "supplier"}
    length = next(a for a in attributes_of(tower, "catalog.model", model_id) if a.name == "NominalLength")
    assert (length.category, length.number, length.unit, length.unit_text) == (
        "cobie:Type", Decimal("0.4"), "m", "meters",
    )  # fmt: skip
    part = catalog.spare_lists(tower, [model_id])[0]
    spare = catalog.whole_items(tower, [part.item_id])[part.item_id]
    assert (spare.name, spare.specification, part.set_number, len(spare.supplier_ids)) == (
        "Seal 密封",
        "S-77",
        "1",
        1,
    )
    job = next(a for a in attributes_of(tower, "catalog.model", model_id) if a.category == "cobie:Job")
    assert (job.name, job.text) == ("Check", "Check the seal")
    assert "Frequency: 3" in job.description


def test_a_component_is_an_asset_that_stands_in_its_space(tower):
    asset_id = found(tower, "Component", "P-1")
    facts = assets.find_assets(tower, [asset_id])[asset_id]
    assert (facts.serial, facts.tag, facts.barcode) == ("007", "T1", "693")
    assert (facts.installed_on, facts.warranty_from_on) == (date(2025, 3, 1), date(2025, 3, 1))
    assert facts.model_id == found(tower, "Type", "Pump type")
    assert facts.location_id == found(tower, "Space", "R1")
    second = assets.find_assets(tower, [found(tower, "Component", "P-2")]).popitem()[1]
    assert second.location_id == found(tower, "Space", "Hall, east")
    named = {
        (r.scheme, r.system, r.object_type, r.identifier)
        for r in references_of(tower, "assets.asset", asset_id)
    }
    assert named == {("cobie.name", SOURCE, "Component", "P-1"), ("cobie", "CAD", "IfcPump", "guid-p1")}
    relations = {
        (r.kind, r.source_id, r.target_id) for r in assets.relations_among(tower, [asset_id, second.id])
    }
    assert relations == {("part_of", second.id, asset_id), ("feeds", asset_id, second.id)}
    system = assets.find_systems(tower, [found(tower, "System", "Water | Supply")]).popitem()[1]
    assert set(system.member_ids) == {asset_id, second.id}


def test_attributes_are_typed_and_bear_their_unit(tower):
    asset_id = found(tower, "Component", "P-1")
    cards = {(a.category, a.name): a for a in attributes_of(tower, "assets.asset", asset_id)}
    head = cards["As built", "Head"]
    assert (head.value_type, head.number, head.unit, head.text) == ("number", Decimal("12.25"), "m", "12.25")
    assert head.stated_by == "ann@example.org"
    assert (cards["As built", "Head (2)"].value_type, cards["As built", "Head (2)"].text) == ("text", "12 m")
    assert cards["As built", "Painted"].boolean is True
    assert cards["As built", "Tested"].on == date(2025, 2, 28)
    assert cards["cobie:Component", "AssetIdentifier"].text == "AI-9"
    assert cards["cobie:Component", "Colour code"].text == "RAL 5012"
    assert cards["cobie:Impact", "Energy"].unit == "MJ"
    assert cards["cobie:Document", "Manual"].text == "pump.pdf"
    assert cards["cobie:Coordinate", "Point"].text == "1, 2, 0"
    assert cards["cobie:Issue", "Noise"].text == "Loud"


def test_identifiers_of_the_authoring_system_lead_to_site_and_building(tower):
    house = assets.list_buildings(tower)[0]
    assert find_by_reference(tower, "cobie", "CAD", "IfcBuilding", "guid-b").row_id == house.id
    assert find_by_reference(tower, "cobie", "CAD", "IfcSite", "guid-s").row_id == house.parent_id


def test_the_journal_holds_one_batch_for_each_kind_below_one_verb(tower):
    entries = history.list_entries(tower, limit=200)["rows"]
    verbs = [entry["verb"] for entry in entries]
    assert verbs.count("integrations.cobie.apply") == 1
    for batch in ("assets.asset.ensure_many", "catalog.model.ensure_many", "attach.attribute.set_many"):
        assert verbs.count(batch) == 1
    assert "assets.asset.create" not in verbs
    assert history.verify(tower)["fault"] is None


def test_two_buildings_share_a_model_unless_its_maker_contradicts(tenant, tmp_path):
    ctx = door(tenant)
    for name, number in (("Tower", "M1"), ("Annex", "M1"), ("Shed", "other")):
        sheets = building()
        sheets["Facility"][0]["Name"] = name
        sheets["Type"][0]["ModelNumber"] = number
        sheets["Type"][0]["Description"] = f"as in {name}"
        bring(tenant, tmp_path, sheets)
    with reading(tenant.id):
        models = [
            find_by_reference(ctx, "cobie.name", f"S / {name}", "Type", "Pump type").row_id
            for name in ("Tower", "Annex", "Shed")
        ]
        assert models[0] == models[1] != models[2]
        facts = catalog.whole_models(ctx, models)
        assert [facts[i].description for i in models] == ["as in Tower", "as in Tower", "as in Shed"]
        assert len(assets.list_buildings(ctx)) == 3
        rooms = [
            find_by_reference(ctx, "cobie.name", f"S / {n}", "Space", "R1").row_id for n in ("Tower", "Annex")
        ]
        assert rooms[0] != rooms[1]


def test_another_organisation_sees_nothing_of_it(tower, other):
    ctx = door(other)
    with reading(other.id):
        assert assets.list_buildings(ctx) == []
        assert find_by_reference(ctx, "cobie.name", SOURCE, "Component", "P-1") is None
