"""Reactions of purchasing: what approval says of an order."""

from trunnion.identity.approvals.events import ApprovalGranted, ApprovalRefused, ApprovalWithdrawn
from trunnion.kernel.context import Context
from trunnion.kernel.events import on

from .commands import order
from .models import PurchaseOrder


@on(ApprovalGranted)
def purchase_granted(ctx: Context, event: ApprovalGranted) -> None:
    """It may be ordered now."""
    if event.subject_kind == PurchaseOrder.kind:
        order.approve(ctx, order_id=event.subject_id)


@on(ApprovalRefused)
def purchase_refused(ctx: Context, event: ApprovalRefused) -> None:
    """It is a draft again, to be changed or cancelled."""
    if event.subject_kind == PurchaseOrder.kind:
        order.refuse(ctx, order_id=event.subject_id)


@on(ApprovalWithdrawn)
def purchase_withdrawn(ctx: Context, event: ApprovalWithdrawn) -> None:
    """The same where nobody asks any more."""
    if event.subject_kind == PurchaseOrder.kind:
        order.refuse(ctx, order_id=event.subject_id)
