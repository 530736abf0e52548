"""The location tree: places are added, changed, moved with all below them, and merged."""

import pytest

from trunnion.assets.commands import asset, location, location_merge
from trunnion.assets.models import Asset, Location
from trunnion.assets.queries import get_location_card
from trunnion.assets.tests.builders import building, floor, pump, pump_position, room, site
from trunnion.assets.types.kinds import LocationKind
from trunnion.attach.commands import reference
from trunnion.attach.queries import find_by_reference
from trunnion.kernel import history
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal


def path(ctx, row_id):
    return Location.objects.of(ctx).get(id=row_id).path


def fault(refused):
    """The first bad field and why."""
    line = refused.value.errors[0]
    return line.pointer, line.code


def test_a_path_names_all_above(tenant):
    ctx = tenant.owner
    top = site(ctx)
    middle = building(ctx, top)
    low = room(ctx, floor(ctx, middle))
    assert path(ctx, low).startswith(path(ctx, middle))
    assert get_location_card(ctx, low).place == "Pier 4 > Boiler house > Level 1 > Pump room"
    assert get_location_card(ctx, low).zone == "Asia/Shanghai"


def test_a_subtree_is_moved_with_its_site(tenant):
    ctx = tenant.owner
    one, two = site(ctx, "One"), site(ctx, "Two", zone="Europe/Berlin")
    house = building(ctx, one)
    low = room(ctx, floor(ctx, house))
    location.move(ctx, location_id=house, parent_id=two)
    assert get_location_card(ctx, low).place == "Two > Boiler house > Level 1 > Pump room"
    assert get_location_card(ctx, low).zone == "Europe/Berlin"
    assert path(ctx, low).startswith(path(ctx, two))
    location.move(ctx, location_id=house)
    assert get_location_card(ctx, low).place == "Boiler house > Level 1 > Pump room"
    assert Location.objects.of(ctx).get(id=low).site_id == house


def test_a_site_inside_a_moved_portfolio_keeps_its_own(tenant):
    ctx = tenant.owner
    outer = location.create(ctx, kind=LocationKind.PORTFOLIO, name="Group").id
    inner = location.create(ctx, kind=LocationKind.PORTFOLIO, name="North").id
    here = site(ctx, "Pier", parent_id=inner)
    low = room(ctx, here)
    location.move(ctx, location_id=inner, parent_id=outer)
    assert get_location_card(ctx, low).place == "Group > North > Pier > Pump room"
    assert Location.objects.of(ctx).get(id=low).site_id == here


def test_a_move_is_one_entry(tenant):
    ctx = tenant.owner
    one, two = site(ctx, "One"), site(ctx, "Two")
    house = building(ctx, one)
    floor(ctx, house)
    location.move(ctx, location_id=house, parent_id=two)
    entry = history.of_record(ctx, house)[0]
    assert (entry["verb"], entry["events"]) == ("assets.location.move", ["assets.location.moved"])
    assert entry["changes"][0]["fields"]["parent_id"] == [str(one), str(two)]


def test_a_circle_is_refused(tenant):
    ctx = tenant.owner
    outer = building(ctx)
    inner = building(ctx, outer, "Wing")
    with pytest.raises(Invalid) as refused:
        location.move(ctx, location_id=outer, parent_id=inner)
    assert fault(refused) == ("/parent_id", "assets.location_cycle")
    with pytest.raises(Invalid):
        location.move(ctx, location_id=outer, parent_id=outer)


def test_a_tree_has_an_end(tenant):
    ctx = tenant.owner
    step = building(ctx)
    for index in range(34):
        step = building(ctx, step, f"Part {index}")
    row = Location.objects.of(ctx).get(id=step)
    with pytest.raises(Invalid) as refused:
        location.check_path(len(row.path) * 6)
    assert fault(refused) == ("/parent_id", "assets.location_deep")


