"""Who may decide a step now: its people and, where none is left, the administrators; and who speaks for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from trunnion.identity.models import Membership, MembershipRole
from trunnion.identity.queries import users_with
from trunnion.kernel import clock
from trunnion.kernel.context import Context

from .models import Approval, ApprovalDecision, ApprovalStep, ApprovalStepMember, Delegation
from .types import ApprovalState, StepState

# Who may change the rules stands in where a step has nobody left.
ADMINISTER = "identity.approval_rule.edit"
DECIDE = "identity.approval.grant"


@dataclass(frozen=True, slots=True)
class Able:
    """Who may decide a step; `is_fallback` where it had nobody left."""

    user_ids: frozenset[UUID]
    is_fallback: bool


def people_of(ctx: Context, step: ApprovalStep, asker_id: UUID | None) -> Able:
    """Those who may decide a step, never the asker."""
    chosen = Q(membership_id__in=_named(ctx, step))
    if step.role_id is not None:
        chosen |= Q(role_id=step.role_id)
    rows = MembershipRole.objects.of(ctx).filter(chosen, membership__is_active=True)
    found = set(rows.values_list("membership__user_id", flat=True)) - {asker_id}
    if found:
        return Able(frozenset(found), False)
    return Able(frozenset(set(users_with(ctx, ADMINISTER)) - {asker_id}), True)


def _named(ctx: Context, step: ApprovalStep) -> list[UUID]:
    rows = ApprovalStepMember.objects.of(ctx).filter(step_id=step.id)
    return list(rows.values_list("membership_id", flat=True))


def delegators_of(ctx: Context, user_id: UUID, verb: str | None = None) -> list[tuple[UUID, str]]:
    """For whom a person may speak now, each with the verb that it is limited to."""
    now = clock.now()
    rows = Delegation.objects.of(ctx).filter(
        to_member__user_id=user_id, to_member__is_active=True, from_member__is_active=True, from_at__lte=now,
        until_at__gt=now, revoked_at=None,
    )  # fmt: skip
    if verb is not None:
        rows = rows.filter(verb__in=["", verb])
    return list(rows.order_by("from_at", "id").values_list("from_member__user_id", "verb"))


def waiting_for(ctx: Context, user_id: UUID) -> Q:
    """The condition on approvals "waits for this person", by their own voice or by one that they were lent."""
    found = _waiting_for_voice(ctx, user_id)
    for delegator_id, verb in delegators_of(ctx, user_id):
        lent = _waiting_for_voice(ctx, delegator_id)
        found |= lent & Q(verb=verb) if verb else lent
    if ctx.may(ADMINISTER):
        found |= Exists(_open_steps(ctx).filter(fell_back_at__isnull=False))
    return Q(state=ApprovalState.PENDING) & ~Q(asked_by_id=user_id) & found


def _open_steps(ctx: Context) -> "Iterable[ApprovalStep]":
    return ApprovalStep.objects.of(ctx).filter(approval_id=OuterRef("pk"), state=StepState.OPEN)


def _waiting_for_voice(ctx: Context, user_id: UUID) -> Q:
    member = Membership.objects.of(ctx).filter(user_id=user_id, is_active=True)
    roles = MembershipRole.objects.of(ctx).filter(membership__in=member.values("id"))
    named = ApprovalStepMember.objects.of(ctx).filter(
        step_id=OuterRef("pk"), membership__in=member.values("id")
    )
    steps = _open_steps(ctx).filter(
        Q(role_id__in=list(roles.values_list("role_id", flat=True))) | Exists(named)
    )
    spoken = ApprovalDecision.objects.of(ctx).filter(
        step__approval_id=OuterRef("pk"), step__state=StepState.OPEN, for_user_id=user_id
    )
    return Q(Exists(steps)) & ~Q(Exists(spoken)) & ~Q(asked_by_id=user_id)


def open_step(ctx: Context, approval: Approval) -> ApprovalStep | None:
    """The step that an approval waits for."""
    found: ApprovalStep | None = (
        ApprovalStep.objects.of(ctx).filter(approval_id=approval.id, state=StepState.OPEN).first()
    )
    return found
