"""Reactions of finance: booked time becomes labour cost, a disposal takes the asset out of the books."""

from trunnion.assets.events import AssetDisposed, AssetReinstated
from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.work.events import LabourRecorded
from trunnion.work.queries import get_order_card

from . import commands
from .types import CostKind

SOURCE = "work.labour"


@on(LabourRecorded)
def cost_labour(ctx: Context, event: LabourRecorded) -> None:
    """Enters the cost of a labour entry, once, a reversal with the sign turned; unpriced time costs nothing."""
    if event.amount is None:
        return
    order = get_order_card(ctx, event.order_id)
    commands.record(
        ctx, kind=CostKind.LABOUR, amount=event.amount, currency=event.currency, occurred_on=event.worked_on,
        source_kind=SOURCE, source_id=event.labour_id, order_id=event.order_id, asset_id=event.asset_id,
        location_id=order.location_id, customer_id=order.customer_id, reverses_source_id=event.reverses_id,
    )  # fmt: skip


@on(AssetDisposed)
def close_book(ctx: Context, event: AssetDisposed) -> None:
    """Enters what the asset was worth when it left, what it brought in, and the gain or loss, once."""
    if event.document_id is not None:
        commands.record_disposal(ctx, document_id=event.document_id, asset_id=event.asset_id)


@on(AssetReinstated)
def open_book(ctx: Context, event: AssetReinstated) -> None:
    """Takes the entry of a disposal back that was a mistake."""
    commands.reverse_disposal(ctx, asset_id=event.asset_id)