def test_a_floor_stands_in_no_room(tenant):
    ctx = tenant.owner
    with pytest.raises(Invalid) as refused:
        floor(ctx, room(ctx))
    assert fault(refused) == ("/parent_id", "assets.location_kind")
    assert refused.value.errors[0].facts["possible"] == ["portfolio", "site", "building", "zone"]


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"lon": 12}, "/lat"),
        ({"lon": 181, "lat": 1}, "/lon"),
        ({"zone": "Mars/Base"}, "/zone"),
        ({"geometry": {"type": "Point", "coordinates": [200, 1]}}, "/geometry/coordinates"),
        ({"route": "G15"}, "/route"),
        (
            {"kind": LocationKind.LINEAR_SEGMENT, "route": "G15", "from_measure": 5, "to_measure": 2},
            "/to_measure",
        ),
        ({"name": " "}, "/name"),
        ({"name": "a\x00b"}, "/name"),
        ({"code": "x" * 61}, "/code"),
    ],
)
def test_bad_facts_name_the_field(tenant, facts, pointer):
    with pytest.raises(Invalid) as refused:
        location.create(tenant.owner, **{"kind": LocationKind.BUILDING, "name": "House", **facts})
    assert refused.value.errors[0].pointer == pointer
    assert not Location.objects.of(tenant.owner).exists()


def test_only_a_site_has_a_zone(tenant):
    ctx = tenant.owner
    with pytest.raises(Invalid) as refused:
        building(ctx, site(ctx), zone="Asia/Tokyo")
    assert fault(refused) == ("/zone", "assets.zone_at_site")
    # Where no site stands above, the outermost place serves as one.
    alone = building(ctx, zone="Asia/Tokyo")
    assert get_location_card(ctx, room(ctx, alone)).zone == "Asia/Tokyo"


def test_a_road_has_measures(tenant):
    ctx = tenant.owner
    made = location.create(
        ctx, kind=LocationKind.LINEAR_SEGMENT, name="G15 north", route="G15", from_measure=1200, to_measure=1850,
        measure_unit="m", geometry={"type": "LineString", "coordinates": [[121.1, 31.2], [121.2, 31.3]]},
    )  # fmt: skip
    assert Location.objects.of(ctx).get(id=made.id).to_measure == 1850


def test_a_merged_place_lends_all_it_had(tenant):
    ctx = tenant.owner
    top = site(ctx)
    gone, kept = room(ctx, top, "Pump rm"), room(ctx, top, "Pump room")
    corner = room(ctx, gone, "Corner")
    role, thing = pump_position(ctx, gone), pump(ctx, location_id=gone)
    reference.set_(ctx, "assets.location", gone, "bms", "R-7")
    location_merge.merge(ctx, location_id=gone, into_id=kept)
    assert Asset.objects.of(ctx).get(id=thing).location_id == kept
    assert get_location_card(ctx, corner).place == "Pier 4 > Pump room > Corner"
    assert get_location_card(ctx, gone).id == kept
    assert find_by_reference(ctx, "bms", "", "", "R-7").row_id == kept
    assert asset.Asset.objects.of(ctx).filter(location_id=gone).count() == 0
    assert role
    with pytest.raises(Refusal):
        location.edit(ctx, location_id=gone, name="Back")
    with pytest.raises(Invalid):
        pump(ctx, location_id=gone)


def test_a_place_is_not_merged_into_its_own_part(tenant):
    ctx = tenant.owner
    outer = room(ctx)
    with pytest.raises(Invalid) as refused:
        location_merge.merge(ctx, location_id=outer, into_id=room(ctx, outer, "Corner"))
    assert fault(refused) == ("/into_id", "assets.location_cycle")


def test_who_may_not_does_not(tenant):
    with pytest.raises(NotGranted):
        site(tenant.person("engineer"))


def test_places_of_others_do_not_exist(tenant, other):
    theirs = site(other.owner)
    with pytest.raises(NotVisible):
        location.edit(tenant.owner, location_id=theirs, name="Mine")
    with pytest.raises(Invalid) as refused:
        building(tenant.owner, theirs)
    assert fault(refused) == ("/parent_id", "reference_unknown")
    with pytest.raises(NotVisible):
        get_location_card(tenant.owner, theirs)


def test_an_empty_place_is_removed_and_a_used_one_stays(tenant):
    ctx = tenant.owner
    top = site(ctx)
    low = room(ctx, top)
    with pytest.raises(Refusal) as refused:
        location.remove(ctx, location_id=top)
    assert refused.value.code == "still_used"
    location.remove(ctx, location_id=low)
    location.remove(ctx, location_id=top)
    assert not Location.objects.of(ctx).exists()
