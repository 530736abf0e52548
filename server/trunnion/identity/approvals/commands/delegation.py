"""Verbs on delegations: who decides for whom, from when until when."""

from datetime import datetime
from uuid import UUID

from trunnion.identity.approvals.events import DelegationBegun, DelegationEnded
from trunnion.identity.approvals.models import Delegation
from trunnion.identity.approvals.registry import APPROVABLE
from trunnion.identity.approvals.voices import DECIDE
from trunnion.identity.models import Membership
from trunnion.identity.queries import users_with
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotVisible, Refusal
from trunnion.kernel.inputs import Instant, Line
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit


@command("identity.delegation.create")
def create(
    ctx: Context, to_member_id: UUID, until_at: Instant, from_at: Instant | None = None, verb: Line = "",
    reason: Line = "",
) -> Done:  # fmt: skip
    """Lets another member decide for oneself for a while."""
    own = Membership.objects.of(ctx).filter(user_id=ctx.person_id, is_active=True).first()
    if own is None:
        raise NotVisible
    return _begin(ctx, own, to_member_id, (from_at, until_at), verb, reason)


@command("identity.delegation.arrange")
def arrange(
    ctx: Context, from_member_id: UUID, to_member_id: UUID, until_at: Instant, from_at: Instant | None = None,
    verb: Line = "", reason: Line = "",
) -> Done:  # fmt: skip
    """Lets a member decide for one who cannot say so, such as somebody who fell ill."""
    return _begin(
        ctx, _member(ctx, from_member_id, "/from_member_id"), to_member_id, (from_at, until_at), verb, reason
    )


@command("identity.delegation.revoke")
def revoke(ctx: Context, delegation_id: UUID) -> Done:
    """Takes a delegation back at once."""
    row = take(ctx, Delegation, delegation_id)
    if row.from_member.user_id != ctx.actor_id and not ctx.may("identity.delegation.arrange"):
        raise Refusal("delegation.not_yours")
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        row.save()
        emit(DelegationEnded(delegation_id=row.id))
    return Done(row.id, row.version)


def _begin(
    ctx: Context, giver: Membership, to_member_id: UUID, when: tuple[datetime | None, datetime], verb: str,
    reason: str,
) -> Done:  # fmt: skip
    taker = _member(ctx, to_member_id, "/to_member_id")
    begin, end = when[0] or clock.now(), when[1]
    if taker.id == giver.id:
        raise Invalid.field("/to_member_id", "delegation.to_oneself")
    if end <= max(begin, clock.now()):
        raise Invalid.field("/until_at", "delegation.order")
    if verb and verb not in APPROVABLE:
        raise Invalid.field("/verb", "approval.verb_unknown", known=sorted(APPROVABLE))
    if taker.user_id not in users_with(ctx, DECIDE):
        raise Invalid.field("/to_member_id", "approval.may_not_decide", who=taker.name)
    row = Delegation(
        from_member=giver, to_member=taker, from_at=begin, until_at=end, verb=verb, reason=reason
    )
    row.save()
    emit(DelegationBegun(delegation_id=row.id, from_user_id=giver.user_id, to_user_id=taker.user_id))
    return Done(row.id, row.version)


def _member(ctx: Context, member_id: UUID, pointer: str) -> Membership:
    found: Membership | None = Membership.objects.of(ctx).filter(id=member_id, is_active=True).first()
    if found is None:
        raise Invalid.field(pointer, "reference_unknown", kind=Membership.kind)
    return found
