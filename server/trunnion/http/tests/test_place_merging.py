"""Places that were merged and are two again: the tree, what stood there, and what rooms above say of it."""

import pytest

from trunnion.assets.commands import location, location_merge, placing
from trunnion.assets.models import Asset, Location, Position
from trunnion.assets.tests.builders import building, pump, pump_position, room, site
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.worker import settle
from trunnion.service.commands import desk
from trunnion.service.models import Request
from trunnion.work.commands import order
from trunnion.work.models import Order


@pytest.fixture
def pair(tenant):
    """Two buildings of one site; in the first a room, a pump and a position, an order and a request."""
    ctx = tenant.owner
    home = site(ctx)
    gone, kept = building(ctx, home, "Boiler house"), building(ctx, home, "Boilers")
    inside = room(ctx, gone)
    machine = pump(ctx, location_id=gone)
    return {
        "home": home, "gone": gone, "kept": kept, "inside": inside, "machine": machine,
        "position": pump_position(ctx, gone),
        "order": order.create(ctx, title="Leaks", location_id=gone).id,
        "request": desk.create(ctx, text="Smells", location_id=gone, as_order=False).id,
    }  # fmt: skip


def found(tenant, model, row_id):
    with reading(tenant.id):
        return model.objects.of(tenant.id).get(id=row_id)


def where(tenant, pair):
    rows = [(Asset, "machine"), (Position, "position"), (Order, "order"), (Request, "request")]
    return [found(tenant, model, pair[name]).location_id for model, name in rows]


def test_all_that_followed_comes_back(tenant, pair):
    ctx = tenant.owner
    before = found(tenant, Location, pair["inside"]).path
    location_merge.merge(ctx, pair["gone"], pair["kept"])
    settle([tenant.id])
    assert where(tenant, pair) == [pair["kept"]] * 4
    detail = tenant.client().get(f"/api/assets/locations/{pair['kept']}").json()
    assert [one["id"] for one in detail["merged"]] == [str(pair["gone"])]
    answer = tenant.client().post(f"/api/assets/locations/{pair['gone']}/unmerge")
    assert (answer.status_code, answer.json()["kept"]) == (200, [])
    settle([tenant.id])
    assert where(tenant, pair) == [pair["gone"]] * 4
    gone, inside = found(tenant, Location, pair["gone"]), found(tenant, Location, pair["inside"])
    assert (gone.merged_into_id, gone.parent_id, gone.site_id) == (None, pair["home"], pair["home"])
    assert (inside.parent_id, inside.path) == (pair["gone"], before)
    assert inside.path.startswith(gone.path)


def test_what_was_put_elsewhere_since_stays_there(tenant, pair):
    ctx = tenant.owner
    third = building(ctx, pair["home"], "Mill")
    location_merge.merge(ctx, pair["gone"], pair["kept"])
    settle([tenant.id])
    location.move(ctx, pair["inside"], third)
    placing.move(ctx, pair["machine"], third)
    order.edit(ctx, pair["order"], location_id=third)
    done = location_merge.unmerge(ctx, pair["gone"])
    settle([tenant.id])
    assert pair["machine"] in {one.row_id for one in done.kept}
    assert where(tenant, pair) == [third, pair["gone"], third, pair["gone"]]
    assert found(tenant, Location, pair["inside"]).parent_id == third


def test_a_merge_that_is_taken_back_at_once_leaves_orders_where_they_were(tenant, pair):
    location_merge.merge(tenant.owner, pair["gone"], pair["kept"])
    location_merge.unmerge(tenant.owner, pair["gone"])
    settle([tenant.id])
    assert where(tenant, pair) == [pair["gone"]] * 4


def test_it_goes_in_turn_and_once(tenant, pair):
    ctx = tenant.owner
    third = building(ctx, pair["home"], "Mill")
    location_merge.merge(ctx, pair["gone"], pair["kept"])
    location_merge.merge(ctx, pair["kept"], third)
    for place, code in ((pair["gone"], "merge.later_first"), (third, "merge.not_merged")):
        with pytest.raises(Refusal) as refused:
            location_merge.unmerge(ctx, place)
        assert refused.value.code == code
    location_merge.unmerge(ctx, pair["kept"])
    location_merge.unmerge(ctx, pair["gone"])
    settle([tenant.id])
    assert where(tenant, pair) == [pair["gone"]] * 4
