"""Verbs of a customer on their own colleagues: invite one, close the door for one; never beyond what they see."""

from uuid import UUID

from trunnion.identity.colleagues import colleague, own_reach
from trunnion.identity.invitations import commands as invitation
from trunnion.identity.invitations.types import Invited, Page
from trunnion.identity.types import Done
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Email, Language, Name

from . import membership
from .membership import ScopeLine


@command("identity.colleague.invite", secret=("link", "picture"))
def invite(ctx: Context, name: Name, email: Email, language: Language | None = None) -> Invited:
    """Makes a link by which a colleague becomes a user who sees what oneself sees, and may do the same."""
    reach = own_reach(ctx)
    scopes = [ScopeLine(kind, target) for kind, target in reach.scopes]
    return invitation.create(
        ctx, roles=reach.roles, name=name, email=email, language=language, scopes=scopes, page=Page.PORTAL
    )


@command("identity.colleague.deactivate")
def deactivate(ctx: Context, membership_id: UUID) -> Done:
    """Closes the door for a colleague at once."""
    return membership.deactivate(ctx, colleague(ctx, membership_id).id)


@command("identity.colleague.revoke")
def revoke(ctx: Context, invitation_id: UUID) -> Done:
    """Takes back an invitation that oneself or a colleague has sent."""
    own_reach(ctx)
    return invitation.revoke_own(ctx, invitation_id)
