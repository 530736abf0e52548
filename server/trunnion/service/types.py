"""Values of service that cross its boundary."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


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
