"""Whatever is laid into a state history, it has neither gaps nor overlaps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from trunnion.assets.rules.spans import Span, holding, reach, splice
from trunnion.assets.types.kinds import IntervalState

T0 = datetime(2026, 1, 1, tzinfo=UTC)
STATES = [str(s) for s in IntervalState]


def at(minute: int) -> datetime:
    return T0 + timedelta(minutes=minute)


def applied(live: list[Span], new: Span) -> list[Span]:
    """The history after a splice, as the table would hold it."""
    plan = splice(live, new)
    kept = [s for s in live if s.id not in plan.supersede]
    if plan.close:
        kept = [replace(s, until_at=plan.close[1]) if s.id == plan.close[0] else s for s in kept]
    made = [replace(s, id=uuid4()) for s in plan.make]
    return sorted([*kept, *made], key=lambda s: s.from_at)


def touches(live: list[Span]) -> bool:
    return live[-1].until_at is None and all(
        a.until_at == b.from_at and a.from_at < a.until_at for a, b in pairwise(live)
    )


@st.composite
def news(draw):
    first = draw(st.integers(0, 60))
    length = draw(st.none() | st.integers(1, 30))
    return Span(draw(st.sampled_from(STATES)), at(first), None if length is None else at(first + length))


@given(st.lists(news(), min_size=1, max_size=12))
def test_history_always_touches(steps):
    live: list[Span] = []
    for new in steps:
        live = applied(live, new)
        assert touches(live)
        assert holding(live, new.from_at).state == new.state


@given(st.lists(news(), min_size=1, max_size=8), news())
def test_nothing_outside_of_a_correction_changes(steps, last):
    live: list[Span] = []
    for new in steps:
        live = applied(live, new)
    after = applied(live, last)
    for minute in range(100):
        inside = at(minute) >= last.from_at and (last.until_at is None or at(minute) < last.until_at)
        before = holding(live, at(minute))
        if inside:
            assert holding(after, at(minute)).state == last.state
        elif before is not None:
            assert holding(after, at(minute)).state == before.state


@given(st.lists(news(), min_size=1, max_size=8), st.integers(0, 99), st.sampled_from(STATES))
def test_a_late_beginning_lasts_until_the_next_known_change(steps, minute, state):
    live: list[Span] = []
    for new in steps:
        live = applied(live, new)
    until = reach(live, at(minute))
    after = applied(live, Span(state, at(minute), until))
    assert touches(after)
    if until is not None:
        assert [s for s in after if s.from_at >= until] == [s for s in live if s.from_at >= until]
