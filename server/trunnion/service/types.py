"""Values of service that cross its boundary."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from trunnion.kernel.inputs import Instant, Line, Prose

MOST_STARS = 5
Stars = Annotated[int, Field(ge=1, le=MOST_STARS)]


class RequestKind(StrEnum):
    """What somebody asks for."""

    FAULT = "fault"
    SERVICE = "service"
    CONSULTATION = "consultation"
    COMPLAINT = "complaint"


class Channel(StrEnum):
    """The way by which a request came in."""

    SCAN = "scan"
    PORTAL = "portal"
    PHONE = "phone"
    EMAIL = "email"
    DESK = "desk"
    KIOSK = "kiosk"
    API = "api"


class RequestState(StrEnum):
    """Where a request is; `cancelled` is one that its reporter took back."""

    NEW = "new"
    ORDERED = "ordered"
    DONE = "done"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    MERGED = "merged"


class LinkRole(StrEnum):
    """What the holder of a progress link may do: everything about their own request, or look on."""

    REPORTER = "reporter"
    FOLLOWER = "follower"


class GuestVerb(StrEnum):
    """What a reporter can do through the progress link."""

    MESSAGE = "message"
    URGE = "urge"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    RATE = "rate"
    REOPEN = "reopen"


class RequestDone(msgspec.Struct, frozen=True):
    """The answer of a verb on a request; `order_id` is the order that it became."""

    id: UUID
    version: int
    number: str
    state: RequestState
    order_id: UUID | None = None


class LinkDone(msgspec.Struct, frozen=True):
    """A progress link was made; its token is told to the caller only, and kept nowhere."""

    id: UUID
    version: int
    link_id: UUID


class RequestCard(msgspec.Struct, frozen=True):
    """A request as other rooms know it, without who reported it."""

    id: UUID
    version: int
    number: str
    kind: RequestKind
    channel: Channel
    state: RequestState
    text: str
    is_stopped: bool
    asset_id: UUID | None
    location_id: UUID | None
    customer_id: UUID | None
    order_id: UUID | None
    rating: int | None
    received_at: datetime


@dataclass(frozen=True)
class RequestLine:
    """A request of former times, or one that is still open: what was said, when, by whom, and how it ended."""

    text: Annotated[Prose, Field(min_length=1, max_length=5_000)]
    received_at: Instant
    title: Annotated[Line, Field(max_length=200)] = ""
    kind: RequestKind = RequestKind.FAULT
    channel: Channel = Channel.DESK
    state: RequestState = RequestState.NEW
    ended_at: Instant | None = None
    end_reason: Line = ""
    is_stopped: bool = False
    reporter_name: Annotated[Line, Field(max_length=200)] = ""
    reporter_contact: Annotated[Line, Field(max_length=200)] = ""
    # What the reporter said of the repair, once it was done.
    rating: Stars | None = None
    rating_text: Annotated[Prose, Field(max_length=2_000)] = ""
    asset_id: UUID | None = None
    location_id: UUID | None = None
    customer_id: UUID | None = None
