"""Values of work that cross its boundary."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from trunnion.kernel.inputs import Amount, Currency, Instant, Line, Minutes, Name, Prose


class OrderState(StrEnum):
    """Where an order is."""

    DRAFT = "draft"
    REQUESTED = "requested"
    APPROVED = "approved"
    PLANNED = "planned"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    TRAVELLING = "travelling"
    ON_SITE = "on_site"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    MERGED = "merged"


class OrderKind(StrEnum):
    """What an order asks for."""

    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"
    PREDICTIVE = "predictive"
    INSPECTION = "inspection"
    INSTALLATION = "installation"
    CALIBRATION = "calibration"
    MODIFICATION = "modification"
    MOVE = "move"
    DECOMMISSION = "decommission"
    CLEANING = "cleaning"
    METER_ROUND = "meter_round"


class MaintenanceType(StrEnum):
    """The type of maintenance in the terms of EN 13306."""

    CORRECTIVE_IMMEDIATE = "corrective_immediate"
    CORRECTIVE_DEFERRED = "corrective_deferred"
    PREDETERMINED = "predetermined"
    CONDITION_BASED = "condition_based"
    PREDICTIVE = "predictive"
    IMPROVEMENT = "improvement"
    NOT_MAINTENANCE = "not_maintenance"


class Priority(StrEnum):
    """How soon it matters."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Source(StrEnum):
    """What an order came from."""

    CUSTOMER = "customer"
    DESK = "desk"
    FIELD = "field"
    PLAN = "plan"
    ALARM = "alarm"
    PREDICTION = "prediction"
    ANDON = "andon"
    INSPECTION = "inspection"
    FOLLOW_UP = "follow_up"
    AUTOMATION = "automation"
    IMPORT = "import"
    API = "api"


class WaitReason(StrEnum):
    """What an order waits for."""

    PARTS = "parts"
    ACCESS = "access"
    CUSTOMER = "customer"
    VENDOR = "vendor"
    SAFETY = "safety"
    WEATHER = "weather"


class Readiness(StrEnum):
    """Whether the parts of an order are there."""

    READY = "ready"
    EXPECTED = "expected"
    SHORT = "short"


class Near(StrEnum):
    """Where a store is as seen from an order, the nearest first."""

    VAN = "van"
    SITE = "site"
    OTHER = "other"


class LabourKind(StrEnum):
    """What somebody's time went into."""

    TRAVEL = "travel"
    WORK = "work"
    WAIT = "wait"


class DowntimeKind(StrEnum):
    """Whether a machine stood because it failed or because it was to be worked on."""

    UNPLANNED = "unplanned_down"
    PLANNED = "planned_down"


class OrderDone(msgspec.Struct, frozen=True):
    """The answer of a verb on an order."""

    id: UUID
    version: int
    number: str
    state: OrderState


@dataclass(frozen=True)
class ColumnLimit:
    """How many orders a column of the board should hold at most."""

    state: OrderState
    most: Annotated[int, Field(ge=1, le=9_999)]


class LineDone(msgspec.Struct, frozen=True):
    """The answer of a verb on a line of an order."""

    id: UUID
    version: int
    order_id: UUID


class LabourDone(msgspec.Struct, frozen=True):
    """A labour entry that was booked; its price only for those who may see money, and where somebody set a rate."""

    id: UUID
    version: int
    order_id: UUID
    minutes: int
    amount: Decimal | None
    currency: str


class PartDone(msgspec.Struct, frozen=True):
    """What an order has of a part now; its cost only for those who may see money."""

    id: UUID
    version: int
    order_id: UUID
    planned: Decimal
    reserved: Decimal
    short: Decimal
    issued: Decimal
    returned: Decimal
    cost: Decimal | None
    currency: str


class Paper(msgspec.Struct, frozen=True):
    """A paper as a PDF, and what its file is called."""

    content: bytes
    name: str


class Phases(msgspec.Struct, frozen=True):
    """When an order reached each phase; empty for what has not happened or was skipped."""

    reported_at: datetime | None = None
    acknowledged_at: datetime | None = None
    dispatched_at: datetime | None = None
    accepted_at: datetime | None = None
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    restored_at: datetime | None = None
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None


class OrderCard(msgspec.Struct, frozen=True):
    """An order as other rooms know it; `survivor_id` is set once it was merged into another."""

    id: UUID
    version: int
    number: str
    title: str
    kind: OrderKind
    state: OrderState
    priority: Priority
    source: Source
    is_stopped: bool
    asset_id: UUID | None
    asset_name: str
    location_id: UUID | None
    customer_id: UUID | None
    leading_id: UUID | None
    leading_name: str
    survivor_id: UUID | None
    reported_by_id: UUID | None
    reporter_name: str
    planned_from_at: datetime | None
    planned_until_at: datetime | None
    due_at: datetime | None
    waiting_reason: WaitReason | None
    remedy: str
    phases: Phases


class LabourCard(msgspec.Struct, frozen=True):
    """A labour entry as other rooms know it."""

    id: UUID
    order_id: UUID
    resource_id: UUID
    kind: LabourKind
    minutes: int
    amount: Decimal | None
    currency: str
    reverses_id: UUID | None


@dataclass(frozen=True)
class HistoryLine:
    """An order of former times that is over: what was done, when, how long it took, what had failed, what it cost."""

    title: Name
    reported_at: Instant
    kind: OrderKind = OrderKind.CORRECTIVE
    priority: Priority = Priority.NORMAL
    asset_id: UUID | None = None
    location_id: UUID | None = None
    customer_id: UUID | None = None
    description: Prose = ""
    symptom: Line = ""
    remedy: Prose = ""
    is_stopped: bool = False
    reporter_name: Line = ""
    started_at: Instant | None = None
    ended_at: Instant | None = None
    resource_id: UUID | None = None
    labour_minutes: Minutes | None = None
    travel_minutes: Minutes | None = None
    waiting_minutes: Minutes | None = None
    waiting_reason: WaitReason = WaitReason.PARTS
    waiting_from_at: Instant | None = None
    mode_id: UUID | None = None
    mechanism_id: UUID | None = None
    cause_id: UUID | None = None
    part: Line = ""
    cost_labour: Amount | None = None
    cost_material: Amount | None = None
    cost_service: Amount | None = None
    currency: Currency | None = None
