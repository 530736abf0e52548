"""The pure rules: steps, what guests may do, what strangers may read."""

from datetime import UTC, datetime, timedelta

import pytest

from trunnion.service.rules import following, guests, privacy, steps
from trunnion.service.types import GuestVerb, LinkRole
from trunnion.service.types import RequestState as R
from trunnion.work.types import OrderState as S
from trunnion.work.types import Phases, WaitReason

T = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return T + timedelta(minutes=minutes)


WHOLE = Phases(
    reported_at=T, acknowledged_at=at(5), dispatched_at=at(6), accepted_at=at(7), departed_at=at(10),
    arrived_at=at(30), started_at=at(32), ended_at=at(90), confirmed_at=at(95), closed_at=at(99),
)  # fmt: skip


def course(state: S | None, phases: Phases = WHOLE, **more) -> list[steps.Step]:
    facts = {
        "request_state": R.ORDERED,
        "received_at": T,
        "request_state_at": at(1),
        "order_state_at": at(50),
    }
    return steps.steps_of(steps.Course(order_state=state, phases=phases, **{**facts, **more}))


def keys(found: list[steps.Step], *, done: bool) -> list[str]:
    return [s.key for s in found if s.done == done]


def current(found: list[steps.Step]) -> list[str]:
    return [s.key for s in found if s.current]


@pytest.mark.parametrize(
    ("state", "reached"),
    [
        (S.REQUESTED, "received"), (S.APPROVED, "accepted"), (S.PLANNED, "accepted"), (S.DISPATCHED, "assigned"),
        (S.ACCEPTED, "assigned"), (S.TRAVELLING, "departed"), (S.ON_SITE, "arrived"), (S.IN_PROGRESS, "working"),
        (S.COMPLETED, "repaired"), (S.CONFIRMED, "confirmed"), (S.CLOSED, "confirmed"),
    ],
)  # fmt: skip
def test_each_state_has_its_step(state, reached):
    found = course(state)
    assert [s.key for s in found] == list(steps.WAY)
    assert current(found) == [reached]
    assert keys(found, done=True) == list(steps.WAY[: steps.WAY.index(reached) + 1])
    assert all(s.at is None for s in found if not s.done)


def test_times_are_the_phases():
    assert [s.at for s in course(S.CLOSED)] == [T, at(5), at(6), at(10), at(30), at(32), at(90), at(95)]


def test_waiting_stands_behind_the_step_that_it_interrupts():
    found = course(S.WAITING, waiting_from=S.IN_PROGRESS, waiting_reason=WaitReason.ACCESS)
    assert [s.key for s in found][5:8] == ["working", "waiting", "repaired"]
    assert current(found) == ["waiting"]
    assert found[6].at == at(50)
    early = course(S.WAITING, Phases(acknowledged_at=at(5)), waiting_from=S.APPROVED)
    assert [s.key for s in early][:3] == ["received", "accepted", "waiting"]
    assert keys(early, done=False) == ["assigned", "departed", "arrived", "working", "repaired", "confirmed"]


def test_a_walk_up_job_shows_no_journey():
    found = course(S.IN_PROGRESS, Phases(acknowledged_at=at(5), started_at=at(5)))
    assert [s.key for s in found] == ["received", "accepted", "working", "repaired", "confirmed"]


def test_inside_a_house_an_order_is_closed_without_confirmation():
    found = course(S.CLOSED, Phases(acknowledged_at=at(5), started_at=at(6), ended_at=at(7), closed_at=at(8)))
    assert [(s.key, s.at) for s in found][-2:] == [("repaired", at(7)), ("closed", at(8))]
    assert current(found) == ["closed"]


@pytest.mark.parametrize("state", [S.REJECTED, S.CANCELLED, S.MERGED])
def test_broken_off_ends_with_why(state):
    found = course(state, Phases(acknowledged_at=at(5)))
    assert [s.key for s in found] == ["received", "accepted", state.value]
    assert current(found) == [state.value]


def test_a_new_round_forgets_the_steps_of_the_former():
    assert current(course(S.APPROVED, WHOLE)) == ["accepted"]
    assert keys(course(S.APPROVED, WHOLE), done=True) == ["received", "accepted"]


