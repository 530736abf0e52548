"""Who sees what: a part of the tree, a customer's own machines, another organisation's nothing."""

import pytest

from trunnion.assets.commands import asset, interval, life, location, meter, reading
from trunnion.assets.models import (
    Asset,
    AssetMove,
    Installation,
    Location,
    Meter,
    MeterReading,
    Position,
    QrCode,
    StateInterval,
)
from trunnion.assets.queries import get_asset_card
from trunnion.assets.queries.assets import get_asset, list_duplicates
from trunnion.assets.queries.file import get_file
from trunnion.assets.queries.places import list_children
from trunnion.assets.tests.builders import (
    building,
    customer,
    hour_counter,
    pump,
    pump_position,
    room,
    site,
)
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible
from trunnion.kernel.policies import KINDS, visible


class World:
    """Two sites with a machine each, fully recorded; the second is used by a customer."""

    def __init__(self, tenant):
        ctx = tenant.owner
        self.sites = [site(ctx, "North"), site(ctx, "South")]
        self.rooms = [room(ctx, building(ctx, s)) for s in self.sites]
        self.positions = [pump_position(ctx, r, f"P-{i}") for i, r in enumerate(self.rooms)]
        self.party = customer(ctx)
        self.pumps = [
            pump(ctx, "Pump N", position_id=self.positions[0], serial="S1", price=9, currency="EUR"),
            pump(ctx, "Pump S", position_id=self.positions[1], serial="S1", user_party_id=self.party),
        ]
        for made in self.pumps:
            counter = hour_counter(ctx, made)
            reading.record(ctx, meter_id=counter, value=5)
            interval.begin(ctx, asset_id=made, state="running")


@pytest.fixture
def world(tenant):
    return World(tenant)


def of_site(tenant, site_id, role="planner"):
    return tenant.person(role, scopes=[{"by": "location", "target_id": site_id}])


OF_ASSET = (AssetMove, Installation, Meter, StateInterval, QrCode)


def test_a_part_of_the_tree_is_all_there_is(tenant, world):
    ctx = of_site(tenant, world.sites[0])
    assert [a.name for a in visible(ctx, Asset)] == ["Pump N"]
    assert {row.id for row in visible(ctx, Location)} >= {world.sites[0], world.rooms[0]}
    assert not visible(ctx, Location).filter(id__in=[world.sites[1], world.rooms[1]]).exists()
    assert [p.id for p in visible(ctx, Position)] == [world.positions[0]]
    for model in OF_ASSET:
        assert {row.asset_id for row in visible(ctx, model)} == {world.pumps[0]}
    assert visible(ctx, MeterReading).count() == 1
    with pytest.raises(NotVisible):
        get_asset_card(ctx, world.pumps[1])
    assert [r["name"] for r in list_duplicates(ctx, serial="s1")["rows"]] == ["Pump N"]


def test_the_tree_of_a_narrowed_person_begins_at_their_part(tenant, world):
    ctx = of_site(tenant, world.rooms[0])
    assert [r["id"] for r in list_children(ctx)["rows"]] == [world.rooms[0]]
    (north, south) = list_children(tenant.owner)["rows"]
    assert (north["name"], north["child_count"], north["asset_count"], south["asset_count"]) == (
        "North",
        1,
        1,
        1,
    )


def test_a_narrowed_person_works_in_their_part_only(tenant, world):
    ctx = of_site(tenant, world.sites[0])
    made = pump(ctx, location_id=world.rooms[0])
    for refused in (
        lambda: pump(ctx, location_id=world.rooms[1]),
        lambda: pump(ctx),
        lambda: site(ctx, "East"),
        lambda: location.move(ctx, location_id=world.rooms[0], parent_id=world.sites[1]),
        lambda: location.move(ctx, location_id=world.rooms[0]),
        lambda: meter.create(ctx, asset_id=world.pumps[1], name="M", kind="gauge", unit="Cel"),
    ):
        with pytest.raises(Invalid):
            refused()
    with pytest.raises(NotVisible):
        life.lay_idle(ctx, asset_id=world.pumps[1])
    life.lay_idle(ctx, asset_id=made)


def test_a_part_that_moves_away_takes_its_sight_along(tenant, world):
    ctx = of_site(tenant, world.sites[0])
    location.move(tenant.owner, location_id=world.rooms[1], parent_id=world.sites[0])
    assert sorted(a.name for a in visible(ctx, Asset)) == ["Pump N", "Pump S"]


def test_a_customer_sees_their_own_machines_without_prices(tenant, world):
    scopes = [{"by": "customer", "target_id": world.party}]
    ctx = tenant.person("customer_user", scopes=scopes)
    assert [a.name for a in visible(ctx, Asset)] == ["Pump S"]
    assert [row.id for row in visible(ctx, Location)] == [world.rooms[1]]
    assert [row.id for row in visible(ctx, Position)] == [world.positions[1]]
    assert {row.asset_id for row in visible(ctx, Meter)} == {world.pumps[1]}
    assert "price" not in get_asset(ctx, world.pumps[1])
    found = get_file(ctx, world.pumps[1])
    assert (found["code"], set(found["sections"])) == (
        None, {"installations", "parts", "documents", "comments"},
    )  # fmt: skip
    with pytest.raises(NotVisible):
        get_asset(ctx, world.pumps[0])
    with pytest.raises(NotGranted):
        asset.edit(ctx, asset_id=world.pumps[1], name="Mine")


def test_a_customer_without_a_party_sees_nothing(tenant, world):
    ctx = tenant.person("customer_user")
    assert not visible(ctx, Asset).exists()
    assert not visible(ctx, Location).exists()


def test_another_organisation_sees_nothing_of_it(tenant, other, world):
    assert world.pumps
    for kind, model in KINDS.items():
        if kind.startswith("assets."):
            assert visible(tenant.owner, model).exists() or kind in EMPTY, kind
            assert not visible(other.owner, model).exists(), kind


EMPTY = {
    "assets.relation", "assets.group", "assets.group_member", "assets.location_group",
    "assets.location_group_member", "assets.criticality", "assets.condition", "assets.criticality_matrix",
    "assets.condition_scale", "assets.lifecycle_document", "assets.lifecycle_document_line", "assets.acceptance_point",
    "assets.defect",
    "assets.idle_rule", "assets.idle_finding", "assets.certificate_kind", "assets.certificate_requirement",
    "assets.certificate", "assets.deadline_notice",
}  # fmt: skip
