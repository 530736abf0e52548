"""Who stands before the machine sees that it is another one than the order says."""

import pytest

from trunnion.assets.tests.builders import pump, room, site
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.ids import uuid7
from trunnion.work import queries
from trunnion.work.commands import order
from trunnion.work.types import OrderState
from trunnion.workforce.tests.builders import make_engineer


def order_of(shop, made):
    return queries.get_order(shop.owner, made)


def test_the_order_turns_to_the_machine_that_was_scanned(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    there = room(shop.owner, site(shop.owner, "Pier 9"))
    other = pump(shop.owner, "P-101", location_id=there)
    order.switch(shop.engineer, made, asset_id=other)
    seen = order_of(shop, made)
    assert (seen["asset_id"], seen["location_id"], seen["state"]) == (other, there, "in_progress")
    assert seen["history"][0]["verb"] == "work.order.switch"


def test_only_while_somebody_is_at_it_and_only_by_them(shop):
    other = pump(shop.owner, "P-101")
    with pytest.raises(Refusal) as early:
        order.switch(shop.engineer, shop.in_state(OrderState.APPROVED), asset_id=other)
    assert early.value.code == "wrong_state"
    made = shop.in_state(OrderState.ON_SITE)
    stranger, _ = make_engineer(shop.tenant, "Sun")
    with pytest.raises(Refusal):
        order.switch(stranger, made, asset_id=other)
    with pytest.raises(Invalid) as unknown:
        order.switch(shop.engineer, made, asset_id=uuid7())
    assert unknown.value.errors[0].pointer == "/asset_id"
    assert "switch" in queries.get_order(shop.engineer, made)["actions"]
    assert "switch" not in queries.get_order(shop.engineer, shop.in_state(OrderState.COMPLETED))["actions"]
