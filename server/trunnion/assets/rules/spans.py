"""State history: how a new stretch is laid into the known ones so that neither a gap nor an overlap arises."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from trunnion.assets.types.kinds import IntervalState
from trunnion.assets.types.lines import Cause

NO_CAUSE = Cause()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one state; `until_at` None while it lasts, `id` None before it is stored."""

    state: str
    from_at: datetime
    until_at: datetime | None = None
    cause: Cause = NO_CAUSE
    id: Any = None


@dataclass(frozen=True, slots=True)
class Splice:
    """What must be written: which spans are superseded, which open one is closed when, which ones are made."""

    supersede: tuple[UUID, ...] = ()
    close: tuple[UUID, datetime] | None = None
    make: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Draft:
    supersede: list[UUID] = field(default_factory=list)
    close: tuple[UUID, datetime] | None = None
    make: list[Span] = field(default_factory=list)


def holding(live: Sequence[Span], at: datetime) -> Span | None:
    """The span that holds an instant."""
    return next((s for s in live if s.from_at <= at and (s.until_at is None or at < s.until_at)), None)


def reach(live: Sequence[Span], at: datetime) -> datetime | None:
    """Until when a state that began at an instant lasts: until the next known change."""
    held = holding(live, at)
    if held is not None:
        return held.until_at
    return min((s.from_at for s in live), default=None)


def splice(live: Sequence[Span], new: Span) -> Splice:
    """Lays a span over the known ones, which are in order, touch each other and end in an open one.

    What it covers is superseded; what is cut keeps its rest. Time of which nothing was known becomes "no data".
    """
    draft = _Draft()
    for span in live:
        _cut(span, new, draft)
    draft.make.append(replace(new, id=None))
    if new.until_at is not None:
        first = min((s.from_at for s in live), default=None)
        if first is None:
            draft.make.append(Span(IntervalState.NO_DATA, new.until_at))
        elif new.until_at < first:
            draft.make.append(Span(IntervalState.NO_DATA, new.until_at, first))
    return Splice(tuple(draft.supersede), draft.close, tuple(sorted(draft.make, key=lambda s: s.from_at)))


def _cut(span: Span, new: Span, draft: _Draft) -> None:
    if span.until_at is not None and span.until_at <= new.from_at:
        return
    if new.until_at is not None and span.from_at >= new.until_at:
        return
    if span.from_at < new.from_at and span.until_at is None:
        # To end what still lasts is no correction: the row itself is closed.
        draft.close = (span.id, new.from_at)
    else:
        draft.supersede.append(span.id)
        if span.from_at < new.from_at:
            draft.make.append(replace(span, id=None, until_at=new.from_at))
    if new.until_at is not None and (span.until_at is None or span.until_at > new.until_at):
        draft.make.append(replace(span, id=None, from_at=new.until_at))
