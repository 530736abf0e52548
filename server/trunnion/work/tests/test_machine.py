"""The order against a small model of itself, by any sequence of verbs."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from trunnion.kernel import clock
from trunnion.kernel.errors import Refusal, WrongState
from trunnion.work.commands import labour
from trunnion.work.models import Downtime, LabourEntry, LabourTimer, WaitInterval
from trunnion.work.queries import cost_of
from trunnion.work.tests.builders import Shop
from trunnion.work.types import OrderState as S
from trunnion.work.types import WaitReason

# The model: written out by hand, so that a slip in the table shows.
WAY = {
    "submit": {S.DRAFT: S.REQUESTED},
    "approve": {S.REQUESTED: S.APPROVED},
    "reject": {S.REQUESTED: S.REJECTED, S.APPROVED: S.REJECTED},
    "plan": dict.fromkeys((S.REQUESTED, S.APPROVED, S.PLANNED), S.PLANNED),
    "dispatch": dict.fromkeys(
        (S.REQUESTED, S.APPROVED, S.PLANNED, S.DISPATCHED, S.ACCEPTED, S.TRAVELLING, S.ON_SITE), S.DISPATCHED
    ),
    "accept": {S.DISPATCHED: S.ACCEPTED},
    "depart": dict.fromkeys((S.DISPATCHED, S.ACCEPTED), S.TRAVELLING),
    "arrive": dict.fromkeys((S.DISPATCHED, S.ACCEPTED, S.TRAVELLING), S.ON_SITE),
    "start": dict.fromkeys(
        (S.REQUESTED, S.APPROVED, S.PLANNED, S.DISPATCHED, S.ACCEPTED, S.TRAVELLING, S.ON_SITE), S.IN_PROGRESS
    ),
    "complete": {S.IN_PROGRESS: S.COMPLETED},
    "confirm": {S.COMPLETED: S.CONFIRMED},
    "refuse": {S.COMPLETED: S.IN_PROGRESS},
    "close": dict.fromkeys((S.COMPLETED, S.CONFIRMED), S.CLOSED),
    "reopen": {
        S.COMPLETED: S.IN_PROGRESS, S.CONFIRMED: S.APPROVED, S.CLOSED: S.APPROVED, S.REJECTED: S.REQUESTED,
        S.CANCELLED: S.REQUESTED,
    },
    "cancel": dict.fromkeys(
        (
            S.DRAFT, S.REQUESTED, S.APPROVED, S.PLANNED, S.DISPATCHED, S.ACCEPTED, S.TRAVELLING, S.ON_SITE,
            S.IN_PROGRESS, S.WAITING,
        ),
        S.CANCELLED,
    ),
}  # fmt: skip
WAITABLE = (S.APPROVED, S.PLANNED, S.DISPATCHED, S.ACCEPTED, S.TRAVELLING, S.ON_SITE, S.IN_PROGRESS)
ROUND = (
    "dispatched_at",
    "accepted_at",
    "departed_at",
    "arrived_at",
    "started_at",
    "ended_at",
    "confirmed_at",
    "closed_at",
)


class Course(RuleBasedStateMachine):
    """Every example works on an order of its own."""

    shop: Shop

    def __init__(self) -> None:
        super().__init__()
        self.id = self.shop.order(as_draft=True, is_stopped=True).id
        self.state, self.left = S.DRAFT, S.DRAFT
        self.waits, self.planned = 0, False
        self.leader = False
        self.minutes = 0

    @rule(verb=st.sampled_from(sorted(WAY)))
    def move(self, verb):
        target = WAY[verb].get(self.state)
        if verb in ("accept", "depart", "arrive") and not self.leader:
            target = None
        if target is None:
            version = self.shop.row(self.id).version
            with pytest.raises((WrongState, Refusal)):
                self.shop.do(verb, self.id)
            assert self.shop.row(self.id).version == version
            return
        assert self.shop.do(verb, self.id).state == target
        self.state = target
        self.planned |= verb == "plan"
        self.leader |= verb == "dispatch"

    @rule(reason=st.sampled_from(list(WaitReason)))
    def wait(self, reason):
        if self.state not in WAITABLE:
            with pytest.raises(WrongState):
                self.shop.do("wait", self.id, reason=reason)
            return
        self.shop.do("wait", self.id, reason=reason)
        self.left, self.state = self.state, S.WAITING
        self.waits += 1

    @precondition(lambda self: self.state == S.WAITING)
    @rule()
    def resume(self):
        assert self.shop.do("resume", self.id).state == self.left
        self.state = self.left

    @precondition(lambda self: self.state in (S.DISPATCHED, S.ACCEPTED) and self.leader)
    @rule()
    def decline(self):
        self.state = S.PLANNED if self.planned else S.APPROVED
        assert self.shop.do("decline", self.id).state == self.state
        self.leader = False

    @precondition(lambda self: self.state in (S.REQUESTED, S.APPROVED, S.PLANNED, S.DISPATCHED))
    @rule()
    def merge_and_undo(self):
        assert self.shop.do("merge", self.id).state == S.MERGED
        assert self.shop.do("unmerge", self.id).state == self.state

    @precondition(lambda self: self.state not in (S.DRAFT, S.CLOSED, S.REJECTED, S.CANCELLED))
    @rule(minutes=st.integers(1, 90))
    def book(self, minutes):
        done = labour.record(self.shop.owner, self.id, minutes=minutes, resource_id=self.shop.resource)
        self.minutes += minutes
        if minutes % 3 == 0:
            labour.reverse(self.shop.owner, done.id, reason="Wrong")
            self.minutes -= minutes

    @invariant()
    def the_row_agrees(self):
        row = self.shop.row(self.id)
        assert row.state == self.state
        assert (row.waiting_from, bool(row.waiting_reason)) == (
            (self.left, True) if self.state == S.WAITING else ("", False)
        )
        assert (row.leading_id is not None) == self.leader

    @invariant()
    def waits_are_intervals(self):
        waits = list(WaitInterval.objects.of(self.shop.owner).filter(order_id=self.id).order_by("began_at"))
        assert len(waits) == self.waits
        assert sum(w.ended_at is None for w in waits) == (self.state == S.WAITING)
        for before, after in pairwise(waits):
            assert before.ended_at <= after.began_at

    @invariant()
    def phases_rise(self):
        row = self.shop.row(self.id)
        times = [getattr(row, name) for name in ROUND if getattr(row, name) is not None]
        assert times == sorted(times)
        reported = row.reported_at
        assert reported is not None
        assert all(reported <= t <= clock.now() + timedelta(seconds=1) for t in times)
        assert reported <= row.state_at

    @invariant()
    def what_rests_leaves_nothing_running(self):
        if self.state in (S.COMPLETED, S.CONFIRMED, S.CLOSED, S.CANCELLED, S.REJECTED):
            assert not Downtime.objects.of(self.shop.owner).filter(order_id=self.id, ended_at=None).exists()
            assert not LabourTimer.objects.of(self.shop.owner).filter(order_id=self.id).exists()

    @invariant()
    def the_ledger_adds_up(self):
        booked = LabourEntry.objects.of(self.shop.owner).filter(order_id=self.id)
        assert sum(e.minutes for e in booked) == self.minutes
        assert sum(e.amount for e in booked) == cost_of(self.shop.owner, self.id).labour
        frozen = self.shop.row(self.id).cost_labour
        assert (frozen is not None) == (self.state == S.CLOSED)


def test_an_order_behaves_like_its_model(shop):
    run_state_machine_as_test(
        type("CourseHere", (Course,), {"shop": shop}),
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
