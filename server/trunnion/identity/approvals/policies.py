"""What each actor sees of approvals: all of them, or those that one asked for, decides or decided."""

from django.db.models import Exists, OuterRef, Q

from trunnion.kernel.context import Context
from trunnion.kernel.policies import sees, visible

from .models import Approval, ApprovalDecision, ApprovalStep, ApprovalStepMember, Delegation
from .voices import waiting_for

READ = "identity.approval.read"
ARRANGE = "identity.delegation.arrange"


def _is_narrowed(ctx: Context) -> bool:
    scope = ctx.scope
    return any(part is not None for part in (scope.location_ids, scope.team_ids, scope.party_ids))


@sees(Approval)
def approvals(ctx: Context) -> Q:
    """Who may read all sees all, unless they see a part of the organisation only; others what concerns them."""
    if ctx.actor_id is None or (ctx.may(READ) and not _is_narrowed(ctx)):
        return Q()
    spoke = ApprovalDecision.objects.of(ctx).filter(
        Q(actor_id=ctx.actor_id) | Q(for_user_id=ctx.actor_id), step__approval_id=OuterRef("pk")
    )
    return Q(asked_by_id=ctx.actor_id) | waiting_for(ctx, ctx.actor_id) | Q(Exists(spoke))


@sees(ApprovalStep)
def steps(ctx: Context) -> Q:
    """Steps of visible approvals."""
    return Q(approval_id__in=visible(ctx, Approval).values("id"))


@sees(ApprovalStepMember)
def members(ctx: Context) -> Q:
    """Those named for steps of visible approvals."""
    return Q(step__approval_id__in=visible(ctx, Approval).values("id"))


@sees(ApprovalDecision)
def decisions(ctx: Context) -> Q:
    """Decisions on visible approvals."""
    return Q(step__approval_id__in=visible(ctx, Approval).values("id"))


@sees(Delegation)
def delegations(ctx: Context) -> Q:
    """One's own, given or received; who may arrange them sees all."""
    if ctx.actor_id is None or ctx.may(ARRANGE):
        return Q()
    return Q(from_member__user_id=ctx.actor_id) | Q(to_member__user_id=ctx.actor_id)
