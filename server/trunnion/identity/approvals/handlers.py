"""Reactions of approvals: when a member leaves, the steps that waited for them are looked at again."""

from trunnion.identity.events import MemberDeactivated
from trunnion.kernel.context import Context
from trunnion.kernel.events import on

from .commands import approval
from .models import Approval
from .types import ApprovalState


@on(MemberDeactivated)
def member_left(ctx: Context, event: MemberDeactivated) -> None:  # noqa: ARG001  (which steps it was is looked up)
    """A step that has nobody left falls to the administrators."""
    for approval_id in (
        Approval.objects.of(ctx).filter(state=ApprovalState.PENDING).values_list("id", flat=True)
    ):
        approval.recheck(ctx, approval_id=approval_id)
