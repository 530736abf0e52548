"""Verbs on the password of somebody who has none any more: after a move without sign-ins, or when all owners forgot."""

from trunnion.identity.models import Membership, Session, User
from trunnion.identity.passwords import digest
from trunnion.identity.rules import password_fault
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context, Door
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.inputs import Email, Password
from trunnion.kernel.unit import about

GIVE = "identity.user.give_password"


@command(GIVE, secret=("password",))
def give(ctx: Context, email: Email, password: Password) -> Done:
    """Gives a member a new password and ends every session of theirs; the operator's command line only."""
    if ctx.door != Door.CLI:
        # Whoever could do this from a browser could become anybody.
        raise NotGranted(GIVE)
    user = User.objects.select_for_update().filter(email=email).first()
    if user is None or not Membership.objects.of(ctx).filter(user_id=user.id).exists():
        raise Invalid.field("/email", "person_unknown")
    fault = password_fault(password, (user.email, user.name))
    if fault:
        raise Invalid.field("/password", fault)
    about(User.kind, user.id)
    user.password_hash = digest(password)
    user.save()
    Session.objects.filter(user_id=user.id, ended_at=None).update(ended_at=clock.now())
    return Done(user.id, user.version)
