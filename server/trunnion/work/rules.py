"""Pure rules of work: instants, durations, prices, where a refused order goes, how long one may be reopened."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo

from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.money import Money

from .types import LabourKind, MaintenanceType, OrderKind, OrderState, Phases, Priority, Readiness

# A phone's clock may run ahead of the server's by this much.
CLOCK_SLACK = timedelta(minutes=5)
REOPEN_WITHIN = timedelta(days=30)
EARTH_M = 6_371_000
LONGEST_ENTRY = timedelta(hours=24)
NOTHING = Decimal(0)

RANKS = {Priority.LOW: 1, Priority.NORMAL: 2, Priority.HIGH: 3, Priority.URGENT: 4}
_TYPES = {
    OrderKind.PREVENTIVE: MaintenanceType.PREDETERMINED,
    OrderKind.INSPECTION: MaintenanceType.PREDETERMINED,
    OrderKind.CALIBRATION: MaintenanceType.PREDETERMINED,
    OrderKind.CLEANING: MaintenanceType.PREDETERMINED,
    OrderKind.PREDICTIVE: MaintenanceType.PREDICTIVE,
    OrderKind.METER_ROUND: MaintenanceType.CONDITION_BASED,
    OrderKind.MODIFICATION: MaintenanceType.IMPROVEMENT,
    OrderKind.INSTALLATION: MaintenanceType.NOT_MAINTENANCE,
    OrderKind.MOVE: MaintenanceType.NOT_MAINTENANCE,
    OrderKind.DECOMMISSION: MaintenanceType.NOT_MAINTENANCE,
}


def maintenance_type(kind: OrderKind, priority: Priority, is_stopped: bool) -> MaintenanceType:
    """The type in the terms of EN 13306 that an order has unless somebody says otherwise."""
    if kind == OrderKind.CORRECTIVE:
        immediate = is_stopped or priority == Priority.URGENT
        return MaintenanceType.CORRECTIVE_IMMEDIATE if immediate else MaintenanceType.CORRECTIVE_DEFERRED
    return _TYPES[kind]


def moment(at: datetime | None, now: datetime, not_before: datetime | None, pointer: str = "/at") -> datetime:
    """When something happened: now, or what a phone that was offline says, as long as it fits between."""
    if at is None:
        # The last step may have been told by a phone whose clock runs a little ahead.
        return max(now, not_before) if not_before else now
    if at > now + CLOCK_SLACK:
        raise Invalid.field(pointer, "order.in_future", now=now)
    if not_before is not None and at < not_before:
        raise Invalid.field(pointer, "order.before_last_step", last=not_before)
    return at


def window(from_at: datetime | None, until_at: datetime | None) -> None:
    """Refuses a window that ends before it begins, or ends without beginning."""
    if until_at is not None and (from_at is None or until_at <= from_at):
        raise Invalid.field("/planned_until_at", "order.window_ends_first")


def day_of(at: datetime, zone: str) -> date:
    """The calendar day of an instant where the person is."""
    return at.astimezone(ZoneInfo(zone)).date()


def minutes_between(began_at: datetime, ended_at: datetime) -> int:
    """Whole minutes, to the nearest; whatever took time took at least one."""
    seconds = max(0, int((ended_at - began_at).total_seconds()))
    return max(1, (seconds + 30) // 60) if seconds else 0


def price(hourly: Money | None, minutes: int) -> Money | None:
    """What minutes cost at an hourly rate, at the currency's minor unit; nothing is known without a rate."""
    if hourly is None:
        return None
    return Money(hourly.amount * minutes / Decimal(60), hourly.currency).rounded()


def declined_to(is_planned: bool) -> OrderState:
    """Where an order goes that somebody will not do."""
    return OrderState.PLANNED if is_planned else OrderState.APPROVED


def check_reopening(state: OrderState, since: datetime, now: datetime) -> None:
    """Refuses to reopen what has rested too long; a completed order that nobody closed stays open to it."""
    if state in (OrderState.COMPLETED, OrderState.CONFIRMED):
        return
    if now - since > REOPEN_WITHIN:
        raise Refusal("order.too_old_to_reopen", days=REOPEN_WITHIN.days)


def proposed_minutes(
    phases: Phases,
    waits: Iterable[tuple[datetime, datetime | None]],
    booked: dict[LabourKind, int],
    now: datetime,
) -> dict[LabourKind, int]:
    """What the phases suggest somebody still has to book: travel from departure to arrival, work without the waits."""
    found: dict[LabourKind, int] = {}
    if phases.departed_at is not None:
        until = phases.arrived_at or phases.started_at
        found[LabourKind.TRAVEL] = minutes_between(phases.departed_at, until) if until else 0
    if phases.started_at is not None:
        ended = phases.ended_at or now
        waited = sum(_overlap(began, until or now, phases.started_at, ended) for began, until in waits)
        found[LabourKind.WORK] = max(0, minutes_between(phases.started_at, ended) - waited)
    left = {kind: minutes - booked.get(kind, 0) for kind, minutes in found.items()}
    return {kind: minutes for kind, minutes in left.items() if minutes > 0}


def _overlap(began: datetime, ended: datetime, from_at: datetime, until_at: datetime) -> int:
    return minutes_between(max(began, from_at), max(min(ended, until_at), began, from_at))


def readiness(lacking: Iterable[tuple[Decimal, date | None]]) -> str:
    """Whether the parts are there, by what of each is lacking and when that is expected; empty without parts."""
    lines = list(lacking)
    if not lines:
        return ""
    days = [day for short, day in lines if short]
    if not days:
        return Readiness.READY
    return Readiness.SHORT if None in days else Readiness.EXPECTED


def metres_between(lat: Decimal, lon: Decimal, other_lat: Decimal, other_lon: Decimal) -> int:
    """How far two points are from each other over the ground, in ten metres: nobody's phone knows it better."""
    one, two = radians(lat), radians(other_lat)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(other_lon - lon) / 2) ** 2
    return round(2 * EARTH_M * asin(sqrt(half)) / 10) * 10
