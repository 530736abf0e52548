"""Facts of finance."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from trunnion.kernel.events import Event


class CostRecorded(Event, name="finance.cost.recorded"):
    """Money was spent, or a cost was taken back."""

    cost_id: UUID
    order_id: UUID | None
    asset_id: UUID | None
    cost_kind: str
    amount: Decimal
    currency: str
    occurred_on: date


class DisposalRecorded(Event, name="finance.disposal.recorded"):
    """An asset left the books; `result` is the gain, below nothing the loss, none where it is unknown."""

    disposal_id: UUID
    asset_id: UUID
    result: Decimal | None
    currency: str


class DisposalReversed(Event, name="finance.disposal.reversed"):
    """A disposal was taken back."""

    disposal_id: UUID
    asset_id: UUID
