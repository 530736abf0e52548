"""The parts of an order: kept from the moment they are planned, waited for, issued, returned, and what they cost."""

from datetime import timedelta
from decimal import Decimal

import pytest

from trunnion.catalog.tests.builders import made_item, made_model
from trunnion.inventory.commands import shortage, stock, store
from trunnion.inventory.models import Shortage, Stock
from trunnion.inventory.types import ReceiptLine
from trunnion.kernel import clock
from trunnion.kernel.errors import Refusal
from trunnion.kernel.listing import page
from trunnion.work.commands import order as orders
from trunnion.work.commands import part
from trunnion.work.models import PartLine, WaitInterval
from trunnion.work.queries import cost_of, get_order, get_sources, lists
from trunnion.work.tests.builders import Shop
from trunnion.work.types import OrderState, WaitReason


class Parts:
    """A shop with a store at its site, the engineer's van, and a seal."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.owner = shop, shop.owner
        self.seal = made_item(self.owner, "Shaft seal", code="SEAL")
        self.near = store.create(
            self.owner, code="S", name="Site store", kind="site", location_id=shop.site
        ).id
        self.van = store.create(self.owner, code="V", name="Van", kind="van", resource_id=shop.resource).id

    def receive(self, quantity, cost="5", store_id=None):
        line = ReceiptLine(self.seal, Decimal(quantity), Decimal(cost))
        return stock.receive(self.owner, store_id or self.near, lines=[line])

    def plan(self, order_id, quantity=1, **facts):
        return part.plan(self.owner, order_id, self.seal, Decimal(quantity), **facts)

    def state(self, order_id):
        row = self.shop.row(order_id)
        return row.state, row.waiting_reason, row.parts

    def level(self, store_id=None):
        row = Stock.objects.of(self.owner).get(store_id=store_id or self.near, item_id=self.seal)
        return int(row.on_hand), int(row.reserved)


@pytest.fixture
def parts(shop) -> Parts:
    return Parts(shop)


def test_what_is_planned_is_kept_at_once(parts, shop):
    parts.receive(3)
    made = shop.order()
    done = parts.plan(made.id, 2)
    assert (done.planned, done.reserved, done.short) == (2, 2, 0)
    assert parts.level() == (3, 2)
    assert parts.state(made.id) == (OrderState.REQUESTED, "", "ready")
    other = parts.plan(shop.order(title="Another").id, 2)
    assert (other.reserved, other.short) == (1, 1)
    again = parts.plan(made.id, 1)
    assert (again.id, again.planned, again.short) == (done.id, 3, 1)


def test_an_order_waits_for_what_is_lacking_and_goes_on_when_it_is_there(parts, shop):
    waiting = shop.in_state(OrderState.PLANNED)
    parts.plan(waiting, 2)
    assert parts.state(waiting) == (OrderState.WAITING, WaitReason.PARTS, "short")
    lacking = Shortage.objects.of(parts.owner).get()
    assert lacking.label == shop.row(waiting).number
    shortage.expect(parts.owner, lacking.id, expected_on=clock.today("UTC") + timedelta(days=2))
    assert parts.state(waiting) == (OrderState.WAITING, WaitReason.PARTS, "expected")
    parts.receive(1)
    assert parts.state(waiting)[0] == OrderState.WAITING
    parts.receive(1)
    assert parts.state(waiting) == (OrderState.PLANNED, "", "ready")
    waits = WaitInterval.objects.of(parts.owner).filter(order_id=waiting)
    assert [(w.reason, w.from_state, w.ended_at is not None) for w in waits] == [("parts", "planned", True)]


def test_before_approval_nothing_waits(parts, shop):
    made = shop.order().id
    parts.plan(made)
    assert parts.state(made) == (OrderState.REQUESTED, "", "short")
    orders.approve(parts.owner, made)
    assert parts.state(made) == (OrderState.WAITING, WaitReason.PARTS, "short")
    orders.resume(parts.owner, made)
    shop.do("dispatch", made)
    assert parts.state(made) == (OrderState.DISPATCHED, "", "short"), "whoever lets it go on means it"
    parts.receive(1)
    assert parts.state(made) == (OrderState.DISPATCHED, "", "ready")


def test_issuing_freezes_the_cost_and_returning_lowers_it(parts, shop):
    parts.receive(4, "5")
    working = shop.in_state(OrderState.IN_PROGRESS)
    line = parts.plan(working, 3)
    done = part.issue(parts.owner, line.id)
    assert (done.issued, done.reserved, done.cost) == (3, 0, 15)
    parts.receive(10, "99")
    back = part.return_(parts.owner, line.id, Decimal(1))
    assert (back.returned, back.cost) == (1, 10)
    assert parts.level() == (12, 0)
    assert cost_of(parts.owner, working).material == 10
    shop.do("complete", working)
    shop.do("close", working)
    assert shop.row(working).cost_material == 10


def test_more_than_planned_must_be_meant(parts, shop):
    parts.receive(5)
    line = parts.plan(shop.in_state(OrderState.IN_PROGRESS), 1)
    with pytest.raises(Refusal) as refused:
        part.issue(parts.owner, line.id, Decimal(2))
    assert refused.value.errors[0].code == "part.more_than_planned"
    assert part.issue(parts.owner, line.id, Decimal(2), may_exceed=True).issued == 2
    with pytest.raises(Refusal, match=r"part\.all_issued"):
        part.issue(parts.owner, line.id)


def test_drawn_from_the_van_the_store_keeps_nothing(parts, shop):
    parts.receive(2)
    parts.receive(1, store_id=parts.van)
    working = shop.in_state(OrderState.IN_PROGRESS)
    line = parts.plan(working, 2, store_id=parts.near)
    done = part.issue(parts.owner, line.id, Decimal(1), store_id=parts.van)
    assert (done.issued, done.reserved) == (1, 1)
    assert (parts.level(), parts.level(parts.van)) == ((2, 1), (0, 0))


def test_an_order_that_is_called_off_keeps_nothing_from_others(parts, shop):
    parts.receive(1)
    first, second = shop.in_state(OrderState.APPROVED), shop.in_state(OrderState.APPROVED, title="Second")
    line = parts.plan(first)
    parts.plan(second)
    assert parts.state(second)[0] == OrderState.WAITING
    shop.do("cancel", first)
    assert parts.state(second) == (OrderState.APPROVED, "", "ready")
    assert parts.level() == (1, 1)
    shop.do("reopen", first)
    assert part.reserve(parts.owner, line.id).short == 1
    part.drop(parts.owner, line.id)
    assert parts.state(first)[2] == ""


def test_dropping_what_is_lacking_lets_the_order_go_on(parts, shop):
    waiting = shop.in_state(OrderState.APPROVED)
    line = parts.plan(waiting)
    assert parts.state(waiting)[0] == OrderState.WAITING
    part.drop(parts.owner, line.id)
    assert parts.state(waiting) == (OrderState.APPROVED, "", "")
    assert not PartLine.objects.of(parts.owner).exists()


def test_sources_name_van_site_and_others_and_the_spare_list(parts, shop):
    from trunnion.assets.commands import asset
    from trunnion.catalog.commands import spare

    model = made_model(parts.owner, "NB 50-200")
    spare.add(parts.owner, model_id=model, item_id=parts.seal, quantity=Decimal(2))
    pump = asset.create(parts.owner, name="Pump", location_id=shop.site, model_id=model).id
    far = store.create(parts.owner, code="C", name="Central").id
    for store_id in (parts.near, parts.van, far):
        parts.receive(1, store_id=store_id)
    made = shop.order(asset_id=pump).id
    shop.do("dispatch", made)
    told = get_sources(parts.owner, made)
    assert [(p["code"], p["quantity"], p["available"]) for p in told["proposed"]] == [("SEAL", 2, 3)]
    line = parts.plan(made)
    assert line.reserved == 1
    assert parts.level(parts.van) == (1, 1), "the own van is nearest"
    told = get_sources(parts.owner, made)
    near = [(s["store"], s["near"], s["available"]) for s in told["sources"][str(parts.seal)]]
    assert near == [("Van", "van", 0), ("Site store", "site", 1), ("Central", "other", 1)]
    assert told["proposed"] == []


def test_money_is_for_those_who_may_see_it(parts, shop):
    parts.receive(2, "7")
    made = shop.in_state(OrderState.ACCEPTED)
    line = parts.plan(made)
    mine = part.issue(shop.engineer, line.id)
    assert (mine.issued, mine.cost) == (1, None)
    assert "cost" not in get_order(shop.engineer, made)["parts"][0]
    assert get_order(parts.owner, made)["parts"][0]["cost"] == 7
    assert get_order(parts.owner, made)["cost"]["material"] == 7


def test_the_list_of_orders_tells_readiness(parts, shop):
    parts.plan(shop.order().id)
    told = page.page(parts.owner, lists.ORDERS, page.Ask(columns="number,parts"))
    assert [row["parts"] for row in told["rows"]] == ["short"]


def test_without_a_store_nothing_is_planned(shop):
    seal = made_item(shop.owner, "Shaft seal", code="SEAL")
    with pytest.raises(Refusal) as refused:
        part.plan(shop.owner, shop.order().id, seal, Decimal(1))
    assert refused.value.errors[0].code == "part.no_store"
