"""Which of several dated rates holds."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from trunnion.kernel.ids import uuid7
from trunnion.workforce.rules import rate_on
from trunnion.workforce.types import RateLine


def line(amount, day, craft=""):
    return RateLine(uuid7(), craft, Decimal(amount), "EUR", day)


def amount_on(rates, day, craft=""):
    found = rate_on(rates, day, craft)
    return found and found.amount


def test_before_the_first_day_there_is_no_rate():
    assert rate_on([line(50, date(2026, 1, 2))], date(2026, 1, 1)) is None


def test_the_latest_begun_holds():
    rates = [line(50, date(2026, 1, 1)), line(60, date(2026, 6, 1)), line(70, date(2027, 1, 1))]
    assert amount_on(rates, date(2026, 6, 1)) == 60
    assert amount_on(rates, date(2026, 5, 31)) == 50


def test_the_crafts_own_goes_before_the_general_one():
    rates = [
        line(50, date(2026, 6, 1)),
        line(80, date(2026, 1, 1), "welder"),
        line(90, date(2026, 1, 1), "diver"),
    ]
    assert amount_on(rates, date(2026, 7, 1), "welder") == 80
    assert amount_on(rates, date(2026, 7, 1)) == 50


@given(st.lists(st.dates()), st.dates())
def test_the_rate_has_begun_and_none_begun_is_later(days, day):
    found = rate_on([line(1, d) for d in days], day)
    begun = [d for d in days if d <= day]
    assert (found.from_on if found else None) == max(begun, default=None)
