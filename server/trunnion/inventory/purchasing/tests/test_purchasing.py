"""A purchase from the wish to the shelf and back: prices, approval, order, partial receipt, return, another system."""

from datetime import date, timedelta
from decimal import Decimal

import pypdfium2
import pytest

from trunnion.attach.tests.vocabulary import missing_words
from trunnion.catalog.commands import item_unit, supplier
from trunnion.identity.approvals.commands import approval
from trunnion.identity.approvals.tests.builders import by_role, made_rule
from trunnion.inventory.models import Movement, Shortage, Stock
from trunnion.inventory.purchasing import queries
from trunnion.inventory.purchasing.commands import order, receiving, term
from trunnion.inventory.purchasing.models import PurchaseLine, PurchaseOrder
from trunnion.inventory.purchasing.types import ArrivalLine, LineAsk
from trunnion.inventory.tests.builders import Depot, need
from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal, WrongState
from trunnion.parties.tests.builders import made as made_party

TODAY = date(2026, 3, 2)


@pytest.fixture
def depot(tenant) -> Depot:
    return Depot(tenant)


@pytest.fixture
def maker(depot):
    return made_party(depot.owner, "Bearings AG", "supplier")


def bought(depot, maker, quantity="10", price="3", **facts):
    line = LineAsk(
        facts.pop("item", depot.bearing), Decimal(quantity), price=price and Decimal(price), **facts
    )
    made = order.create(depot.owner, depot.store, lines=[line], party_id=maker)
    return made.id


def placed(depot, maker, **facts):
    row = bought(depot, maker, **facts)
    order.request(depot.owner, row)
    order.order(depot.owner, row, expected_on=TODAY + timedelta(days=10))
    return row, PurchaseLine.objects.of(depot.owner).get(order_id=row).id


def refusal(call) -> tuple[str, str]:
    with pytest.raises(Invalid) as refused:
        call()
    return refused.value.errors[0].pointer, refused.value.errors[0].code


def test_prices_follow_the_terms_of_the_day_the_quantity_and_the_pack(depot, maker):
    ctx, today = depot.owner, clock.now().date()
    item_unit.add(ctx, depot.bearing, "{box}", "12")
    supplier.add(ctx, depot.bearing, maker, their_code="SKF-1")
    said = {"item_id": depot.bearing, "party_id": maker}
    term.create(ctx, **said, price="4", from_on=today - timedelta(days=30), lead_days=7)
    term.create(ctx, **said, price="3", minimum="100", from_on=today - timedelta(days=30))
    term.create(
        ctx, **said, price="1", from_on=today - timedelta(days=90), until_on=today - timedelta(days=31)
    )
    term.create(ctx, **said, price="40", unit="{box}", from_on=today)
    lines = [
        LineAsk(depot.bearing, Decimal(10), unit="{each}"), LineAsk(depot.bearing, Decimal(100), unit="{each}"),
        LineAsk(depot.bearing, Decimal(2), unit="{box}"),
        LineAsk(depot.bearing, Decimal(1), price=Decimal("9.99"), unit="{each}"),
    ]  # fmt: skip
    made = order.create(ctx, depot.store, lines=lines, party_id=maker)
    told = queries.get_purchase(ctx, made.id)
    assert [(line["price"], line["factor"], line["their_code"]) for line in told["lines"]] == [
        (4, 1, "SKF-1"), (3, 1, "SKF-1"), (40, 12, "SKF-1"), (Decimal("9.99"), 1, "SKF-1"),
    ]  # fmt: skip
    assert told["amount"] == Decimal("429.99")
    assert refusal(lambda: term.create(ctx, **said, price="4", unit="kg")) == ("/unit", "item_unit_unknown")
    assert refusal(
        lambda: term.create(ctx, **said, price="4", from_on=today, until_on=today - timedelta(days=1))
    ) == (
        "/until_on",
        "purchase.ends_first",
    )


def test_without_a_rule_it_is_approved_at_once_and_goes_its_way(depot, maker):
    ctx = depot.owner
    row = bought(depot, maker)
    assert queries.get_purchase(ctx, row)["actions"] == ["request", "edit", "set_lines", "cancel"]
    with pytest.raises(WrongState):
        order.order(ctx, row)
    assert order.request(ctx, row).state == "approved"
    assert order.order(ctx, row, expected_on=TODAY).state == "ordered"
    told = queries.get_purchase(ctx, row)
    assert (told["expected_on"], told["ordered_by_name"], told["number"]) == (
        TODAY,
        ctx.actor_name,
        "PO-000001",
    )
    with pytest.raises(WrongState):
        order.set_lines(ctx, row, lines=[LineAsk(depot.bearing, Decimal(1))])
    assert refusal(lambda: order.edit(ctx, row, party_id=made_party(ctx, "Other", "supplier"))) == (
        "/party_id",
        "purchase.supplier_stays",
    )
    assert order.cancel(ctx, row, reason="changed our mind").state == "cancelled"


