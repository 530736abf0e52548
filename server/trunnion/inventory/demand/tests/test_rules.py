"""Forecasts by hand, by property and of a stock whose demand falls."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.inventory.demand.rules import (
    Method,
    accuracy_of,
    factor_of,
    forecast,
    mean_path,
    rmsse,
    tsb_path,
    with_factor,
)

SERIES = st.lists(st.integers(0, 50).map(float), min_size=1, max_size=60)


def test_tsb_by_hand():
    # One year with demand of 4 in three of twelve months: p = 0.25, z = 4 to begin with.
    year = [4.0, 0, 0, 0, 4.0, 0, 0, 0, 4.0, 0, 0, 0]
    path = tsb_path(year, 0.1, 0.1)
    assert path[0] == pytest.approx((0.25 + 0.1 * 0.75) * 4)
    assert path[1] == pytest.approx(0.325 * 0.9 * 4)
    assert tsb_path([0.0, 0.0, 6.0], 0.5, 0.5)[-1] == pytest.approx(
        (1 / 3 * 0.25 + 0.5 * (1 - 1 / 3 * 0.25)) * 6
    )


def test_the_mean_is_of_the_last_twelve():
    assert mean_path([1.0, 2.0, 3.0]) == [1.0, 1.5, 2.0]
    assert mean_path([100.0, *([1.0] * 12)])[-1] == pytest.approx(1.0)


@given(SERIES)
def test_forecasts_lie_within_what_was_seen(series):
    for path in (mean_path(series), tsb_path(series)):
        assert len(path) == len(series)
        assert all(-1e-9 <= value <= max(series) + 1e-9 for value in path)


@given(SERIES, st.integers(2, 9))
def test_forecasts_scale_with_demand(series, times):
    one, other = forecast(series), forecast([value * times for value in series])
    assert other.method == one.method
    assert other.level == pytest.approx(one.level * times)


def test_what_nobody_needs_any_more_fades_with_tsb_and_is_chosen():
    series = [3.0, 0.0] * 12 + [0.0] * 12
    found = forecast(series)
    assert found.accuracy[Method.TSB].months == len(series) - 18
    assert found.level < 0.5
    constant = forecast([5.0] * 30)
    assert (constant.level, constant.method) == (pytest.approx(5.0), Method.MEAN)
    assert constant.deviation == pytest.approx(0.0, abs=1e-9)


def test_too_little_history_is_the_mean_and_says_so():
    found = forecast([2.0, 0.0, 4.0])
    assert (found.level, found.method, found.accuracy[Method.MEAN].months) == (2.0, Method.MEAN, 0)
    assert found.deviation == pytest.approx(math.sqrt(2.0))
    assert forecast([]).level == 0


def test_bias_is_told_with_its_sign():
    falling = [10.0] * 18 + [0.0] * 6
    judged = accuracy_of(mean_path(falling), falling)
    assert judged.months == 6
    assert judged.bias > 0


def test_a_stock_that_falls_together_is_corrected_together():
    factor = factor_of([[float(max(0, 40 - at)) for at in range(48)]] * 5)
    assert 0.5 <= factor < 1
    assert factor_of([[3.0] * 48]) == pytest.approx(1.0)
    assert factor_of([[1.0] * 6]) == 1.0
    corrected = with_factor(forecast([3.0] * 48), 0.8)
    assert (corrected.level, corrected.factor) == (pytest.approx(2.4), 0.8)


def test_rmsse_by_hand():
    assert rmsse(1.0, [0.0, 2.0, 0.0], [1.0, 3.0]) == pytest.approx(math.sqrt(2.0 / 4.0))
    assert rmsse(1.0, [2.0, 2.0], [1.0]) is None
