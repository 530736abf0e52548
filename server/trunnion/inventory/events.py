"""Facts of inventory."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from trunnion.kernel.events import Event


class StockMoved(Event, name="inventory.stock.moved"):
    """Stock came, went or changed its place; whoever watches levels looks at these items."""

    movement: str
    item_ids: list[UUID]
    store_ids: list[UUID]
    cause_kind: str
    cause_id: UUID | None


class ReservationFilled(Event, name="inventory.reservation.filled"):
    """What a demand lacked is there now and reserved for it; `short` is what it still lacks."""

    demand_kind: str
    demand_id: UUID
    item_id: UUID
    store_id: UUID
    quantity: Decimal
    short: Decimal


class ShortageOpened(Event, name="inventory.shortage.opened"):
    """A demand lacks something, or more of it than before."""

    shortage_id: UUID
    demand_kind: str
    demand_id: UUID
    label: str
    item_id: UUID
    store_id: UUID
    quantity: Decimal


class ShortageClosed(Event, name="inventory.shortage.closed"):
    """A demand lacks nothing of an item any more: it was filled, or it needs it no longer."""

    shortage_id: UUID
    demand_kind: str
    demand_id: UUID
    item_id: UUID
    store_id: UUID


class ShortageExpected(Event, name="inventory.shortage.expected"):
    """It is known when what a demand lacks will come, or known no longer."""

    shortage_id: UUID
    demand_kind: str
    demand_id: UUID
    item_id: UUID
    store_id: UUID
    expected_on: date | None


class PeriodClosed(Event, name="inventory.period.closed"):
    """Up to this day nothing is entered any more."""

    through_on: date


class PeriodReopened(Event, name="inventory.period.reopened"):
    """Days that were closed take entries again."""

    through_on: date | None
