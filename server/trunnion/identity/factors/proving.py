"""The second step of a sign-in: a ticket and a proof become a session."""

import logging
from typing import Any
from uuid import UUID

from trunnion.identity.commands.session import Caller, start
from trunnion.identity.models import User
from trunnion.identity.types import SignedIn
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.errors import NotSignedIn, TooMany
from trunnion.kernel.limits import allow, forgive

from . import passkeys, recovery, sealing, tickets, totp
from .models import Factor, RecoveryCode
from .rules import TRIES, TRY_WINDOW
from .types import Way

log = logging.getLogger("trunnion.security")


def sign_in(
    ticket: str, code: str, credential: dict[str, Any] | None, caller: Caller, door: Door = Door.WEB
) -> SignedIn:
    """Opens the session that a ticket was given for; raises NotSignedIn, or TooMany after too many codes."""
    held = tickets.read(tickets.SIGN_IN, ticket)
    user = User.objects.filter(id=held.user_id, is_active=True).first() if held else None
    if held is None or user is None or held.password_mark != tickets.mark_of(user.password_hash):
        raise NotSignedIn("factor.ticket_over")
    bucket = f"factor:{user.id.hex}"
    if credential is None:
        allow(bucket, TRIES, TRY_WINDOW)
    else:
        # Its answer fits this ticket only, so that the ticket is what must not be used twice.
        _spend(held)
    ctx = system(user.home_organisation_id, door, actor_name=user.name).with_(actor_id=user.id)
    try:
        opened = prove(
            ctx, user_id=user.id, code=code, credential=credential, challenge=held.challenge.hex(),
            agent=caller.agent[:200],
        )  # fmt: skip
    except NotSignedIn:
        log.warning("second factor refused: person %s from %s", user.id, caller.address)
        raise
    if credential is None:
        _spend(held)
        forgive(bucket)
    return opened


def _spend(ticket: tickets.Ticket) -> None:
    try:
        tickets.spend(ticket)
    except TooMany:
        raise NotSignedIn("factor.ticket_over") from None


@command("identity.session.prove", secret=("code", "credential", "challenge"))
def prove(
    ctx: Context, user_id: UUID, code: str = "", credential: dict[str, Any] | None = None, challenge: str = "",
    agent: str = "",
) -> SignedIn:  # fmt: skip
    """Opens a session for a person whose password was checked and whose second factor is proved here."""
    # The person's row is the lock: two answers with the same code come one after the other.
    User.objects.select_for_update().get(id=user_id)
    proved = _by_passkey(user_id, credential, challenge) if credential else _by_code(user_id, code)
    if not proved:
        raise NotSignedIn("factor.wrong")
    return start(ctx, user_id=user_id, agent=agent, is_proved=True)


def _by_code(user_id: UUID, code: str) -> bool:
    now = clock.now()
    for row in Factor.objects.filter(user_id=user_id, way=Way.TOTP, confirmed_at__isnull=False):
        secret = sealing.opened(row.secret)
        step = totp.matching_step(secret, code, now, row.last_step) if secret else None
        if step is not None:
            row.last_step, row.used_at = step, now
            row.save()
            return True
    kept = RecoveryCode.objects.filter(user_id=user_id, digest=recovery.digest(code), used_at=None).first()
    if kept is None:
        return False
    kept.used_at = now
    kept.save()
    return True


def _by_passkey(user_id: UUID, credential: dict[str, Any], challenge: str) -> bool:
    row = Factor.objects.filter(
        user_id=user_id,
        way=Way.PASSKEY,
        confirmed_at__isnull=False,
        credential_id=str(credential.get("id", "")),
    ).first()
    count = passkeys.proved(row, credential, bytes.fromhex(challenge)) if row else None
    if row is None or count is None:
        return False
    row.sign_count, row.used_at = count, clock.now()
    row.save()
    return True
