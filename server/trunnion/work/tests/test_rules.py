"""Instants, durations, prices and proposals, without a database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.money import Money
from trunnion.work import rules
from trunnion.work.types import LabourKind, MaintenanceType, OrderKind, OrderState, Phases, Priority

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
instants = st.integers(-500_000, 500_000).map(lambda minutes: NOON + minutes * MINUTE)


@pytest.mark.parametrize("kind", list(OrderKind))
def test_every_kind_has_a_maintenance_type(kind):
    assert rules.maintenance_type(kind, Priority.NORMAL, False) in MaintenanceType


def test_a_stopped_or_urgent_machine_is_mended_at_once():
    kind = OrderKind.CORRECTIVE
    assert rules.maintenance_type(kind, Priority.LOW, True) == MaintenanceType.CORRECTIVE_IMMEDIATE
    assert rules.maintenance_type(kind, Priority.URGENT, False) == MaintenanceType.CORRECTIVE_IMMEDIATE
    assert rules.maintenance_type(kind, Priority.HIGH, False) == MaintenanceType.CORRECTIVE_DEFERRED


def test_an_instant_must_fit_between_the_last_step_and_now():
    assert rules.moment(None, NOON, NOON - MINUTE) == NOON
    assert rules.moment(NOON - MINUTE, NOON, NOON - 2 * MINUTE) == NOON - MINUTE
    for at, code in ((NOON - 3 * MINUTE, "order.before_last_step"), (NOON + 6 * MINUTE, "order.in_future")):
        with pytest.raises(Invalid) as refused:
            rules.moment(at, NOON, NOON - 2 * MINUTE)
        assert refused.value.errors[0].code == code


@given(st.none() | instants, instants, st.none() | instants)
def test_a_moment_is_never_before_the_last_step(at, now, last):
    try:
        when = rules.moment(at, now, last)
    except Invalid:
        return
    assert last is None or when >= last
    assert at is None or when == at


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (1, 1), (29, 1), (89, 1), (90, 2), (300, 5), (329, 5), (330, 6), (-5, 0)]
)
def test_whatever_took_time_took_a_minute(seconds, minutes):
    assert rules.minutes_between(NOON, NOON + timedelta(seconds=seconds)) == minutes


def test_a_price_is_rounded_at_the_minor_unit():
    assert rules.price(Money(Decimal("61.50"), "EUR"), 20) == Money(Decimal("20.50"), "EUR")
    assert rules.price(Money(Decimal(100), "JPY"), 20) == Money(Decimal(33), "JPY")
    assert rules.price(None, 20) is None


def test_the_day_is_the_persons_own():
    assert rules.day_of(datetime(2026, 3, 2, 23, tzinfo=UTC), "Asia/Shanghai") == date(2026, 3, 3)


def test_a_window_ends_after_it_begins():
    rules.window(None, None)
    rules.window(NOON, None)
    rules.window(NOON, NOON + MINUTE)
    for from_at, until_at in ((NOON, NOON), (NOON, NOON - MINUTE), (None, NOON)):
        with pytest.raises(Invalid):
            rules.window(from_at, until_at)


def test_a_closed_order_can_be_reopened_for_a_while():
    rules.check_reopening(OrderState.CLOSED, NOON, NOON + rules.REOPEN_WITHIN)
    rules.check_reopening(OrderState.COMPLETED, NOON, NOON + 9 * rules.REOPEN_WITHIN)
    with pytest.raises(Refusal):
        rules.check_reopening(OrderState.CANCELLED, NOON, NOON + rules.REOPEN_WITHIN + MINUTE)


def test_the_phases_propose_what_is_still_to_be_booked():
    phases = Phases(
        departed_at=NOON,
        arrived_at=NOON + 20 * MINUTE,
        started_at=NOON + 25 * MINUTE,
        ended_at=NOON + 125 * MINUTE,
    )
    waits = [(NOON + 65 * MINUTE, NOON + 95 * MINUTE), (NOON - 60 * MINUTE, NOON + 5 * MINUTE)]
    assert rules.proposed_minutes(phases, waits, {}, NOON) == {LabourKind.TRAVEL: 20, LabourKind.WORK: 70}
    booked = {LabourKind.TRAVEL: 20, LabourKind.WORK: 60}
    assert rules.proposed_minutes(phases, waits, booked, NOON) == {LabourKind.WORK: 10}


def test_a_wait_that_lasts_is_no_work():
    phases = Phases(started_at=NOON)
    now = NOON + 60 * MINUTE
    assert rules.proposed_minutes(phases, [(NOON + 40 * MINUTE, None)], {}, now) == {LabourKind.WORK: 40}


def test_what_was_declined_goes_back_to_its_window():
    assert (rules.declined_to(True), rules.declined_to(False)) == (OrderState.PLANNED, OrderState.APPROVED)
