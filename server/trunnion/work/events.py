"""Facts of work: every verb of an order tells one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from trunnion.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OfOrder:
    """What every fact about an order says; `state` is the one that it is in since."""

    order_id: UUID
    number: str
    asset_id: UUID | None
    customer_id: UUID | None
    state: str
    at: datetime


class OrderCreated(OfOrder, Event, name="work.order.created"):
    """An order was written."""

    is_stopped: bool


class OrderSubmitted(OfOrder, Event, name="work.order.submitted"):
    """A draft became a request."""


class OrderEdited(OfOrder, Event, name="work.order.edited"):
    """An order's facts were changed."""


class OrderApproved(OfOrder, Event, name="work.order.approved"):
    """An order is to be done."""


class OrderRejected(OfOrder, Event, name="work.order.rejected"):
    """An order will not be done."""

    reason: str


class OrderPlanned(OfOrder, Event, name="work.order.planned"):
    """An order got its window."""

    planned_from_at: datetime | None
    planned_until_at: datetime | None


class OrderDispatched(OfOrder, Event, name="work.order.dispatched"):
    """Somebody was told to go, or everybody was asked who would."""

    resource_id: UUID | None


class OrderAssigned(OfOrder, Event, name="work.order.assigned"):
    """The people of an order changed."""

    resource_id: UUID | None


class OrderGrabbed(OfOrder, Event, name="work.order.grabbed"):
    """Somebody took a free order."""

    resource_id: UUID


class OrderAccepted(OfOrder, Event, name="work.order.accepted"):
    """Somebody will go."""


class OrderDeclined(OfOrder, Event, name="work.order.declined"):
    """Somebody will not go."""

    reason: str
    resource_id: UUID | None


class OrderDeparted(OfOrder, Event, name="work.order.departed"):
    """Somebody is on the way."""


class OrderArrived(OfOrder, Event, name="work.order.arrived"):
    """Somebody is there."""


class OrderStarted(OfOrder, Event, name="work.order.started"):
    """The work began."""


class OrderWaiting(OfOrder, Event, name="work.order.waiting"):
    """The order waits for something."""

    reason: str


class OrderResumed(OfOrder, Event, name="work.order.resumed"):
    """The wait is over."""

    reason: str


class OrderCompleted(OfOrder, Event, name="work.order.completed"):
    """The work is done."""


class OrderConfirmed(OfOrder, Event, name="work.order.confirmed"):
    """Whoever asked for it is content."""

    signer_name: str


class OrderRefused(OfOrder, Event, name="work.order.refused"):
    """Whoever asked for it is not content."""

    signer_name: str
    remark: str


class OrderClosed(OfOrder, Event, name="work.order.closed"):
    """The order is over and its cost frozen."""

    cost_labour: Decimal
    cost_material: Decimal
    cost_service: Decimal
    currency: str


class OrderReopened(OfOrder, Event, name="work.order.reopened"):
    """The order is not over after all."""

    reason: str


class OrderCancelled(OfOrder, Event, name="work.order.cancelled"):
    """The order was called off."""

    reason: str


class OrderMerged(OfOrder, Event, name="work.order.merged"):
    """The order turned out to be another one."""

    into_id: UUID
    into_number: str


class OrderUnmerged(OfOrder, Event, name="work.order.unmerged"):
    """The order is one of its own after all."""

    from_id: UUID | None


class OrderFollowedUp(OfOrder, Event, name="work.follow_up.created"):
    """An order led to another one."""

    follow_up_id: UUID


class DowntimeBegun(OfOrder, Event, name="work.downtime.begun"):
    """A machine stands."""

    downtime_id: UUID


class DowntimeEnded(OfOrder, Event, name="work.downtime.ended"):
    """A machine runs again."""

    downtime_id: UUID


class LabourBegun(Event, name="work.labour.begun"):
    """Somebody's clock runs on an order."""

    order_id: UUID
    resource_id: UUID
    labour_kind: str
    at: datetime


class LabourRecorded(Event, name="work.labour.recorded"):
    """Time was booked at the rate of that day; `reverses_id` names the entry that this one takes back."""

    labour_id: UUID
    order_id: UUID
    asset_id: UUID | None
    resource_id: UUID
    labour_kind: str
    minutes: int
    worked_on: date
    amount: Decimal | None
    currency: str
    reverses_id: UUID | None


class PartPlanned(Event, name="work.part.planned"):
    """An order needs so much of an item, or so much more; `short` is what is not there."""

    part_id: UUID
    order_id: UUID
    item_id: UUID
    quantity: Decimal
    short: Decimal


class PartDropped(Event, name="work.part.dropped"):
    """An order needs an item no longer."""

    part_id: UUID
    order_id: UUID
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class OfUse:
    """What both ways say of parts that changed hands: `amount` is what they cost, less than nothing on the way back."""

    part_id: UUID
    order_id: UUID
    asset_id: UUID | None
    item_id: UUID
    movement_id: UUID
    quantity: Decimal
    amount: Decimal
    currency: str
    occurred_on: date


class PartIssued(OfUse, Event, name="work.part.issued"):
    """Parts were handed to an order; their cost is frozen."""


class PartReturned(OfUse, Event, name="work.part.returned"):
    """Parts of an order went back to stock, at what they had cost."""


class FailureRecorded(Event, name="work.failure.recorded"):
    """A failure was put on record, or its record put right."""

    failure_id: UUID
    order_id: UUID
    asset_id: UUID | None
    mode: str
    mechanism: str
    cause: str


class FailureWithdrawn(Event, name="work.failure.withdrawn"):
    """A failure's record was taken back."""

    failure_id: UUID
    order_id: UUID
    asset_id: UUID | None


class TaskAnswered(Event, name="work.task.answered"):
    """A check has a result."""

    task_id: UUID
    order_id: UUID
    result: str


class ProcedureAttached(Event, name="work.order_procedure.attached"):
    """An order follows a procedure from now on."""

    order_id: UUID
    procedure_id: UUID
    number: str
    no: int


class ProcedureDetached(Event, name="work.order_procedure.detached"):
    """An order does not follow a procedure any more."""

    order_id: UUID
    procedure_id: UUID


class PositionShared(Event, name="work.position.shared"):
    """Somebody on the way lets whoever waits see where they are."""

    order_id: UUID
    resource_id: UUID


class PositionTold(Event, name="work.position.told"):
    """They have moved; where to is asked for, not told."""

    order_id: UUID


class PositionEnded(Event, name="work.position.ended"):
    """They are not seen any more."""

    order_id: UUID


class HistoryBrought(Event, name="work.history.brought"):
    """Orders of former times were brought in, closed as they are."""

    orders: int
