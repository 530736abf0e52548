"""Facts of purchasing."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from trunnion.kernel.events import Event


class PurchaseRequested(Event, name="inventory.purchase_order.requested"):
    """Somebody asked that something be bought."""

    order_id: UUID
    number: str
    amount: Decimal
    currency: str


class PurchaseApproved(Event, name="inventory.purchase_order.approved"):
    """Whoever had to agree did, or nobody had to."""

    order_id: UUID
    number: str


class PurchaseOrdered(Event, name="inventory.purchase_order.ordered"):
    """It was ordered of the supplier."""

    order_id: UUID
    number: str
    party_id: UUID | None
    expected_on: date | None


class PurchaseReceived(Event, name="inventory.purchase_order.received"):
    """Some or all of it came."""

    order_id: UUID
    receipt_id: UUID
    is_complete: bool


class PurchaseSentBack(Event, name="inventory.purchase_order.sent_back"):
    """Something that had come went back to the supplier."""

    order_id: UUID
    receipt_id: UUID


class PurchaseEnded(Event, name="inventory.purchase_order.ended"):
    """Nothing more will come: it was cancelled, or the rest was given up."""

    order_id: UUID
    state: str
