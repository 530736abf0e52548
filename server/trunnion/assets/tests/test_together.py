"""Several people at once: the tree stays a tree, a position is filled once."""

import threading

import pytest
from django.db import connection

from trunnion.assets.commands import location, placing
from trunnion.assets.models import Installation, Location
from trunnion.assets.tests.builders import building, floor, pump, pump_position, room, site
from trunnion.assets.types.kinds import AssetState
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal


def together(*acts):
    """Runs these in threads of their own; returns what each refused."""
    refused = []

    def run(act):
        try:
            act()
        except Refusal as why:
            refused.append(why.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.real_database
@pytest.mark.django_db(transaction=True)
def test_rooms_that_are_added_while_their_house_moves_move_along(tenant):
    ctx = tenant.owner
    sites = [site(ctx, "One"), site(ctx, "Two")]
    house = building(ctx, sites[0])
    level = floor(ctx, house)

    def move():
        for index in range(12):
            location.move(ctx, location_id=house, parent_id=sites[(index + 1) % 2])

    def add(name):
        for index in range(12):
            room(ctx, level, f"{name} {index}")

    assert together(move, lambda: add("North"), lambda: add("South")) == []
    with reading(ctx.organisation_id):
        paths = {row.id: row.path for row in Location.objects.of(ctx)}
        for row in Location.objects.of(ctx).exclude(parent_id=None):
            assert row.path.startswith(paths[row.parent_id])
        assert len(paths) == 4 + 24


@pytest.mark.real_database
@pytest.mark.django_db(transaction=True)
def test_two_houses_do_not_end_up_in_each_other(tenant):
    ctx = tenant.owner
    one, two = building(ctx, name="One"), building(ctx, name="Two")
    inner = [building(ctx, one, "In one"), building(ctx, two, "In two")]
    refused = together(
        lambda: location.move(ctx, location_id=one, parent_id=inner[1]),
        lambda: location.move(ctx, location_id=two, parent_id=inner[0]),
    )
    assert refused == ["invalid_input"]


@pytest.mark.real_database
@pytest.mark.django_db(transaction=True)
def test_a_position_is_filled_once(tenant):
    ctx = tenant.owner
    role = pump_position(ctx, site(ctx))
    stored = [pump(ctx, f"Pump {i}", state=AssetState.IN_STORE) for i in range(2)]
    refused = together(*(lambda a=a: placing.install(ctx, asset_id=a, position_id=role) for a in stored))
    assert len(refused) == 1
    with reading(ctx.organisation_id):
        assert Installation.objects.of(ctx).filter(position_id=role, until_at=None).count() == 1
