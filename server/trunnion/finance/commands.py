"""The verb of finance: a cost is written down once for the fact that it comes from."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Code, Currency, Day, Line
from trunnion.kernel.policies import refer
from trunnion.kernel.unit import emit

from .events import CostRecorded
from .models import CostEntry
from .types import CostKind

Sum = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]


@command("finance.cost.record")
def record(
    ctx: Context, kind: CostKind, amount: Sum, currency: Currency, occurred_on: Day, source_kind: Code, source_id: UUID,
    order_id: UUID | None = None, asset_id: UUID | None = None, location_id: UUID | None = None,
    customer_id: UUID | None = None, reverses_source_id: UUID | None = None, remark: Line = "",
) -> Done:  # fmt: skip
    """Enters a cost; the same source again changes nothing. A reversal names the source that it takes back."""
    known = CostEntry.objects.of(ctx).filter(source_kind=source_kind, source_id=source_id).first()
    if known is not None:
        return Done(known.id, known.version)
    for kind_of, row_id, name in (
        ("work.order", order_id, "order_id"), ("assets.asset", asset_id, "asset_id"),
        ("assets.location", location_id, "location_id"), ("parties.party", customer_id, "customer_id"),
    ):  # fmt: skip
        refer(ctx, kind_of, row_id, f"/{name}")
    reversed_ = None
    if reverses_source_id is not None:
        reversed_ = (
            CostEntry.objects.of(ctx).filter(source_kind=source_kind, source_id=reverses_source_id).first()
        )
    row = CostEntry(
        cost_kind=kind, amount=amount, currency=currency, occurred_on=occurred_on, order_id=order_id,
        asset_id=asset_id, location_id=location_id, customer_id=customer_id, source_kind=source_kind,
        source_id=source_id, reverses=reversed_, remark=remark,
    )  # fmt: skip
    row.save()
    emit(
        CostRecorded(
            cost_id=row.id, order_id=order_id, asset_id=asset_id, cost_kind=str(kind), amount=amount, currency=currency,
            occurred_on=occurred_on,
        )
    )  # fmt: skip
    return Done(row.id, row.version)
