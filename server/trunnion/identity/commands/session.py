"""Signing in and out, and one's own account."""

from datetime import datetime
from uuid import UUID

from trunnion.identity.models import Membership, Session, User
from trunnion.identity.passwords import digest, matches, token_digest
from trunnion.identity.rules import (
    SEEN_EVERY,
    SESSION_LIFE,
    TRIES_PER_ADDRESS,
    TRIES_PER_PAIR,
    TRY_WINDOW,
    password_fault,
)
from trunnion.identity.types import Done, SignedIn
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.database import writing
from trunnion.kernel.errors import Invalid, NotSignedIn, NotVisible
from trunnion.kernel.ids import token
from trunnion.kernel.inputs import Language, Zone
from trunnion.kernel.limits import allow
from trunnion.kernel.unit import about


def sign_in(email: str, password: str, address: str = "", agent: str = "", door: Door = Door.WEB) -> SignedIn:
    """Checks a password and opens a session; raises NotSignedIn, the same for a wrong password as for no account."""
    folded = email.strip().lower()
    allow(f"sign-in:{address}:{folded}", TRIES_PER_PAIR, TRY_WINDOW)
    allow(f"sign-in:{address}", TRIES_PER_ADDRESS, TRY_WINDOW)
    user = User.objects.filter(email=folded).first()
    if not matches(user.password_hash if user else None, password) or user is None or not user.is_active:
        raise NotSignedIn("sign_in_wrong")
    ctx = system(user.home_organisation_id, door, actor_name=user.name).with_(actor_id=user.id)
    return start(ctx, user_id=user.id, agent=agent[:200])


@command("identity.session.start")
def start(ctx: Context, user_id: UUID, agent: str = "") -> SignedIn:
    """Opens a session for a person whose password was checked."""
    member = Membership.objects.of(ctx).filter(user_id=user_id, is_active=True).first()
    if member is None:
        raise NotSignedIn("sign_in_wrong")
    now, secret = clock.now(), token()
    session = Session(
        token_hash=token_digest(secret), user_id=user_id, organisation_id=ctx.organisation_id, opened_at=now,
        seen_at=now, expires_at=now + SESSION_LIFE, agent=agent,
    )  # fmt: skip
    session.save(force_insert=True)
    about(Membership.kind, member.id)
    return SignedIn(session.id, secret, user_id, ctx.organisation_id, session.expires_at)


@command("identity.session.end", open_to_all=True)
def end(ctx: Context, session_id: UUID | None = None) -> None:
    """Ends one's own session, or all of them when none is named."""
    sessions = Session.objects.filter(
        user_id=ctx.person_id, organisation_id=ctx.organisation_id, ended_at=None
    )
    if session_id is not None:
        sessions = sessions.filter(id=session_id)
    sessions.update(ended_at=clock.now())


@command("identity.user.change_password", secret=("current", "new"), open_to_all=True)
def change_password(ctx: Context, current: str, new: str) -> None:
    """Changes one's own password and ends every other session."""
    user = User.objects.select_for_update().filter(id=ctx.person_id).first()
    if user is None:
        raise NotVisible
    allow(f"password:{user.id}", TRIES_PER_PAIR, TRY_WINDOW)
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
    user = User.objects.select_for_update().filter(id=ctx.person_id).first()
    if user is None:
        raise NotVisible
    for field, value in given(language=language, zone=zone).items():
        setattr(user, field, value)
    user.save()
    return Done(user.id, user.version)


def seen(session: Session, now: datetime) -> None:
    """Notes that a session is in use; it is the door's own table, outside the journal."""
    if session.seen_at + SEEN_EVERY < now:
        with writing():
            Session.objects.filter(id=session.id).update(seen_at=now)
