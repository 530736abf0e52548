"""What somebody with a progress link may do now, and how long the link lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from trunnion.service.types import GuestVerb, LinkRole, RequestState
from trunnion.work.types import OrderState as S

LINK_LIFE = timedelta(days=90)
REOPEN_WITHIN = timedelta(days=14)
URGE_EVERY = timedelta(minutes=30)

BEFORE_DISPATCH = frozenset({S.DRAFT, S.REQUESTED, S.APPROVED, S.PLANNED})
TO_CONFIRM = frozenset({S.COMPLETED})
OVER = frozenset({S.CONFIRMED, S.CLOSED})
UNDONE = frozenset({S.REJECTED, S.CANCELLED, S.MERGED})
FINISHED = TO_CONFIRM | OVER
# What lies before somebody's eyes on the label: not what was repaired already.
UNSETTLED = frozenset(S) - FINISHED - UNDONE


@dataclass(frozen=True, slots=True)
class Standing:
    """What the answers follow from."""

    role: LinkRole
    request_state: RequestState
    order_state: S | None = None
    over_at: datetime | None = None
    is_merged: bool = False


def guest_verbs(standing: Standing, now: datetime) -> list[GuestVerb]:
    """What the holder of the link can do; somebody who only follows can do nothing, a merged reporter can write."""
    if standing.role == LinkRole.FOLLOWER:
        return []
    if standing.order_state is None:
        return [GuestVerb.MESSAGE, GuestVerb.URGE, GuestVerb.CANCEL] if _is_new(standing) else []
    if standing.order_state in UNDONE:
        return []
    if standing.is_merged:
        return [GuestVerb.MESSAGE]
    found = [GuestVerb.MESSAGE]
    if standing.order_state not in FINISHED:
        found.append(GuestVerb.URGE)
    if standing.order_state in BEFORE_DISPATCH:
        found.append(GuestVerb.CANCEL)
    if standing.order_state in TO_CONFIRM:
        found.append(GuestVerb.CONFIRM)
    if standing.order_state in FINISHED:
        found.append(GuestVerb.RATE)
    if standing.order_state in OVER and may_reopen(standing.over_at, now):
        found.append(GuestVerb.REOPEN)
    return found


def _is_new(standing: Standing) -> bool:
    return standing.request_state == RequestState.NEW


def may_reopen(over_at: datetime | None, now: datetime) -> bool:
    """Whether what was done may still be taken up again by whoever reported it."""
    return over_at is not None and now - over_at <= REOPEN_WITHIN


def urge_again_in(urged_at: datetime | None, now: datetime) -> timedelta | None:
    """How long somebody has to wait before urging again; None for not at all."""
    if urged_at is None or now - urged_at >= URGE_EVERY:
        return None
    return URGE_EVERY - (now - urged_at)


def link_ends_at(state: RequestState, state_at: datetime) -> datetime | None:
    """When the links of a request go out; open ones live on."""
    return None if state in (RequestState.NEW, RequestState.ORDERED) else state_at + LINK_LIFE