def test_a_question_is_received_and_answered():
    assert current(course(None, request_state=R.NEW)) == ["received"]
    assert current(course(None, request_state=R.DONE)) == ["answered"]
    assert [s.key for s in course(None, request_state=R.REJECTED)] == ["received", "rejected"]


def verbs(state: S | None, role=LinkRole.REPORTER, over_at=None, now=T, **more) -> set[str]:
    facts = {"request_state": R.ORDERED, **more}
    return set(
        guests.guest_verbs(guests.Standing(role=role, order_state=state, over_at=over_at, **facts), now)
    )


def test_what_a_reporter_can_do():
    assert verbs(S.REQUESTED) == {"message", "urge", "cancel"}
    assert verbs(S.PLANNED) == {"message", "urge", "cancel"}
    assert verbs(S.DISPATCHED) == {"message", "urge"}
    assert verbs(S.WAITING) == {"message", "urge"}
    assert verbs(S.COMPLETED) == {"message", "confirm", "rate"}
    assert verbs(S.CLOSED, over_at=T) == {"message", "rate", "reopen"}
    assert verbs(S.CLOSED, over_at=T, now=T + timedelta(days=15)) == {"message", "rate"}
    assert verbs(S.REJECTED) == verbs(S.CANCELLED) == verbs(S.MERGED) == set()
    assert verbs(None, request_state=R.NEW) == {"message", "urge", "cancel"}
    assert verbs(None, request_state=R.DONE) == set()


def test_who_only_follows_can_do_nothing_and_who_was_merged_can_write():
    for state in S:
        assert verbs(state, role=LinkRole.FOLLOWER) == set()
        assert verbs(state, is_merged=True) <= {GuestVerb.MESSAGE}


def test_a_link_lives_ninety_days_longer_than_its_request():
    assert guests.link_ends_at(R.ORDERED, T) is None
    assert guests.link_ends_at(R.DONE, T) == T + timedelta(days=90)


def test_urging_keeps_its_weight():
    assert guests.urge_again_in(None, T) is None
    assert guests.urge_again_in(T, at(10)) == timedelta(minutes=20)
    assert guests.urge_again_in(T, at(30)) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Leaks at the seal\nsince monday", "Leaks at the seal"),
        ("  \n 漏水,请联系 13812345678 张三", "漏水,请联系 *** 张三"),
        ("Call +44 (0)20 7946-0958 please", "Call *** please"),
        ("write to ann.lee@example.org, thanks", "write to ***, thanks"),
        ("Code E-4711 at 8 bar", "Code E-4711 at 8 bar"),
        ("", ""),
    ],
)
def test_a_title_tells_nobody_how_to_reach_anybody(text, title):
    assert privacy.public_title(text) == title


def test_a_title_is_short():
    assert len(privacy.public_title("x" * 500)) == privacy.MOST_TITLE


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [("Li Wei", "Li", "Li"), ("李伟", "李", "李师傅"), ("欧阳明", "欧阳", "欧阳师傅"), ("", "", "")],
)
def test_how_a_customer_knows_the_engineer(name, en, zh):
    assert (privacy.first_name(name, "en"), privacy.first_name(name, "zh-CN")) == (en, zh)


def test_masks_hide_enough():
    assert privacy.masked_name("张小明") == "张**"
    assert privacy.masked_name("Anna Maria Schmidt") == "A. M. S."
    assert privacy.masked_contact("138 1234 5678") == "138****78"
    assert privacy.masked_contact("ann.lee@example.org") == "a***@example.org"
    assert privacy.masked_contact("room 4") == "***"
    assert privacy.masked_contact("") == ""


@pytest.mark.parametrize("state", list(R))
@pytest.mark.parametrize("due", [R.ORDERED, R.DONE, R.REJECTED, R.CANCELLED, R.MERGED])
def test_a_request_reaches_whatever_is_due_by_legal_moves(state, due):
    from trunnion.service.states import REQUEST

    now = state
    for verb in following.due_verbs(state, due):
        now = R(REQUEST.target(verb, now, left=R.ORDERED))
    assert now in (due, R.NEW)
    assert now == due or (state, due) == (R.NEW, R.ORDERED)
