"""What is suggested and why: levels, service level, those who wait, packs, and the terms that add up."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.catalog.commands import item_unit
from trunnion.inventory.commands import store as stores
from trunnion.inventory.purchasing import queries
from trunnion.inventory.purchasing.commands import order, replenishment, term
from trunnion.inventory.purchasing.commands.replenishment import Wanted
from trunnion.inventory.purchasing.models import PurchaseLine
from trunnion.inventory.purchasing.rules import Policy, Position, in_packs, suggest
from trunnion.inventory.purchasing.types import ReplenishmentMethod
from trunnion.inventory.tests.builders import Depot, need
from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid
from trunnion.parties.tests.builders import made as made_party

QUANTITY = st.decimals("0", "1000", places=0)


@pytest.fixture
def depot(tenant) -> Depot:
    return Depot(tenant)


def suggestions(depot) -> list[dict]:
    return queries.get_suggestions(depot.owner)["rows"]


def test_below_the_minimum_up_to_the_maximum_in_whole_packs(depot):
    ctx, maker = depot.owner, made_party(depot.owner, "AG", "supplier")
    item_unit.add(ctx, depot.bearing, "{box}", "12")
    replenishment.set_(ctx, depot.bearing, depot.store, "min_max", minimum="5", maximum="20")
    depot.receive(6)
    assert suggestions(depot) == []
    depot.issue(need(), 2)
    term.create(ctx, depot.bearing, maker, price="30", unit="{box}", lead_days=9)
    (one,) = suggestions(depot)
    assert (one["on_hand"], one["level"], one["reorder_point"], one["order_up_to"], one["needed"]) == (
        4,
        4,
        5,
        20,
        16,
    )
    assert (one["quantity"], one["unit"], one["pack"], one["supplier"], one["lead_days"]) == (
        2,
        "{box}",
        12,
        "AG",
        9,
    )
    wanted = Wanted(depot.bearing, depot.store, one["quantity"], one["unit"], maker, one["currency"], "low")
    made = replenishment.draft(ctx, lines=[wanted]).orders
    line = PurchaseLine.objects.of(ctx).get(order_id=made[0].id)
    assert (line.quantity, line.price, line.factor, line.reason) == (2, 30, 12, "low")
    # What was asked for is on its way as far as a second look is concerned.
    assert suggestions(depot) == []


def test_those_who_wait_are_named_and_served_without_any_policy(depot):
    ctx = depot.owner
    depot.reserve(need("WO-000007"), 3)
    (one,) = suggestions(depot)
    assert (one["short"], one["level"], one["quantity"], one["method"]) == (3, -3, 3, "")
    assert [(w["label"], w["quantity"]) for w in one["waiting"]] == [("WO-000007", 3)]
    wanted = Wanted(depot.bearing, depot.store, Decimal(3), reason="WO-000007")
    made = replenishment.draft(ctx, lines=[wanted]).orders[0]
    order.cancel(ctx, made.id, reason="no")
    assert len(suggestions(depot)) == 1


def test_by_forecast_and_service_level_the_terms_add_up(depot):
    ctx, now = depot.owner, clock.now()
    replenishment.set_(
        ctx, depot.bearing, depot.store, "reorder_point", service_level="0.95", lead_days=30, cover_days=60
    )
    depot.receive(100, at=now - timedelta(days=800))
    for ago in range(25):
        depot.issue(need(), 3 if ago % 2 else 1, at=now - timedelta(days=30 * ago + 20))
    (told,) = queries.get_demand(ctx, depot.bearing)["stores"]
    assert sum(told["used"]) <= 49
    assert told["accuracy"][0]["months"] > 0
    one = next(iter(suggestions(depot)), None)
    stands = {"on_hand": 100 - 49}
    if one is None:
        depot.issue(need(), 49)
        stands = {"on_hand": 2}
        (one,) = suggestions(depot)
    assert one["on_hand"] == stands["on_hand"]
    lead = Decimal(30) / Decimal("30.4375")
    assert abs(one["lead_demand"] - one["month"] * lead) <= Decimal("0.01")
    assert abs(one["safety"] - one["z"] * one["deviation"] * lead.sqrt()) <= Decimal("0.02")
    assert one["z"] == Decimal("1.645")
    assert one["reorder_point"] - 1 < one["lead_demand"] + one["safety"] <= one["reorder_point"]
    assert one["needed"] == one["order_up_to"] - one["level"]


def test_bad_policies_are_refused(depot):
    ctx = depot.owner
    for facts, wanted in (
        ({"method": "min_max", "minimum": "5"}, ("/maximum", "field.missing")),
        ({"method": "min_max", "maximum": "5"}, ("/minimum", "field.missing")),
        ({"method": "min_max", "minimum": "5", "maximum": "5"}, ("/maximum", "replenishment.levels_crossed")),
        ({"method": "reorder_point", "service_level": "1"}, ("/service_level", "field.less_than_equal")),
    ):
        with pytest.raises(Invalid) as refused:
            replenishment.set_(ctx, depot.bearing, depot.store, **facts)
        assert (refused.value.errors[0].pointer, refused.value.errors[0].code) == wanted


def test_a_store_out_of_use_buys_nothing(depot):
    ctx = depot.owner
    van = stores.create(ctx, code="V9", name="Old van", kind="van").id
    replenishment.set_(ctx, depot.bearing, van, "min_max", minimum="5", maximum="20")
    assert len(suggestions(depot)) == 1
    stores.close(ctx, van)
    assert suggestions(depot) == []


@given(on_hand=QUANTITY, reserved=QUANTITY, short=QUANTITY, incoming=QUANTITY, low=QUANTITY, more=QUANTITY)
def test_after_buying_the_level_is_where_it_is_wanted(on_hand, reserved, short, incoming, low, more):
    reserved = min(on_hand, reserved)
    stands = Position(on_hand, reserved, short, incoming)
    policy = Policy(ReplenishmentMethod.MIN_MAX, low, low + more + 1, None, 10, 30)
    found = suggest(policy, stands, Decimal(0), Decimal(0))
    after = stands.level + found.quantity
    assert found.quantity >= 0
    assert after >= 0
    assert after >= low + more + 1 if stands.level <= low else found.quantity == max(0, -stands.level)


@given(QUANTITY, st.decimals("1", "50", places=0), st.decimals("0", "20", places=0))
def test_packs_hold_what_is_needed_and_the_minimum(quantity, factor, minimum):
    packs = in_packs(quantity, factor, minimum)
    assert packs * factor >= quantity
    assert packs >= minimum or quantity == 0
