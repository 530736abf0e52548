"""Which rule holds for an amount at a place, and when a step is through."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.identity.approvals.rules import Limit, Unclear, choose, is_through
from trunnion.identity.approvals.types import Need


def key(number: int) -> UUID:
    return UUID(int=number)


SMALL = Limit(key(1), "EUR", Decimal(1000), Decimal(9999))
LARGE = Limit(key(2), "EUR", Decimal(9999), None)
HERE, ABOVE = key(10), key(11)
LOCAL = Limit(key(3), "EUR", Decimal(10), None, HERE)
REGIONAL = Limit(key(4), "EUR", Decimal(10), None, ABOVE)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("999.99", None), ("1000", SMALL), ("9998", SMALL), ("9999", LARGE), ("123456", LARGE)],
)
def test_bounds_are_included_and_the_larger_rule_wins(amount, expected):
    assert choose([SMALL, LARGE], Decimal(amount), "EUR", []) == expected


def test_the_nearest_place_wins():
    everything = [LARGE, REGIONAL, LOCAL]
    assert choose(everything, Decimal(20000), "EUR", [HERE, ABOVE]) == LOCAL
    assert choose(everything, Decimal(20000), "EUR", [ABOVE]) == REGIONAL
    assert choose(everything, Decimal(20000), "EUR", []) == LARGE


def test_nothing_slips_through_uncompared():
    with pytest.raises(Unclear) as unclear:
        choose([SMALL], None, "", [])
    assert unclear.value.field == "amount"
    with pytest.raises(Unclear) as unclear:
        choose([SMALL], Decimal(5), "CNY", [])
    assert (unclear.value.field, unclear.value.facts) == ("currency", {"known": ["EUR"]})
    assert choose([], None, "", []) is None
    assert choose([Limit(key(9))], None, "", []) == Limit(key(9))


@given(st.sets(st.integers(1, 6)), st.sets(st.integers(1, 6)))
def test_all_means_all_who_are_left(granted, able):
    granted, able = {key(i) for i in granted}, {key(i) for i in able}
    assert is_through(Need.ANY, granted, able) == bool(granted)
    assert is_through(Need.ALL, granted, able) == (bool(granted) and not (able - granted))
