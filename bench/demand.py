"""Demand of spare parts a year ahead, from one origin and with none after it: our choice of methods beside each alone.

Usage: python bench/demand.py CARPARTS   (a folder with `carparts*.csv.gz`, or such a file)
Goal: mean RMSSE at most 0.725 and a bias of the whole stock of at most 10 % either way; exit status 1 if missed.
"""

import csv
import gzip
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "server")]

from trunnion.inventory.demand import rules

MONTHS = 12
MOST_RMSSE, MOST_BIAS = 0.725, 0.10


def series_of(place: Path) -> list[list[float]]:
    """The series without a gap, as the published figures take them."""
    files = sorted(place.glob("carparts*.csv.gz")) if place.is_dir() else [place]
    found = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = csv.reader(lines)
            next(rows)
            found += [[float(cell) for cell in row[1:]] for row in rows if all(row[1:])]
    return found


def score(
    all_series: Sequence[Sequence[float]], level: Callable[[Sequence[float]], float]
) -> tuple[float, float, int]:
    """Mean RMSSE, bias of the sum, and how many series could be scaled."""
    errors, foreseen, needed = [], 0.0, 0.0
    for series in all_series:
        history, actual = series[:-MONTHS], series[-MONTHS:]
        said = level(history)
        error = rules.rmsse(said, history, actual)
        foreseen, needed = foreseen + said * MONTHS, needed + sum(actual)
        if error is not None:
            errors.append(error)
    return math.fsum(errors) / len(errors), foreseen / needed - 1, len(errors)


def main() -> int:
    """Prints the figures; answers whether the goal was met."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    everything = series_of(Path(sys.argv[1]))
    started = time.perf_counter()
    # Only what was known at the origin may tell by how much the whole stock is wrong.
    factor = rules.factor_of(series[:-MONTHS] for series in everything)
    methods: Counter[str] = Counter()

    def ours(history: Sequence[float]) -> float:
        found = rules.with_factor(rules.forecast(history), factor)
        methods[found.method] += 1
        return found.level

    rmsse, bias, count = score(everything, ours)
    seconds = time.perf_counter() - started
    print(f"{len(everything)} series, {count} scaled; {dict(methods)}; factor {factor:.3f}; {seconds:.1f} s")
    print(f"{'chosen by backtest':24} RMSSE {rmsse:.3f}  bias {bias:+.1%}")
    for name, level in (
        ("chosen, no factor", lambda h: rules.forecast(h).level), ("12-month mean", lambda h: rules.mean_path(h)[-1]),
        ("TSB(0.1, 0.1)", lambda h: rules.tsb_path(h)[-1]), ("zero for ever", lambda _: 0.0),
    ):  # fmt: skip
        other = score(everything, level)
        print(f"{name:24} RMSSE {other[0]:.3f}  bias {other[1]:+.1%}")
    is_met = rmsse <= MOST_RMSSE and abs(bias) <= MOST_BIAS
    print(f"goal RMSSE <= {MOST_RMSSE}, bias <= {MOST_BIAS:.0%}: {'met' if is_met else 'MISSED'}")
    return 0 if is_met else 1


if __name__ == "__main__":
    raise SystemExit(main())
