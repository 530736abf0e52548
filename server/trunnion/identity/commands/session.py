"""Signing in and out, and one's own account."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing

from trunnion.identity.factors.queries import second_step
from trunnion.identity.factors.types import SecondNeeded
from trunnion.identity.models import Membership, Session, User
from trunnion.identity.passwords import digest, matches, token_digest
from trunnion.identity.rules import (
    DEVICE_LIFE,
    SEEN_EVERY,
    SESSION_LIFE,
    TRIES_PER_ADDRESS,
    TRIES_PER_PAIR,
    TRY_WINDOW,
    password_fault,
)
from trunnion.identity.types import Done, OpenSession, SignedIn
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.database import writing
from trunnion.kernel.errors import Invalid, NotGranted, NotSignedIn, NotVisible
from trunnion.kernel.ids import token
from trunnion.kernel.inputs import Language, Password, Zone
from trunnion.kernel.limits import allow, forgive
from trunnion.kernel.unit import about

DEVICE = "trunnion.device"
log = logging.getLogger("trunnion.security")


@dataclass(frozen=True)
class Caller:
    """Where an attempt to sign in comes from; `device` is a browser's proof that its owner signed in there before."""

    address: str = ""
    agent: str = ""
    device: str = ""


def sign_in(email: str, password: str, caller: Caller, door: Door = Door.WEB) -> SignedIn | SecondNeeded:
    """Checks a password and opens a session, or says what must follow it.

    Raises NotSignedIn, the same for a wrong password as for no account.
    """
    folded = email.strip().lower()
    user = User.objects.filter(email=folded).first()
    counted = _count(folded, user, caller)
    if not matches(user.password_hash if user else None, password) or user is None or not user.is_active:
        log.warning("sign-in refused: account %s from %s", _mark_of(folded), caller.address)
        raise NotSignedIn("sign_in_wrong")
    second = second_step(user)
    if second is not None:
        for bucket in counted:
            forgive(bucket)
        return second
    ctx = system(user.home_organisation_id, door, actor_name=user.name).with_(actor_id=user.id)
    opened = start(ctx, user_id=user.id, agent=caller.agent[:200])
    for bucket in counted:
        forgive(bucket)
    return opened


def _count(email: str, user: User | None, caller: Caller) -> list[str]:
    # A browser in which the account's owner has signed in before has a count of its own: whoever floods the account
    # or the owner's address from elsewhere cannot lock it out.
    known = device_of(caller.device)
    if user is not None and known is not None and known[0] == user.id.hex:
        buckets = [(f"sign-in-device:{known[1]}", TRIES_PER_PAIR)]
    else:
        name = _mark_of(email)
        buckets = [
            (f"sign-in:{caller.address}", TRIES_PER_ADDRESS),
            (f"sign-in:{caller.address}:{name}", TRIES_PER_PAIR),
        ]
    for bucket, most in buckets:
        allow(bucket, most, TRY_WINDOW)
    return [bucket for bucket, _ in buckets]


def _mark_of(email: str) -> str:
    return hashlib.sha256(email.encode(errors="replace")).hexdigest()


def device_proof(user_id: UUID) -> str:
    """What a browser keeps to be known again at the next sign-in of this person."""
    return signing.dumps([user_id.hex, token(128)], salt=DEVICE)


def device_of(proof: str) -> tuple[str, str] | None:
    """The person and the browser that a proof speaks of; None where it does not hold."""
    try:
        user, browser = signing.loads(proof, salt=DEVICE, max_age=DEVICE_LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(user), str(browser)


@command("identity.session.start")
def start(ctx: Context, user_id: UUID, agent: str = "", is_proved: bool = False) -> SignedIn:
    """Opens a session for a person whose password was checked; `is_proved` where a second factor was too."""
    member = Membership.objects.of(ctx).filter(user_id=user_id, is_active=True).first()
    if member is None:
        raise NotSignedIn("sign_in_wrong")
    now, secret = clock.now(), token()
    session = Session(
        token_hash=token_digest(secret), user_id=user_id, organisation_id=ctx.organisation_id, opened_at=now,
        seen_at=now, expires_at=now + SESSION_LIFE, agent=agent, is_proved=is_proved,
    )  # fmt: skip
    session.save(force_insert=True)
    about(Membership.kind, member.id)
    return SignedIn(session.id, secret, user_id, ctx.organisation_id, session.expires_at)


@command("identity.session.end", open_to_all=True)
def end(ctx: Context, session_id: UUID) -> None:
    """Ends one of one's own sessions."""
    sessions = Session.objects.filter(
        id=session_id, user_id=ctx.person_id, organisation_id=ctx.organisation_id, ended_at=None
    )
    sessions.update(ended_at=clock.now())


def in_person(ctx: Context, verb: str) -> None:
    """Refuses a token what a person does themselves: their password, their factors, their preferences."""
    # These verbs need no grant, so that a token's scope could not keep it from them.
    if ctx.door == Door.API:
        raise NotGranted(verb)


def password_bucket(ctx: Context) -> str:
    """Where it is counted how often somebody gave their own password."""
    return f"password:{ctx.person_id}"


def count_password(ctx: Context, _arguments: dict[str, Any]) -> None:
    """Counts one's own password being given, ahead of the verb that asks for it."""
    allow(password_bucket(ctx), TRIES_PER_PAIR, TRY_WINDOW)


@command("identity.user.change_password", secret=("current", "new"), open_to_all=True, before=count_password)
def change_password(ctx: Context, current: Password, new: Password) -> None:
    """Changes one's own password and ends every session, this one too."""
    in_person(ctx, "identity.user.change_password")
    user = User.objects.select_for_update().filter(id=ctx.person_id).first()
    if user is None:
        raise NotVisible
    if not matches(user.password_hash, current):
        raise Invalid.field("/current", "password.wrong")
    fault = password_fault(new, (user.email, user.name))
    if fault:
        raise Invalid.field("/new", fault)
    user.password_hash = digest(new)
    user.save()
    Session.objects.filter(user_id=user.id, ended_at=None).update(ended_at=clock.now())


@command("identity.user.prefer", open_to_all=True)
def prefer(ctx: Context, language: Language = UNSET, zone: Zone = UNSET) -> Done:
    """Sets one's own language and time zone."""
    in_person(ctx, "identity.user.prefer")
    user = User.objects.select_for_update().filter(id=ctx.person_id).first()
    if user is None:
        raise NotVisible
    for field, value in given(language=language, zone=zone).items():
        setattr(user, field, value)
    user.save()
    return Done(user.id, user.version)


def seen(session: OpenSession, now: datetime) -> None:
    """Notes that a session is in use; it is the door's own table, outside the journal."""
    if session.seen_at + SEEN_EVERY < now:
        with writing():
            Session.objects.filter(id=session.id).update(seen_at=now)
