"""Who sees which orders: all in scope, one's own and the pool, one's customer's."""

import pytest

from trunnion.assets.commands import asset, location
from trunnion.assets.types.kinds import LocationKind
from trunnion.attach.commands import comment
from trunnion.identity.commands.membership import ScopeLine
from trunnion.identity.types import ScopeKind
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.policies import visible
from trunnion.parties.commands import party
from trunnion.parties.types import PartyRole
from trunnion.work import queries
from trunnion.work.commands import labour, order
from trunnion.work.models import Failure, LabourEntry, Order, Task
from trunnion.work.tests.builders import make_engineer
from trunnion.work.types import OrderState
from trunnion.workforce.commands import team


def seen(ctx):
    return set(visible(ctx, Order).values_list("id", flat=True))


def customer(shop, name):
    made = party.create(shop.owner, name=name, roles=[PartyRole.CUSTOMER])
    user = shop.tenant.person("customer_user", name=name, scopes=[ScopeLine(ScopeKind.CUSTOMER, made.id)])
    return made.id, user


def test_an_engineer_sees_what_is_theirs_and_the_pool(shop):
    led = shop.in_state(OrderState.DISPATCHED)
    free = shop.in_state(OrderState.APPROVED)
    request = shop.order().id
    reported = order.create(shop.engineer, title="Seen by me").id
    other, other_id = make_engineer(shop.tenant, "Chen Jing")
    order.dispatch(shop.owner, request, resource_id=other_id)
    assert seen(shop.engineer) == {led, free, reported}
    assert seen(other) == {request, free}
    order.assign(shop.owner, led, crew_ids=[other_id])
    assert seen(other) == {request, free, led}
    assert seen(shop.owner) == {led, free, request, reported}


def test_a_contractor_sees_no_pool(shop):
    shop.in_state(OrderState.APPROVED)
    assert seen(shop.tenant.person("contractor")) == set()


def test_a_customer_sees_their_own_companys_orders_and_nothing_inside(shop):
    one, user = customer(shop, "Harbour Hotel")
    two, stranger = customer(shop, "Canary Hotel")
    mine = shop.in_state(OrderState.IN_PROGRESS, customer_id=one, tasks=["Look"])
    theirs = shop.order(customer_id=two).id
    labour.record(shop.owner, mine, minutes=30, resource_id=shop.resource)
    comment.add(shop.owner, "work.order", mine, text="Always complains", is_internal=True)
    comment.add(shop.owner, "work.order", mine, text="On our way")
    assert (seen(user), seen(stranger)) == ({mine}, {theirs})
    page = queries.get_order(user, mine)
    assert not {"labour", "cost", "history", "failures", "timers", "crew"} & set(page)
    assert [c.text for c in page["comments"]] == ["On our way"]
    assert len(page["tasks"]) == 1
    assert not visible(user, LabourEntry).exists()
    assert not visible(user, Failure).exists()
    with pytest.raises(NotVisible):
        queries.get_order(user, theirs)


def test_a_customer_reports_for_themselves_only(shop):
    one, user = customer(shop, "Harbour Hotel")
    two, _ = customer(shop, "Canary Hotel")
    made = order.create(user, title="No hot water")
    assert shop.row(made.id).customer_id == one
    from trunnion.kernel.errors import Invalid

    with pytest.raises(Invalid):
        order.create(user, title="Spy", customer_id=two)
    for state in ("start", "complete"):
        shop.do(state, made.id)
    assert queries.get_order(user, made.id)["actions"] == ["confirm", "refuse"]
    order.confirm(user, made.id)


def test_a_place_narrows_what_even_a_dispatcher_sees(shop):
    yard = location.create(shop.owner, kind=LocationKind.SITE, name="Yard").id
    floor = location.create(shop.owner, kind=LocationKind.BUILDING, name="Hall", parent_id=yard).id
    fan = asset.create(shop.owner, name="Fan 1", location_id=floor).id
    narrowed = shop.tenant.person(
        "dispatcher", name="Yard desk", scopes=[ScopeLine(ScopeKind.LOCATION, yard)]
    )
    there, here = shop.order(asset_id=fan).id, shop.order().id
    assert seen(narrowed) == {there}
    order.approve(narrowed, there)
    with pytest.raises(NotVisible):
        order.approve(narrowed, here)


def test_a_team_sees_its_orders(shop):
    pumps = team.create(shop.owner, name="Pumps").id
    leader = shop.tenant.person("team_leader", name="Pump lead", scopes=[ScopeLine(ScopeKind.TEAM, pumps)])
    ours = shop.order(team_id=pumps).id
    shop.order()
    assert seen(leader) == {ours}


def test_lines_are_seen_through_their_order(shop):
    made = shop.order(tasks=["Look"]).id
    stranger, _ = make_engineer(shop.tenant, "Chen Jing")
    assert not visible(stranger, Task).exists()
    order.dispatch(shop.owner, made)
    assert visible(stranger, Task).count() == 1


def test_without_any_reading_there_is_nothing(shop):
    shop.order()
    assert seen(shop.tenant.person("kiosk")) == set()


def test_the_other_organisation_sees_nothing(shop, other):
    shop.order()
    assert seen(other.owner) == set()
