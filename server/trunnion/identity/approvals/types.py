"""Values of approvals that cross the boundary."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec

from trunnion.kernel.inputs import Line


class ApprovalState(StrEnum):
    """Whether what was asked for may be done."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class StepState(StrEnum):
    """How far one step of an approval is."""

    AHEAD = "ahead"
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


class Need(StrEnum):
    """Whether one of a step's people is enough."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True)
class StepLine:
    """One step of a rule: those who have a role, or named members, or both; one of them or all."""

    name: Line = ""
    role_id: UUID | None = None
    member_ids: tuple[UUID, ...] = ()
    need: Need = Need.ANY


@dataclass(frozen=True)
class Ask:
    """What a room asks approval for; `place_ids` are the subject's place and those above it, nearest first."""

    subject_kind: str
    subject_id: UUID
    verb: str
    title: Line
    amount: Decimal | None = None
    currency: str = ""
    reason: Line = ""
    place_ids: tuple[UUID, ...] = ()


class ApprovalDone(msgspec.Struct, frozen=True):
    """The answer of a verb on an approval."""

    id: UUID
    version: int
    number: str
    state: str


class ApprovalCard(msgspec.Struct, frozen=True):
    """What other rooms need to know of an approval."""

    id: UUID
    number: str
    verb: str
    state: str
    subject_kind: str
    subject_id: UUID
    amount: Decimal | None
    currency: str
    asked_by_id: UUID | None
    asked_by_name: str
    asked_at: datetime
    closed_at: datetime | None
    step: str
    waits_for: list[str]
