"""Whole buildings in and out: relations in batches, systems of one name, reads for handover formats."""

import pytest

from trunnion.assets.commands import group, relation, relation_batch
from trunnion.assets.queries import handover
from trunnion.assets.tests import builders
from trunnion.assets.types.kinds import RelationKind
from trunnion.assets.types.lines import GroupLine, RelationLine
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid


@pytest.fixture
def house(tenant):
    ctx = tenant.owner
    building = builders.building(ctx, builders.site(ctx))
    room = builders.room(ctx, builders.floor(ctx, building))
    pumps = [builders.pump(ctx, name=f"Pump {n}", location_id=room) for n in range(3)]
    return ctx, building, room, pumps


def parts(*pairs):
    return [RelationLine(RelationKind.PART_OF, source, target) for source, target in pairs]


def test_relations_are_made_once(house):
    ctx, _, _, (a, b, c) = house
    lines = [*parts((a, b), (b, c)), RelationLine(RelationKind.CONNECTED, c, a)]
    first = relation_batch.ensure_many(ctx, lines)
    again = relation_batch.ensure_many(ctx, [*lines, RelationLine(RelationKind.CONNECTED, a, c)])
    assert (first.created, again.created, again.same) == (3, 0, 3)
    assert again.ids[3] == first.ids[2]


def test_a_circle_of_parts_is_refused_whole(house):
    ctx, _, _, (a, b, c) = house
    relation.create(ctx, kind=RelationKind.PART_OF, source_id=a, target_id=b)
    with pytest.raises(Invalid) as refused:
        relation_batch.ensure_many(ctx, parts((b, c), (c, a)))
    assert refused.value.errors[0].code == "assets.asset_cycle"
    assert refused.value.errors[0].pointer == "/lines/1/target_id"
    with reading(ctx.organisation_id):
        assert len(handover.relations_among(ctx, [a, b, c])) == 1


def test_a_thing_bears_on_another_of_its_own_organisation(house, other):
    ctx, _, _, (a, b, _) = house
    foreign = builders.pump(other.owner)
    for lines in (parts((a, foreign)), parts((a, a))):
        with pytest.raises(Invalid):
            relation_batch.ensure_many(ctx, lines)
    assert relation_batch.ensure_many(ctx, parts((a, b))).created == 1


def test_a_new_system_does_not_take_anothers_members(house):
    ctx, _, _, (a, b, _) = house
    first = group.ensure_many(ctx, [GroupLine("Heating", member_ids=(a,))])
    second = group.ensure_many(ctx, [GroupLine("Heating", is_new=True, member_ids=(b,))])
    third = group.ensure_many(ctx, [GroupLine("Heating", member_ids=(b,))])
    assert (second.created, third.created) == (1, 0)
    assert len({*first.ids, *second.ids}) == 2


def test_a_building_is_read_whole(house):
    ctx, building, room, pumps = house
    group.ensure_many(ctx, [GroupLine("Heating", member_ids=tuple(pumps[:2]))])
    group.ensure_zones(ctx, [GroupLine("Zone 1", member_ids=(room,))])
    with reading(ctx.organisation_id):
        assert [b.id for b in handover.list_buildings(ctx)] == [building]
        places = handover.places_under(ctx, building)
        assert [p.kind for p in places] == ["building", "floor", "space"]
        assert handover.find_places(ctx, [room])[room].parent_id == places[1].id
        assert [a.id for a in handover.assets_under(ctx, building)] == pumps
        assert handover.assets_nowhere(ctx) == []
        assert handover.find_assets(ctx, pumps)[pumps[0]].location_id == room
        system = handover.systems_with(ctx, pumps)[0]
        assert system.member_ids == pumps[:2]
        assert handover.find_systems(ctx, [system.id])[system.id].name == "Heating"
        zone = handover.zones_with(ctx, [room])[0]
        assert handover.find_zones(ctx, [zone.id])[zone.id].member_ids == [room]


def test_a_foreign_building_is_not_read(house, other):
    _, building, _, pumps = house
    with reading(other.id):
        assert handover.places_under(other.owner, building) == []
        assert handover.assets_under(other.owner, building) == []
        assert handover.find_assets(other.owner, pumps) == {}
        assert handover.systems_with(other.owner, pumps) == []
