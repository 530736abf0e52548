"""The steps of a request like those of a parcel, told from the state and the phases of its order."""

from dataclasses import dataclass
from datetime import datetime

from trunnion.service.types import RequestState as R
from trunnion.work.types import OrderState as S
from trunnion.work.types import Phases, WaitReason

NO_PHASES = Phases()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when it was reached, whether it was, and whether it is where things stand."""

    key: str
    at: datetime | None = None
    done: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """What the steps follow from; without an order only the request's own state counts."""

    request_state: R
    received_at: datetime
    request_state_at: datetime
    order_state: S | None = None
    order_state_at: datetime | None = None
    waiting_from: S | None = None
    waiting_reason: WaitReason | None = None
    phases: Phases = NO_PHASES


WAY = ("received", "accepted", "assigned", "departed", "arrived", "working", "repaired", "confirmed")
REACHED = {
    S.DRAFT: 0,
    S.REQUESTED: 0,
    S.APPROVED: 1,
    S.PLANNED: 1,
    S.DISPATCHED: 2,
    S.ACCEPTED: 2,
    S.TRAVELLING: 3,
    S.ON_SITE: 4,
    S.IN_PROGRESS: 5,
    S.COMPLETED: 6,
    S.CONFIRMED: 7,
    S.CLOSED: 7,
}
# Whoever stands beside the machine is neither assigned nor does he travel: a step that was left out is not shown.
LEFT_OUT = ("assigned", "departed", "arrived", "working")
BROKEN_OFF = (S.REJECTED, S.CANCELLED, S.MERGED)


def steps_of(course: Course) -> list[Step]:
    """The steps in their order: those that were reached, the present one, those to come."""
    if course.order_state is None:
        return _without_order(course)
    times = _times(course)
    if course.order_state in BROKEN_OFF:
        went = [Step(key, times[key], done=True) for key in WAY if times[key] is not None]
        end = Step(course.order_state.value, course.order_state_at, done=True, current=True)
        return [*went, end]
    at_rest = course.waiting_from if course.order_state == S.WAITING else course.order_state
    reached = REACHED.get(at_rest or S.APPROVED, 1)
    found = []
    for rank, key in enumerate(WAY):
        done = rank <= reached
        if done and rank < reached and key in LEFT_OUT and times[key] is None:
            continue
        here = rank == reached and course.order_state != S.WAITING
        found.append(_step(course, key, times[key] if done else None, done=done, here=here))
        if rank == reached and course.order_state == S.WAITING:
            found.append(Step("waiting", course.order_state_at, done=True, current=True))
    return found


def _step(course: Course, key: str, at: datetime | None, *, done: bool, here: bool) -> Step:
    # Inside a house nobody has to confirm: such an order ends by being closed.
    if key == "confirmed" and course.order_state == S.CLOSED and at is None:
        return Step("closed", course.phases.closed_at, done=True, current=True)
    return Step(key, at, done=done, current=here)


def _times(course: Course) -> dict[str, datetime | None]:
    phases = course.phases
    assigned = phases.dispatched_at or phases.accepted_at
    return {
        "received": course.received_at,
        "accepted": phases.acknowledged_at,
        "assigned": assigned,
        "departed": phases.departed_at,
        "arrived": phases.arrived_at,
        "working": phases.started_at,
        "repaired": phases.ended_at,
        "confirmed": phases.confirmed_at,
    }


def _without_order(course: Course) -> list[Step]:
    state = course.request_state
    received = Step("received", course.received_at, done=True, current=state == R.NEW)
    if state in (R.REJECTED, R.CANCELLED, R.MERGED):
        return [received, Step(state.value, course.request_state_at, done=True, current=True)]
    answered = state == R.DONE
    at = course.request_state_at if answered else None
    return [received, Step("answered", at, done=answered, current=answered)]
