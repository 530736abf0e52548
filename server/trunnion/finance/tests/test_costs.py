"""Booked time becomes cost, once, at the price that it was booked with."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from trunnion.assets.queries.file import get_file
from trunnion.finance import commands, queries
from trunnion.finance.handlers import cost_labour
from trunnion.finance.models import CostEntry
from trunnion.finance.types import CostKind, CostSum
from trunnion.identity.commands.membership import ScopeLine
from trunnion.identity.types import ScopeKind
from trunnion.kernel import delivery
from trunnion.kernel.context import system
from trunnion.kernel.errors import Invalid, KernelError, NotGranted, NotVisible
from trunnion.kernel.ids import uuid7
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import DELIVERY
from trunnion.kernel.policies import visible
from trunnion.kernel.unit import Unit, entered
from trunnion.work.commands import labour, order
from trunnion.work.events import LabourRecorded
from trunnion.work.tests.builders import Shop, make_resource
from trunnion.work.types import OrderState
from trunnion.workforce.commands import rate


@pytest.fixture
def shop(tenant) -> Shop:
    return Shop(tenant)


def amounts(shop):
    return list(CostEntry.objects.of(shop.owner).order_by("id").values_list("amount", flat=True))


def test_booked_time_costs_what_it_was_booked_at(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    labour.record(shop.engineer, made, minutes=30, worked_on=date(2026, 3, 2))
    rate.set_(shop.owner, shop.resource, amount=Decimal(999), from_on=date(2026, 1, 1))
    row = CostEntry.objects.of(shop.owner).get()
    assert (row.cost_kind, row.amount, row.currency, row.occurred_on) == (
        "labour",
        30,
        "EUR",
        date(2026, 3, 2),
    )
    assert (row.order_id, row.asset_id, row.location_id) == (made, shop.pump, shop.site)


def test_a_reversal_takes_the_cost_back(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    booked = labour.record(shop.engineer, made, minutes=45)
    labour.reverse(shop.engineer, booked.id, reason="Wrong order")
    first, second = CostEntry.objects.of(shop.owner).order_by("id")
    assert (second.amount, second.reverses_id) == (-first.amount, first.id)
    assert queries.cost_of_order(shop.owner, made)["sums"] == [CostSum(CostKind.LABOUR, "EUR", Decimal(0), 2)]


def test_delivered_twice_counted_once(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    booked = labour.record(shop.engineer, made, minutes=30)
    event = LabourRecorded(
        labour_id=booked.id, order_id=made, asset_id=shop.pump, resource_id=shop.resource, labour_kind="work",
        minutes=30, worked_on=date(2026, 3, 2), amount=Decimal(30), currency="EUR", reverses_id=None,
    )  # fmt: skip
    cost_labour(system(shop.tenant.id), event)
    for job in Job.objects.filter(task=DELIVERY, arguments__contains="cost_labour"):
        delivery.deliver(job)
    assert amounts(shop) == [30]


def test_unpriced_time_costs_nothing(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    labour.record(shop.owner, made, minutes=30, resource_id=make_resource(shop.tenant, "Trainee"))
    assert amounts(shop) == []


def test_sums_by_order_and_asset_and_in_the_assets_file(shop):
    one, two = shop.in_state(OrderState.IN_PROGRESS), shop.order().id
    labour.record(shop.engineer, one, minutes=30)
    labour.record(shop.owner, two, minutes=15, resource_id=shop.resource)
    assert queries.cost_of_asset(shop.owner, shop.pump)["sums"] == [
        CostSum(CostKind.LABOUR, "EUR", Decimal(45), 2)
    ]
    order.merge(shop.owner, two, into_id=one)
    assert queries.cost_of_order(shop.owner, one)["sums"][0].amount == 45
    assert queries.cost_of_order(shop.owner, two)["sums"][0].amount == 15
    costs = get_file(shop.owner, shop.pump)["sections"]["costs"]
    assert [(c["order_number"], c["amount"]) for c in costs] == [("WO-000002", 15), ("WO-000001", 30)]
    assert "costs" not in get_file(shop.engineer, shop.pump)["sections"]


def test_currencies_never_meet(shop):
    made = shop.order().id
    for currency in ("EUR", "CNY"):
        commands.record(
            shop.owner, kind=CostKind.SERVICE, amount=Decimal("1.50"), currency=currency, occurred_on=date(2026, 1, 1),
            source_kind="test.thing", source_id=uuid7(), order_id=made,
        )  # fmt: skip
    found = queries.cost_of_order(shop.owner, made)["sums"]
    assert [(s.currency, s.amount) for s in found] == [("CNY", Decimal("1.5")), ("EUR", Decimal("1.5"))]


def test_a_ledger_is_never_edited(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    labour.record(shop.engineer, made, minutes=30)
    row = CostEntry.objects.of(shop.owner).get()
    with entered(Unit(shop.owner, "finance.cost.record")):
        row.amount = Decimal(1)
        with pytest.raises(KernelError):
            row.save()


def test_wrong_role_bad_reference_and_other_organisation(shop, other):
    facts: dict[str, Any] = {
        "kind": "labour", "amount": "1", "currency": "EUR", "occurred_on": date(2026, 1, 1), "source_kind": "x",
        "source_id": uuid7(),
    }  # fmt: skip
    with pytest.raises(NotGranted):
        commands.record(shop.engineer, **facts)
    with pytest.raises(Invalid) as refused:
        commands.record(shop.owner, **facts, order_id=uuid7())
    assert refused.value.errors[0].pointer == "/order_id"
    with pytest.raises(NotVisible):
        queries.cost_of_order(other.owner, shop.order().id)


def test_who_works_for_a_part_sees_the_costs_of_its_orders(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    labour.record(shop.engineer, made, minutes=30)
    for location_id, count in ((shop.site, 1), (uuid7(), 0)):
        narrowed = shop.tenant.person("manager", scopes=[ScopeLine(ScopeKind.LOCATION, location_id)])
        assert visible(narrowed, CostEntry).count() == count


def test_the_door(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    labour.record(shop.engineer, made, minutes=30)
    client = shop.tenant.client()
    rows = client.get("/api/finance/costs", {"sort": "-occurred_on"}).json()["rows"]
    assert [(r["order_number"], r["amount"]) for r in rows] == [("WO-000001", "30")]
    assert client.get(f"/api/finance/orders/{made}/cost").json()["sums"][0]["amount"] == "30"
    assert client.get(f"/api/finance/assets/{shop.pump}/cost").json()["sums"][0]["count"] == 1
