"""The desk plans, sends and assigns."""

from datetime import timedelta

import pytest

from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, NotGranted, Refusal
from trunnion.kernel.ids import uuid7
from trunnion.work.commands import order
from trunnion.work.models import LabourEntry, OrderCrew
from trunnion.work.tests.builders import make_engineer, make_resource
from trunnion.work.types import LabourKind, OrderState
from trunnion.workforce.commands import labour_resource


def test_a_plan_gives_window_and_people_without_sending_anybody(shop):
    made, begin = shop.order(), clock.now() + timedelta(days=1)
    order.plan(
        shop.owner,
        made.id,
        planned_from_at=begin,
        planned_until_at=begin + timedelta(hours=2),
        resource_id=shop.resource,
    )
    row = shop.row(made.id)
    assert (row.state, row.leading_id, row.dispatched_at) == ("planned", shop.resource, None)


def test_a_desk_order_is_dispatched_at_once(shop):
    made = shop.order()
    assert order.dispatch(shop.owner, made.id, resource_id=shop.resource).state == OrderState.DISPATCHED
    assert shop.row(made.id).acknowledged_at == shop.row(made.id).dispatched_at


def test_who_is_sent_anew_begins_with_phases_of_their_own(shop):
    made = shop.in_state(OrderState.TRAVELLING)
    _, second = make_engineer(shop.tenant, "Chen Jing")
    order.dispatch(shop.owner, made, resource_id=second)
    row = shop.row(made)
    assert (row.state, row.leading_id) == ("dispatched", second)
    assert row.accepted_at is row.departed_at is row.arrived_at is None


def test_the_clock_of_who_is_called_back_stops(shop):
    from trunnion.work.commands import labour

    made = shop.in_state(OrderState.TRAVELLING)
    labour.begin(shop.engineer, made, kind=LabourKind.TRAVEL, at=clock.now() - timedelta(minutes=9))
    order.dispatch(shop.owner, made)
    entry = LabourEntry.objects.of(shop.owner).get()
    assert (entry.resource_id, entry.minutes) == (shop.resource, 9)


def test_an_order_without_a_resource_goes_to_the_pool(shop):
    made = shop.order()
    order.dispatch(shop.owner, made.id)
    assert (shop.row(made.id).state, shop.row(made.id).leading_id) == ("dispatched", None)


def test_crew_is_set_whole_and_named_where_wrong(shop):
    made = shop.in_state(OrderState.DISPATCHED)
    one, two = make_resource(shop.tenant, "A"), make_resource(shop.tenant, "B")
    order.assign(shop.owner, made, crew_ids=[one, two, one])
    order.assign(shop.owner, made, crew_ids=[two])
    assert [c.resource_id for c in OrderCrew.objects.of(shop.owner).filter(order_id=made)] == [two]
    with pytest.raises(Invalid) as refused:
        order.assign(shop.owner, made, crew_ids=[two, uuid7()])
    assert refused.value.errors[0].pointer == "/crew_ids/1"


def test_who_is_out_of_service_is_not_sent(shop):
    labour_resource.deactivate(shop.owner, shop.resource)
    with pytest.raises(Invalid) as refused:
        order.dispatch(shop.owner, shop.order().id, resource_id=shop.resource)
    assert refused.value.errors[0].code == "order.resource_inactive"


def test_an_accepted_order_always_has_somebody(shop):
    made = shop.in_state(OrderState.ACCEPTED)
    with pytest.raises(Refusal, match="needs_someone"):
        order.assign(shop.owner, made, resource_id=None)
    shop.do("wait", made)
    with pytest.raises(Refusal, match="needs_someone"):
        order.assign(shop.owner, made, resource_id=None)


def test_a_window_that_ends_first_is_refused(shop):
    begin = clock.now()
    with pytest.raises(Invalid):
        order.plan(
            shop.owner, shop.order().id, planned_from_at=begin, planned_until_at=begin - timedelta(hours=1)
        )


def test_an_end_without_a_beginning_is_refused(shop):
    with pytest.raises(Invalid) as refused:
        order.dispatch(shop.owner, shop.order().id, planned_until_at=clock.now())
    assert refused.value.errors[0].pointer == "/planned_until_at"


@pytest.mark.parametrize("verb", ["plan", "dispatch", "assign"])
def test_an_engineer_is_no_desk(shop, verb):
    made = shop.in_state(OrderState.APPROVED)
    with pytest.raises(NotGranted):
        shop.do(verb, made, shop.engineer)
