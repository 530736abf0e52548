"""Time is booked at the rate of its day, taken back by a reversal, and measured by one clock at a time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, KernelError, NotGranted, NotVisible, Refusal, WrongState
from trunnion.kernel.unit import Unit, entered
from trunnion.work.commands import labour, order
from trunnion.work.commands.step import NotYours
from trunnion.work.models import LabourEntry, LabourTimer
from trunnion.work.queries import cost_of
from trunnion.work.tests.builders import make_engineer, make_resource
from trunnion.work.types import LabourKind, OrderState
from trunnion.workforce.commands import rate

MINUTE = timedelta(minutes=1)


def entries(shop):
    return LabourEntry.objects.of(shop.owner).order_by("id")


def test_the_rate_of_the_day_is_kept(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    rate.set_(shop.owner, shop.resource, amount=Decimal(90), from_on=date(2026, 6, 1))
    early = labour.record(shop.engineer, made, minutes=30, worked_on=date(2026, 5, 31))
    late = labour.record(shop.engineer, made, minutes=30, worked_on=date(2026, 6, 1))
    assert early.amount is late.amount is None
    assert [e.amount for e in entries(shop)] == [30, 45]
    rate.set_(shop.owner, shop.resource, amount=Decimal(500), from_on=date(2026, 5, 1))
    assert [e.rate for e in entries(shop)] == [60, 90]


def test_a_reversal_turns_the_sign_once(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    first = labour.record(shop.engineer, made, minutes=45)
    back = labour.reverse(shop.engineer, first.id, reason="Wrong order")
    assert (back.minutes, entries(shop).last().amount) == (-45, -45)
    assert cost_of(shop.owner, made).labour == 0
    with pytest.raises(Refusal, match="reversed_already"):
        labour.reverse(shop.engineer, first.id, reason="Again")
    with pytest.raises(Refusal, match="is_reversal"):
        labour.reverse(shop.engineer, back.id, reason="Back")


def test_a_ledger_is_never_edited(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    labour.record(shop.engineer, made, minutes=45)
    row = entries(shop).get()
    with entered(Unit(shop.owner, "work.labour.record")):
        row.minutes = 5
        with pytest.raises(KernelError):
            row.save()
        with pytest.raises(KernelError):
            row.delete()


def test_from_one_instant_to_another(shop):
    made, now = shop.in_state(OrderState.IN_PROGRESS), clock.now()
    done = labour.record(
        shop.engineer, made, began_at=now - 50 * MINUTE, ended_at=now - 5 * MINUTE, kind=LabourKind.TRAVEL
    )
    assert done.minutes == 45


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({}, "/minutes"),
        ({"minutes": 0}, "/minutes"),
        ({"minutes": 1441}, "/minutes"),
        ({"minutes": -5}, "/minutes"),
        ({"began_at": 60}, "/ended_at"),
        ({"ended_at": 5}, "/began_at"),
        ({"began_at": 5, "ended_at": 60}, "/ended_at"),
        ({"began_at": 60 * 26, "ended_at": 5}, "/ended_at"),
        ({"began_at": 60, "ended_at": -60}, "/ended_at"),
        ({"began_at": 60, "ended_at": 30, "minutes": 31}, "/minutes"),
        ({"minutes": 5, "worked_on": date(2099, 1, 1)}, "/worked_on"),
    ],
)
def test_contradictions_are_named(shop, facts, pointer):
    made, now = shop.in_state(OrderState.IN_PROGRESS), clock.now()
    facts = {k: now - v * MINUTE if k in ("began_at", "ended_at") else v for k, v in facts.items()}
    with pytest.raises(Invalid) as refused:
        labour.record(shop.engineer, made, **facts)
    assert refused.value.errors[0].pointer == pointer
    assert not entries(shop).exists()


def test_whose_time_it_is(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    stranger = make_resource(shop.tenant, "Stranger")
    helper, helper_id = make_engineer(shop.tenant, "Chen Jing")
    with pytest.raises(NotYours):
        labour.record(shop.engineer, made, minutes=5, resource_id=stranger)
    order.assign(shop.owner, made, crew_ids=[helper_id])
    labour.record(shop.engineer, made, minutes=5, resource_id=helper_id)
    labour.record(helper, made, minutes=6)
    labour.record(shop.owner, made, minutes=7, resource_id=stranger)
    assert [e.resource_id for e in entries(shop)] == [helper_id, helper_id, stranger]
    with pytest.raises(Refusal, match="no_resource"):
        labour.record(shop.owner, made, minutes=5)


def test_nobody_has_two_clocks(shop):
    one, two = shop.in_state(OrderState.IN_PROGRESS), shop.in_state(OrderState.IN_PROGRESS)
    labour.begin(shop.engineer, one, at=clock.now() - 12 * MINUTE)
    with pytest.raises(Refusal) as refused:
        labour.begin(shop.engineer, two)
    assert (refused.value.code, refused.value.facts["order_id"]) == ("labour.clock_runs", one)
    labour.begin(shop.engineer, two, switch=True)
    assert [(e.order_id, e.minutes) for e in entries(shop)] == [(one, 12)]
    assert LabourTimer.objects.of(shop.owner).get().order_id == two


def test_what_the_clock_measured_is_booked_or_thrown_away(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    labour.begin(shop.engineer, made, at=clock.now() - 5 * MINUTE)
    booked = labour.finish(shop.engineer, made)
    assert booked is not None
    assert booked.minutes == 5
    labour.begin(shop.engineer, made)
    assert labour.finish(shop.engineer, made, discard=True) is None
    with pytest.raises(Refusal, match="no_clock"):
        labour.finish(shop.engineer, made)
    assert entries(shop).count() == 1


def test_a_forgotten_clock_asks_and_counts_a_day_at_the_most(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    began = clock.now() - timedelta(hours=30)
    labour.begin(shop.engineer, made, at=began)
    with pytest.raises(Invalid) as refused:
        labour.finish(shop.engineer, made)
    assert refused.value.errors[0].code == "labour.too_long"
    shop.do("complete", made, shop.engineer)
    assert entries(shop).get().minutes == 24 * 60
    assert entries(shop).get().ended_at == began + timedelta(hours=24)


def test_time_without_a_rate_is_known_to_be_unpriced(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    free = make_resource(shop.tenant, "Trainee")
    done = labour.record(shop.owner, made, minutes=40, resource_id=free)
    assert (done.amount, done.currency) == (None, "EUR")
    cost = cost_of(shop.owner, made)
    assert (cost.labour, cost.unpriced_minutes) == (Decimal(0), 40)


@pytest.mark.parametrize(
    "state", [OrderState.DRAFT, OrderState.CLOSED, OrderState.CANCELLED, OrderState.MERGED]
)
def test_no_time_is_booked_where_the_order_takes_none(shop, state):
    with pytest.raises(WrongState):
        labour.record(shop.owner, shop.in_state(state), minutes=5, resource_id=shop.resource)


def test_wrong_role_and_other_organisation(shop, other):
    made = shop.in_state(OrderState.IN_PROGRESS)
    first = labour.record(shop.engineer, made, minutes=5)
    with pytest.raises(NotGranted):
        labour.record(shop.tenant.person("inspector"), made, minutes=5)
    with pytest.raises(NotVisible):
        labour.reverse(other.owner, first.id, reason="x")
    with pytest.raises(NotVisible):
        labour.begin(make_engineer(shop.tenant, "Nosy")[0], made, kind=LabourKind.WORK)
