"""The location tree: places are added, changed, moved with all below them, and merged."""

import pytest

from trunnion.assets.commands import location, location_merge
from trunnion.assets.models import Location
from trunnion.assets.queries import get_location_card
from trunnion.assets.queries.places import list_children
from trunnion.assets.tests.builders import building, floor, room, site
from trunnion.assets.types import LocationKind
from trunnion.kernel.errors import Invalid, NotVisible


def path(ctx, row_id):
    return Location.objects.of(ctx).get(id=row_id).path


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
