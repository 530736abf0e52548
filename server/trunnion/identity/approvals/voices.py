"""Who may decide a step now: its people and, where none is left, the administrators; and who speaks for whom."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from trunnion.identity.models import MembershipRole
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


def delegators_of(ctx: Context, user_id: UUID, verb: str) -> list[UUID]:
    """For whom a person may speak now, when it is about a verb."""
    rows = _live(ctx, user_id).filter(verb__in=["", verb]).order_by("from_at", "id")
    return list(rows.values_list("from_member__user_id", flat=True))


def _live(ctx: Context, user_id: UUID) -> Any:
    now = clock.now()
    return Delegation.objects.of(ctx).filter(
        to_member__user_id=user_id, to_member__is_active=True, from_member__is_active=True, from_at__lte=now,
        until_at__gt=now, revoked_at=None,
    )  # fmt: skip


def waiting_for(ctx: Context, user_id: UUID) -> Q:
    """The condition on approvals "waits for this person", by their own voice or by one that they were lent."""
    own = Q(Exists(_open_steps(ctx, OuterRef("pk"), {"membership__user_id": user_id})))
    own &= ~Q(Exists(_spoken(ctx, OuterRef("pk"), user_id)))
    found = own | Q(Exists(_lent(ctx, user_id)))
    if ctx.may(ADMINISTER):
        fallen = ApprovalStep.objects.of(ctx).filter(
            approval_id=OuterRef("pk"), state=StepState.OPEN, fell_back_at__isnull=False
        )
        found |= Q(Exists(fallen))
    return Q(state=ApprovalState.PENDING) & ~Q(asked_by_id=user_id) & found


def _lent(ctx: Context, user_id: UUID) -> Any:
    """The delegations to a person by which an approval (the outer query) waits for them."""
    approval = OuterRef(OuterRef("pk"))
    giver = OuterRef(OuterRef("from_member_id"))
    return (
        _live(ctx, user_id)
        .filter(Q(verb="") | Q(verb=OuterRef("verb")))
        .filter(~Q(from_member__user_id=OuterRef("asked_by_id")))
        .filter(Exists(_open_steps(ctx, approval, {"membership_id": giver})))
        .filter(~Exists(_spoken(ctx, approval, OuterRef("from_member__user_id"))))
    )


def _open_steps(ctx: Context, approval: Any, member: dict[str, Any]) -> Any:
    """The open step of an approval that a member decides, by role or by name."""
    roles = MembershipRole.objects.of(ctx).filter(membership__is_active=True, **member)
    named = ApprovalStepMember.objects.of(ctx).filter(
        step_id=OuterRef("pk"), membership__is_active=True, **member
    )
    steps = ApprovalStep.objects.of(ctx).filter(approval_id=approval, state=StepState.OPEN)
    return steps.filter(Q(role_id__in=roles.values("role_id")) | Exists(named))


def _spoken(ctx: Context, approval: Any, user: Any) -> Any:
    return ApprovalDecision.objects.of(ctx).filter(
        step__approval_id=approval, step__state=StepState.OPEN, for_user_id=user
    )


def open_step(ctx: Context, approval: Approval) -> ApprovalStep | None:
    """The step that an approval waits for."""
    found: ApprovalStep | None = (
        ApprovalStep.objects.of(ctx).filter(approval_id=approval.id, state=StepState.OPEN).first()
    )
    return found
