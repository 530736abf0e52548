"""Reads of second factors: what a person has, whether a role of theirs needs one, what is asked after the password."""

from typing import Any
from uuid import UUID

from trunnion.identity.models import MembershipRole, Session, User
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading

from . import passkeys, tickets
from .models import Factor, RecoveryCode
from .types import SecondNeeded, Way


def of_user(user_id: UUID) -> "list[Factor]":
    """The factors of a person that count, oldest first."""
    return list(Factor.objects.filter(user_id=user_id, confirmed_at__isnull=False).order_by("id"))


def needs(ctx: Context) -> bool:
    """Whether a role of the caller's needs a second factor."""
    held = MembershipRole.objects.of(ctx).filter(
        membership__user_id=ctx.person_id, membership__is_active=True, role__needs_factor=True
    )
    return held.exists()


def own(ctx: Context) -> dict[str, Any]:
    """The caller's factors, how many recovery codes are left, and whether they must have one."""
    with reading(ctx.organisation_id):
        needed = needs(ctx)
    rows = [
        {
            "id": one.id, "version": one.version, "way": one.way, "name": one.name,
            "confirmed_at": one.confirmed_at, "used_at": one.used_at,
        }
        for one in of_user(ctx.person_id)
    ]  # fmt: skip
    left = RecoveryCode.objects.filter(user_id=ctx.person_id, used_at=None).count()
    return {
        "rows": rows, "codes_left": left, "is_needed": needed,
        "is_proved": is_proved(ctx), "offers_passkeys": passkeys.host() is not None,
    }  # fmt: skip


def is_proved(ctx: Context) -> bool:
    """Whether the caller's session was opened or confirmed by a second factor."""
    return ctx.session_id is not None and Session.objects.filter(id=ctx.session_id, is_proved=True).exists()


def second_step(user: User) -> SecondNeeded | None:
    """What must follow a right password; None where the password is enough."""
    found = of_user(user.id)
    if not found:
        return None
    ticket, challenge = tickets.write(tickets.SIGN_IN, user.id, user.password_hash)
    keys = [one for one in found if one.way == Way.PASSKEY]
    rp_id = passkeys.host()
    ways = [Way.TOTP] if len(keys) < len(found) else []
    asked = passkeys.ask(rp_id, keys, challenge) if keys and rp_id else None
    if asked is not None:
        ways.append(Way.PASSKEY)
    return SecondNeeded(ticket, [*ways, Way.RECOVERY], asked)
