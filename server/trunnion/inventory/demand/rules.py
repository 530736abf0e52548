"""Forecasts of demand that comes now and then: two methods, chosen for each item by how they would have done.

Sources: TSB by Teunter, Syntetos and Babai, "Intermittent demand: Linking forecasting to inventory obsolescence",
European Journal of Operational Research 214 (2011), 606-615. Choice by rolling origin: Tashman, "Out-of-sample tests of
forecasting accuracy", International Journal of Forecasting 16 (2000), 437-450. RMSSE: Makridakis, Spiliotis and
Assimakopoulos, "M5 accuracy competition", International Journal of Forecasting 38 (2022), 1346-1364.

A series is the consumption of one item by month, the oldest first, with a zero for each month without any.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

YEAR = 12
# Both smoothing constants of TSB; the authors recommend 0.1 to 0.3 for the size and small ones for the probability.
SIZE_WEIGHT = PROBABILITY_WEIGHT = 0.1
# A method is judged on months for which it had seen this many before, and on this many of them at least.
WARM_UP = 18
FEWEST_JUDGED = 6
# How far ahead the error of the whole stock is measured, over how many origins, and what a correction may be at most.
HORIZON = 12
ORIGINS = 12
LEAST_FACTOR, MOST_FACTOR = 0.5, 2.0

Series = Sequence[float]


class Method(StrEnum):
    """How a forecast was made."""

    MEAN = "mean"
    TSB = "tsb"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How a method would have done: the root of the mean squared error and the mean error, per month and judged months.

    A positive bias means that it foresaw too much.
    """

    rmse: float
    bias: float
    months: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Demand of an item in a month to come: by which method, how both methods would have done, and what was corrected.

    `level` includes `factor`, by which all forecasts of the stock were too high or too low together.
    """

    level: float
    method: Method
    accuracy: Mapping[Method, Accuracy]
    factor: float = 1.0

    @property
    def deviation(self) -> float:
        """The deviation of the error of a month's forecast; of Poisson demand where nothing could be judged."""
        judged = self.accuracy.get(self.method)
        return judged.rmse if judged and judged.months else math.sqrt(max(self.level, 0.0))


def mean_path(series: Series, months: int = YEAR) -> list[float]:
    """After each month the mean of the last twelve, or of as many as there are: the forecast for the months to come."""
    found: list[float] = []
    total = 0.0
    for at, value in enumerate(series):
        total += value - (series[at - months] if at >= months else 0.0)
        found.append(total / min(at + 1, months))
    return found


def tsb_path(series: Series, alpha: float = SIZE_WEIGHT, beta: float = PROBABILITY_WEIGHT) -> list[float]:
    """After each month the forecast of TSB: the smoothed probability of demand times its smoothed size.

    With demand in a month, p += beta (1 - p) and z += alpha (d - z); without, p -= beta p and z stays; the forecast is
    p z. Unlike Croston's it falls while nothing is needed, so that a part that nobody needs any more is not bought.
    It begins with the share and the mean of the months with demand in the first year.
    """
    first = [value for value in series[:YEAR] if value > 0]
    sizes = first or [value for value in series if value > 0][:1]
    size = sum(sizes) / len(sizes) if sizes else 0.0
    chance = len(first) / max(1, min(YEAR, len(series)))
    found: list[float] = []
    for value in series:
        if value > 0:
            size += alpha * (value - size)
            chance += beta * (1 - chance)
        else:
            chance -= beta * chance
        found.append(chance * size)
    return found


def accuracy_of(path: Series, series: Series, warm_up: int = WARM_UP) -> Accuracy:
    """How forecasts made month after month would have done, each for the month after it."""
    errors = [path[at] - series[at + 1] for at in range(max(warm_up, 1) - 1, len(series) - 1)]
    if not errors:
        return Accuracy(0.0, 0.0, 0)
    return Accuracy(
        math.sqrt(sum(error * error for error in errors) / len(errors)),
        sum(errors) / len(errors),
        len(errors),
    )


def _paths(series: Series) -> dict[Method, list[float]]:
    return {Method.MEAN: mean_path(series), Method.TSB: tsb_path(series)}


def _chosen(accuracy: Mapping[Method, Accuracy]) -> Method:
    """The method with the smaller error; the mean where they are alike, or where there is too little to judge by."""
    if accuracy[Method.MEAN].months < FEWEST_JUDGED:
        return Method.MEAN
    return min(Method, key=lambda method: accuracy[method].rmse)


def forecast(series: Series) -> Forecast:
    """The forecast of one item by itself."""
    if not series:
        return Forecast(0.0, Method.MEAN, {method: Accuracy(0.0, 0.0, 0) for method in Method})
    paths = _paths(series)
    accuracy = {method: accuracy_of(path, series) for method, path in paths.items()}
    method = _chosen(accuracy)
    return Forecast(paths[method][-1], method, accuracy)


def factor_of(stock: Iterable[Series]) -> float:
    """By how much the forecasts of a whole stock were too low or too high together over a year to come.

    Twelve origins of the past, each with the year that followed. One item's own bias is mostly chance; that of all
    together, such as of machines that are taken out of service, is not.
    """
    foreseen = needed = 0.0
    for series in stock:
        if len(series) < WARM_UP + HORIZON:
            continue
        path = _paths(series)[forecast(series).method]
        for at in range(max(WARM_UP - 1, len(series) - HORIZON - ORIGINS), len(series) - HORIZON):
            foreseen += path[at] * HORIZON
            needed += sum(series[at + 1 : at + 1 + HORIZON])
    if foreseen <= 0 or needed <= 0:
        return 1.0
    return min(MOST_FACTOR, max(LEAST_FACTOR, needed / foreseen))


def with_factor(one: Forecast, factor: float) -> Forecast:
    """The forecast, put right by what all of them were wrong by together."""
    return Forecast(one.level * factor, one.method, one.accuracy, factor)


def rmsse(foreseen: float, history: Series, actual: Series) -> float | None:
    """The root of the mean squared error, scaled by that of saying "as last month" in the history; None if flat."""
    steps = [(after - before) ** 2 for before, after in pairwise(history)]
    scale = sum(steps) / len(steps) if steps else 0.0
    if scale == 0 or not actual:
        return None
    return math.sqrt(sum((value - foreseen) ** 2 for value in actual) / len(actual) / scale)
