"""Reactions of finance: booked time and drawn parts become costs, a disposal takes the asset out of the books."""

from trunnion.assets.events import AssetDisposed, AssetReinstated
from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.work.events import LabourRecorded, PartIssued, PartReturned
from trunnion.work.queries import get_order_card

from . import commands
from .types import CostKind

SOURCE, MOVEMENT = "work.labour", "inventory.movement"


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


@on(PartIssued)
def cost_parts(ctx: Context, event: PartIssued) -> None:
    """Enters what parts cost that were handed to an order, once."""
    _cost_material(ctx, event)


@on(PartReturned)
def refund_parts(ctx: Context, event: PartReturned) -> None:
    """Enters what came back, with the sign turned."""
    _cost_material(ctx, event)


def _cost_material(ctx: Context, event: PartIssued | PartReturned) -> None:
    order = get_order_card(ctx, event.order_id)
    commands.record(
        ctx, kind=CostKind.MATERIAL, amount=event.amount, currency=event.currency, occurred_on=event.occurred_on,
        source_kind=MOVEMENT, source_id=event.movement_id, order_id=event.order_id, asset_id=event.asset_id,
        location_id=order.location_id, customer_id=order.customer_id,
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
