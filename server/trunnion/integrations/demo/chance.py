"""Chance with a purpose: lives, repair times and seasons as maintenance knows them, from one pair of dice."""

import math
import random
from datetime import datetime, timedelta

YEAR = 365.25
# How much more happens at the peak of a season than on average.
SWING = 0.6


def mean_life(shape: float, scale: float) -> float:
    """The mean of a Weibull life in days."""
    return scale * math.gamma(1 + 1 / shape)


def life(dice: random.Random, shape: float, scale: float) -> float:
    """Days until something fails: below a shape of 1 mostly early, above it mostly by wear."""
    return dice.weibullvariate(scale, shape)


def around(dice: random.Random, median: float, spread: float, least: float = 1.0) -> float:
    """A duration that is mostly near its median and sometimes very long."""
    return max(least, median * math.exp(dice.gauss(0, spread)))


def after(at: datetime, days: float, peak: int) -> datetime:
    """The instant by which so many days of average load have passed; in the season they pass faster."""
    if not peak:
        return at + timedelta(days=days)
    start = _day(at)
    wanted = _load(start, peak) + days
    low, high = 0.0, days / (1 - SWING) + 1
    for _ in range(40):
        middle = (low + high) / 2
        if _load(start + middle, peak) < wanted:
            low = middle
        else:
            high = middle
    return at + timedelta(days=high)


def _day(at: datetime) -> float:
    return at.timetuple().tm_yday + at.hour / 24


def _load(day: float, peak: int) -> float:
    """The load that has passed since the turn of the year, in average days."""
    return day + SWING * YEAR / (2 * math.pi) * math.sin(2 * math.pi * (day - peak) / YEAR)


def at_work(dice: random.Random, at: datetime) -> datetime:
    """The same day at a time when people notice and report things, by the clock of the zone that `at` is in."""
    hour = dice.choices(
        range(24), weights=[1] * 6 + [3, 8, 12, 12, 10, 8, 6, 9, 10, 9, 8, 7, 5, 4, 3, 3, 2, 1]
    )[0]
    return at.replace(hour=hour, minute=dice.randrange(60), second=0, microsecond=0)
