"""The verb that forgets a person who has left; what they did stays, under an alias."""

from uuid import UUID

from trunnion.identity.commands.membership import not_above
from trunnion.identity.events import MemberErased
from trunnion.identity.factors import commands as factors
from trunnion.identity.invitations.models import Invitation
from trunnion.identity.models import ApiToken, Membership, Session, User
from trunnion.identity.queries import get_organisation
from trunnion.kernel import clock, jobs
from trunnion.kernel.command import command
from trunnion.kernel.context import Context, Door
from trunnion.kernel.errors import NotGranted, Refusal
from trunnion.kernel.inputs import Name
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit
from trunnion.kernel.words import say

from .forgotten import Forgotten
from .types import Erasing

ERASE = "identity.membership.erase"
TASK = "identity.erase_journal"


@command(ERASE)
def erase(ctx: Context, membership_id: UUID, reason: Name) -> Erasing:
    """Forgets who a former member was: their name and address everywhere, and what the journal holds of them."""
    if ctx.door == Door.API:
        raise NotGranted(ERASE)
    member = take(ctx, Membership, membership_id)
    if member.user_id == ctx.actor_id:
        raise Refusal("not_oneself")
    not_above(ctx, member)
    if member.is_active:
        raise Refusal("membership.still_active", name=member.name)
    user = User.objects.select_for_update().get(id=member.user_id)
    if user.home_organisation_id != ctx.organisation_id:
        raise Refusal("factor.home_elsewhere")
    alias = say(
        "identity.former_member", get_organisation(ctx.organisation_id).language, mark=user.id.hex[-6:]
    )
    # The job is told who they were, because after this nobody knows; sealed, because jobs are kept for a while.
    known = Forgotten(user.id, member.id, member.name, user.email, alias)
    job_id = jobs.enqueue(
        ctx, TASK, unique_key=f"erase-{member.id.hex}", sealed=known.sealed(), reason=reason
    )
    _forget_invitations(ctx, user.email)
    _close(user)
    user.name = member.name = alias
    user.email = member.email = f"{user.id.hex}@erased.invalid"
    user.password_hash = ""
    user.is_active = False
    user.save()
    member.save()
    emit(MemberErased(membership_id=member.id, user_id=user.id, name=alias))
    return Erasing(member.id, member.version, alias, job_id)


def _close(user: User) -> None:
    factors.forget(user)
    # They tell where and by which browser somebody signed in.
    Session.objects.filter(user=user).delete()
    for token in ApiToken.objects.filter(user=user, revoked_at=None):
        token.revoked_at = clock.now()
        token.save()


def _forget_invitations(ctx: Context, email: str) -> None:
    for row in Invitation.objects.of(ctx).filter(email=email):
        row.name = row.email = ""
        row.save()
