"""The clock's work of approvals: who is waited for is reminded, and steps without people are found."""

from datetime import timedelta

from trunnion.kernel import clock, journal
from trunnion.kernel.context import system
from trunnion.kernel.database import reading
from trunnion.kernel.jobs import Progress, every

from .commands import approval
from .models import Approval
from .types import ApprovalState


@every(timedelta(hours=1), "identity.approvals.remind")
def remind(progress: Progress) -> int:
    """Reminds of what has waited for long; a change of roles may have left a step without anybody."""
    reminded = 0
    for organisation_id in journal.organisations():
        ctx = system(organisation_id)
        with reading(organisation_id):
            rows = Approval.objects.of(ctx).filter(state=ApprovalState.PENDING, remind_at__lte=clock.now())
            due = list(rows.values_list("id", flat=True))
        for approval_id in due:
            approval.recheck(ctx, approval_id=approval_id)
            approval.remind(ctx, approval_id=approval_id)
            reminded += 1
        progress(reminded, reminded)
    return reminded
