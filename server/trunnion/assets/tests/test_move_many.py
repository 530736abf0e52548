"""Many places and many assets that go elsewhere at once: preview, one entry, the way back."""

import json

import pytest

from trunnion.assets.commands import location
from trunnion.assets.models import Asset, Installation, Location
from trunnion.assets.tests.builders import building, floor, pump, room, site
from trunnion.kernel.database import reading
from trunnion.kernel.models import Entry
from trunnion.kernel.worker import settle

PLACES = "/api/assets/locations/bulk-move"
MACHINES = "/api/assets/assets/bulk-move"


@pytest.fixture
def client(tenant):
    return tenant.client()


def post(client, url, **body):
    answer = client.post(url, json.dumps(body, default=str), content_type="application/json")
    return answer.status_code, answer.json()


def parents(tenant, ids):
    with reading(tenant.id):
        found = dict(Location.objects.of(tenant.id).filter(id__in=ids).values_list("id", "parent_id"))
    return [found[i] for i in ids]


def places(tenant, ids):
    with reading(tenant.id):
        found = dict(Asset.objects.of(tenant.id).filter(id__in=ids).values_list("id", "location_id"))
    return [found[i] for i in ids]


def path_of(tenant, place):
    with reading(tenant.id):
        return Location.objects.of(tenant.id).get(id=place).path


def test_places_go_elsewhere_in_one_entry_and_come_back(tenant, client):
    ctx = tenant.owner
    home, other = site(ctx), site(ctx, "Pier 7")
    house = building(ctx, home)
    rooms = [room(ctx, house, f"Room {n}") for n in range(3)]
    below = room(ctx, rooms[0], "Cabinet")
    stays = building(ctx, other, "Mill")
    changes = {"parent_id": stays}
    # A site cannot stand in a building: it is refused, the others are not.
    status, told = post(client, PLACES, ids=[*rooms, home], changes=changes, dry_run=True)
    assert (status, told["changed"], len(told["refused"]), told["entry_id"]) == (200, 3, 1, None)
    assert told["refused"][0]["id"] == str(home)
    assert parents(tenant, rooms) == [house] * 3

    before = path_of(tenant, below)
    _, done = post(client, PLACES, ids=rooms, changes=changes)
    assert (done["changed"], done["refused"], parents(tenant, rooms)) == (3, [], [stays] * 3)
    assert path_of(tenant, below).startswith(path_of(tenant, stays))
    assert Entry.objects.filter(organisation_id=tenant.id, verb="assets.location.move").count() == 1

    _, back = post(client, f"{PLACES}/undo", entry_id=done["entry_id"])
    assert (back["changed"], back["refused"], parents(tenant, rooms)) == (3, [], [house] * 3)
    assert path_of(tenant, below) == before
    # What was put back can be put back as well.
    _, again = post(client, f"{PLACES}/undo", entry_id=back["entry_id"])
    assert (again["changed"], parents(tenant, rooms)) == (3, [stays] * 3)


def test_what_was_moved_again_since_stays(tenant, client):
    ctx = tenant.owner
    home = site(ctx)
    first, second, third = (building(ctx, home, name) for name in ("One", "Two", "Three"))
    rooms = [room(ctx, first, f"Room {n}") for n in range(2)]
    _, done = post(client, PLACES, ids=rooms, changes={"parent_id": second})
    location.move(ctx, rooms[0], third)
    _, back = post(client, f"{PLACES}/undo", entry_id=done["entry_id"])
    assert (back["changed"], [r["code"] for r in back["refused"]]) == (1, ["bulk.changed_since"])
    assert parents(tenant, rooms) == [third, first]


def test_only_a_batch_is_put_back_and_only_by_its_verb(tenant, client):
    ctx = tenant.owner
    home = site(ctx)
    one, two = building(ctx, home, "One"), building(ctx, home, "Two")
    inside = room(ctx, one)
    location.move(ctx, inside, two)
    entry = Entry.objects.filter(organisation_id=tenant.id, verb="assets.location.move").latest("id")
    assert post(client, f"{PLACES}/undo", entry_id=entry.id)[0] == 404
    _, done = post(client, PLACES, ids=[inside], changes={"parent_id": one})
    assert post(client, f"{MACHINES}/undo", entry_id=done["entry_id"])[0] == 404


def test_machines_go_with_their_parts_and_come_back(tenant, client):
    ctx = tenant.owner
    home = site(ctx)
    here, there = room(ctx, home, "Here"), room(ctx, home, "There")
    machines = [pump(ctx, f"Pump {n}", location_id=here) for n in range(2)]
    part = pump(ctx, "Motor", location_id=here, parent_id=machines[0])
    already = pump(ctx, "Fan", location_id=there)
    everything = [*machines, part]
    _, told = post(client, MACHINES, ids=[*machines, already], changes={"location_id": there}, dry_run=True)
    assert (told["changed"], [r["code"] for r in told["refused"]]) == (2, ["assets.stands_there"])
    assert places(tenant, everything) == [here] * 3
    _, done = post(client, MACHINES, ids=machines, changes={"location_id": there})
    assert (done["changed"], places(tenant, everything)) == (2, [there] * 3)
    _, back = post(client, f"{MACHINES}/undo", entry_id=done["entry_id"])
    assert (back["changed"], back["refused"], places(tenant, everything)) == (2, [], [here] * 3)
    with reading(tenant.id):
        stood = Installation.objects.of(tenant.id).filter(asset_id=machines[0]).order_by("from_at")
        assert [row.location_id for row in stood] == [here, there, here]
        assert [row.until_at is None for row in stood] == [False, False, True]


def test_many_machines_are_a_job(tenant, client):
    ctx = tenant.owner
    home = site(ctx)
    here, there = room(ctx, home, "Here"), room(ctx, home, "There")
    machines = [pump(ctx, f"Pump {n}", location_id=here) for n in range(201)]
    _, queued = post(client, MACHINES, ids=machines, changes={"location_id": there})
    settle([tenant.id])
    job = client.get(f"/api/jobs/{queued['job_id']}").json()
    assert (job["state"], job["result"]["changed"]) == ("done", 201)
    assert set(places(tenant, machines)) == {there}
    _, queued = post(client, f"{MACHINES}/undo", entry_id=job["result"]["entry_id"])
    settle([tenant.id])
    job = client.get(f"/api/jobs/{queued['job_id']}").json()
    assert (job["result"]["changed"], set(places(tenant, machines))) == (201, {here})


def test_it_takes_the_grant_of_the_move(tenant):
    machine = pump(tenant.owner, location_id=room(tenant.owner, site(tenant.owner)))
    there = floor(tenant.owner, building(tenant.owner, site(tenant.owner)))
    engineer = tenant.membership_of(tenant.person("engineer"))
    status, told = post(
        tenant.client(engineer.email), MACHINES, ids=[machine], changes={"location_id": there}
    )
    assert (status, told["code"]) == (403, "not_granted")