def test_nothing_is_ordered_without_supplier_or_price(depot, maker):
    ctx = depot.owner
    row = bought(depot, None, price=None)
    order.request(ctx, row)
    assert refusal(lambda: order.order(ctx, row)) == ("/party_id", "purchase.supplier_needed")
    order.revise(ctx, row)
    order.edit(ctx, row, party_id=maker)
    order.request(ctx, row)
    with pytest.raises(Refusal) as refused:
        order.order(ctx, row)
    assert refused.value.code == "purchase.price_needed"


def test_above_a_limit_somebody_else_must_agree(tenant, depot, maker):
    boss = tenant.person("manager")
    step = by_role(tenant.owner, "manager")
    made_rule(tenant.owner, step, verb="inventory.purchase_order.order", amount_from="100", currency="EUR")
    small, large = bought(depot, maker, quantity="10"), bought(depot, maker, quantity="1000")
    assert order.request(depot.owner, small).state == "approved"
    assert order.request(depot.owner, large).state == "requested"
    told = queries.get_purchase(depot.owner, large)
    assert (told["actions"], len(told["waits_for"])) == ([], 1)
    approval.refuse(boss, told["approval_id"], remark="too dear")
    assert queries.get_purchase(depot.owner, large)["state"] == "draft"
    order.request(depot.owner, large)
    approval.grant(boss, queries.get_purchase(depot.owner, large)["approval_id"])
    assert queries.get_purchase(depot.owner, large)["state"] == "approved"


def test_ten_of_twelve_come_and_two_stay_open(depot, maker):
    ctx = depot.owner
    demand = need()
    depot.reserve(demand, 12)
    row, line = placed(depot, maker, quantity="12", price="3")
    assert Shortage.objects.of(ctx).get().expected_on == TODAY + timedelta(days=10)
    done = receiving.receive(
        ctx, row, lines=[ArrivalLine(line, Decimal(8), Decimal(2), "rusty")], paper="DN-1"
    )
    assert done.state == "partly"
    stock = Stock.objects.of(ctx).get()
    assert (stock.on_hand, stock.reserved, stock.value) == (8, 8, 24)
    assert Shortage.objects.of(ctx).get().quantity == 4
    (one,) = queries.incoming(ctx, [depot.bearing])
    assert (one.quantity, one.number) == (4, "PO-000001")
    told = queries.get_purchase(ctx, row)["receipts"]
    assert [(r["kind"], r["accepted"], r["rejected"], r["paper"]) for r in told] == [("came", 8, 2, "DN-1")]
    for lines, wanted in (
        ([ArrivalLine(line, Decimal(5))], ("/lines/0/accepted", "purchase.more_than_ordered")),
        ([ArrivalLine(line, rejected=Decimal(1))], ("/lines/0/reason", "purchase.reason_needed")),
        ([ArrivalLine(line)], ("/lines/0/accepted", "purchase.nothing_came")),
        ([ArrivalLine(line, Decimal("0.5"))], ("/lines/0/accepted", "stock.not_whole")),
        ([ArrivalLine(row, Decimal(1))], ("/lines/0/line_id", "reference_unknown")),
        ([ArrivalLine(line, Decimal(1))] * 2, ("/lines", "purchase.line_twice")),
    ):
        assert refusal(lambda lines=lines: receiving.receive(ctx, row, lines=lines)) == wanted
    assert receiving.receive(ctx, row, lines=[ArrivalLine(line, Decimal(4))]).state == "received"
    assert Stock.objects.of(ctx).get().reserved == 12
    assert not Shortage.objects.of(ctx).exists()
    assert queries.incoming(ctx, [depot.bearing]) == []


