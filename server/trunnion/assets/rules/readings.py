"""Meter readings: what is plausible, and the total that counts on through rollovers and replacements."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from trunnion.assets.types.kinds import MeterKind, ReadingKind


@dataclass(frozen=True, slots=True)
class Point:
    """An entry that stands: what kind, what the meter showed, what it counts in all."""

    entry: str
    value: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Dial:
    """What a meter is: counter or gauge, and at which value a counter begins anew."""

    kind: str
    rolls_over_at: Decimal | None = None


class Implausible(Exception):
    """The reading cannot be right; `code` and `facts` say why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entries that stand right before and right after an instant."""

    before: Point | None = None
    after: Point | None = field(default=None)


def total_of(dial: Dial, near: Neighbours, entry: str, value: Decimal) -> Decimal:
    """The total that goes with a value between its neighbours; raises Implausible."""
    if dial.kind == MeterKind.GAUGE:
        if entry == ReadingKind.ROLLOVER:
            raise Implausible("assets.gauge_rolls_not")
        return value
    if value < 0:
        raise Implausible("assets.reading_negative")
    if dial.rolls_over_at is not None and value >= dial.rolls_over_at:
        raise Implausible("assets.reading_beyond", rolls_over_at=dial.rolls_over_at)
    if entry != ReadingKind.READING and near.after is not None:
        raise Implausible("assets.reading_not_latest")
    if entry == ReadingKind.ROLLOVER:
        return _after_rollover(dial, near.before, value)
    if entry == ReadingKind.REPLACEMENT:
        return near.before.total if near.before else value
    return _counted(dial, near, value)


def _counted(dial: Dial, near: Neighbours, value: Decimal) -> Decimal:
    before, after = near.before, near.after
    if before is not None and value < before.value:
        raise Implausible("assets.reading_falls", last=before.value, rolls_over_at=dial.rolls_over_at)
    total = before.total + (value - before.value) if before else value
    if after is None:
        return total
    if after.entry == ReadingKind.READING:
        if value > after.value:
            raise Implausible("assets.reading_above_next", next=after.value)
        # The first known reading may have started anywhere: the total hangs on the neighbour that has one.
        return total if before else after.total - (after.value - value)
    if total > after.total:
        raise Implausible("assets.reading_above_next", next=after.total)
    return total


def _after_rollover(dial: Dial, before: Point | None, value: Decimal) -> Decimal:
    if dial.rolls_over_at is None:
        raise Implausible("assets.no_rollover")
    if before is None or value >= before.value:
        raise Implausible("assets.rollover_rises", last=before.value if before else None)
    return before.total + (dial.rolls_over_at - before.value) + value