def test_a_box_comes_in_as_twelve_at_its_price(depot, maker):
    ctx = depot.owner
    item_unit.add(ctx, depot.bearing, "{box}", "12")
    row, line = placed(depot, maker, quantity="2", price="10", unit="{box}")
    receiving.receive(ctx, row, lines=[ArrivalLine(line, Decimal(2))])
    stock = Stock.objects.of(ctx).get()
    assert (stock.on_hand, stock.value) == (24, 20)
    receiving.send_back(ctx, row, line, Decimal(1), reason="wrong ones")
    stock = Stock.objects.of(ctx).get()
    assert (stock.on_hand, stock.value) == (12, 10)
    moved = Movement.objects.of(ctx).order_by("id").last()
    assert (moved.to_kind, moved.party_id, moved.cause_id) == ("supplier", maker, row)
    assert PurchaseLine.objects.of(ctx).get(id=line).returned == 1
    with pytest.raises(Refusal) as refused:
        receiving.send_back(ctx, row, line, Decimal(2), reason="more")
    assert refused.value.code == "purchase.more_than_came"


def test_another_currency_needs_a_rate(depot, maker):
    ctx = depot.owner
    asked = [LineAsk(depot.bearing, Decimal(10), price=Decimal(7))]
    row = order.create(ctx, depot.store, lines=asked, party_id=maker, currency="CNY").id
    order.request(ctx, row)
    order.order(ctx, row)
    line = PurchaseLine.objects.of(ctx).get(order_id=row).id
    came = [ArrivalLine(line, Decimal(10))]
    assert refusal(lambda: receiving.receive(ctx, row, lines=came)) == ("/rate", "purchase.rate_needed")
    receiving.receive(ctx, row, lines=came, rate="0.125")
    assert Stock.objects.of(ctx).get().value == Decimal("8.75")


def test_what_will_not_come_is_given_up_and_those_who_wait_are_told(depot, maker):
    ctx = depot.owner
    depot.reserve(need(), 12)
    row, line = placed(depot, maker, quantity="12")
    receiving.receive(ctx, row, lines=[ArrivalLine(line, Decimal(2))])
    assert order.close(ctx, row, reason="out of production").state == "closed"
    assert Shortage.objects.of(ctx).get().expected_on is None
    with pytest.raises(WrongState):
        receiving.receive(ctx, row, lines=[ArrivalLine(line, Decimal(1))])


def test_an_order_of_another_system_is_one_however_often_it_comes(depot, maker):
    ctx = depot.owner
    said = {"system": "SAP", "external_id": "4500001", "store_id": depot.store, "party_id": maker}
    lines = [LineAsk(depot.bearing, Decimal(5), price=Decimal(2))]
    one = order.bring(ctx, **said, lines=lines)
    again = order.bring(ctx, **said, lines=[LineAsk(depot.bearing, Decimal(6), price=Decimal(2))])
    assert (one.id, one.state, again.id) == (again.id, "ordered", one.id)
    line = PurchaseLine.objects.of(ctx).get()
    assert line.quantity == 6
    receiving.receive(ctx, one.id, lines=[ArrivalLine(line.id, Decimal(1))])
    assert order.bring(ctx, **said, lines=[LineAsk(depot.bearing, Decimal(6))]).state == "partly"
    with pytest.raises(Refusal) as refused:
        order.bring(ctx, **said, lines=lines)
    assert refused.value.code == "purchase.came_already"
    assert PurchaseOrder.objects.of(ctx).count() == 1


def test_who_may_what(tenant, other, depot, maker):
    keeper, buyer = tenant.person("storekeeper"), tenant.person("buyer")
    asked = [LineAsk(depot.bearing, Decimal(1), price=Decimal(1))]
    row = order.create(keeper, depot.store, lines=asked, party_id=maker).id
    order.request(keeper, row)
    with pytest.raises(NotGranted):
        order.order(keeper, row)
    order.order(buyer, row)
    line = PurchaseLine.objects.of(depot.owner).get(order_id=row).id
    with pytest.raises(NotGranted):
        order.create(tenant.person("engineer"), depot.store, lines=asked)
    receiving.receive(keeper, row, lines=[ArrivalLine(line, Decimal(1))])
    with pytest.raises(NotVisible):
        order.cancel(other.owner, row, reason="mine")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_order_as_a_paper(tenant, depot, maker, language):
    row, _ = placed(depot, maker)
    answer = tenant.client().get(f"/api/inventory/purchase_orders/{row}/order.pdf?language={language}")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with pypdfium2.PdfDocument(content) as paper:
        text = paper[0].get_textpage().get_text_bounded()
    title = "采购订单" if language == "zh-CN" else "Purchase order"
    for word in ("PO-000001", "Bearings AG", "B-6204", "30.00", title):
        assert word in text, text


def test_nothing_is_without_words():
    ours = ("purchase", "supplier_term", "replenishment", "receipt", "demand.method")
    assert [key for key in missing_words("inventory") if any(word in key for word in ours)] == []
