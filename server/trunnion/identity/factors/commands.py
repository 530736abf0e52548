"""Verbs on second factors: set one up, prove one, take one away, fresh recovery codes, and help for who lost theirs."""

from typing import Annotated, Any
from uuid import UUID

import segno
from pydantic import Field, StringConstraints

from trunnion.identity.commands.membership import not_above
from trunnion.identity.commands.session import count_password, in_person, password_bucket
from trunnion.identity.models import Membership, Session, User
from trunnion.identity.passwords import matches
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context, Door
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.inputs import Email, Line, Password
from trunnion.kernel.limits import allow, forgive
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about

from . import passkeys, queries, recovery, sealing, tickets, totp
from .models import Factor, RecoveryCode
from .rules import MOST_FACTORS, TRIES, TRY_WINDOW
from .types import Codes, Enrolled, NewTotp, PasskeyOffer, Way

ISSUER = "Trunnion"
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Text = Annotated[str, Field(max_length=2000)]


@command(
    "identity.factor.begin_totp",
    secret=("password", "secret", "uri", "picture"),
    open_to_all=True,
    before=count_password,
)
def begin_totp(ctx: Context, password: Password, name: Line = "") -> NewTotp:
    """Offers a secret for an authenticator app; it counts once a code of it was given."""
    user = _sure(ctx, "identity.factor.begin_totp", password)
    _room_for_more(user)
    for row in Factor.objects.filter(user=user, way=Way.TOTP, confirmed_at=None):
        row.delete()
    secret = totp.new_secret()
    made = Factor(user=user, way=Way.TOTP, name=name[:200], secret=sealing.seal(secret))
    made.save()
    uri = totp.uri(secret, user.email, ISSUER)
    picture = segno.make(uri, error="m", micro=False).svg_data_uri(scale=4, border=4)
    return NewTotp(made.id, secret, uri, picture)


def _count_codes(ctx: Context, _arguments: dict[str, Any]) -> None:
    allow(f"factor:{ctx.person_id.hex}", TRIES, TRY_WINDOW)


@command("identity.factor.confirm_totp", secret=("code", "codes"), open_to_all=True, before=_count_codes)
def confirm_totp(ctx: Context, factor_id: UUID, code: Code) -> Enrolled:
    """Makes an authenticator app count, by a code that it shows."""
    in_person(ctx, "identity.factor.confirm_totp")
    user = _locked(ctx.person_id)
    row = Factor.objects.filter(id=factor_id, user=user, way=Way.TOTP, confirmed_at=None).first()
    if row is None:
        raise NotVisible
    step = totp.matching_step(sealing.opened(row.secret) or "", code, clock.now(), row.last_step)
    if step is None:
        raise Invalid.field("/code", "factor.code_wrong")
    row.last_step = step
    return _enrol(ctx, user, row)


@command(
    "identity.factor.begin_passkey", secret=("password", "ticket"), open_to_all=True, before=count_password
)
def begin_passkey(ctx: Context, password: Password) -> PasskeyOffer:
    """Offers the browser to make a passkey of this person for this installation."""
    user = _sure(ctx, "identity.factor.begin_passkey", password)
    _room_for_more(user)
    rp_id = passkeys.host()
    if rp_id is None:
        raise Refusal("factor.no_passkeys")
    known = [one for one in queries.of_user(user.id) if one.way == Way.PASSKEY]
    ticket, challenge = tickets.write(tickets.ENROL, user.id, user.password_hash)
    return PasskeyOffer(ticket, passkeys.ask_new(rp_id, user, known, challenge))


@command("identity.factor.add_passkey", secret=("ticket", "credential", "codes"), open_to_all=True)
def add_passkey(ctx: Context, ticket: Text, credential: dict[str, Any], name: Line = "") -> Enrolled:
    """Makes a passkey count that the browser made for a ticket."""
    in_person(ctx, "identity.factor.add_passkey")
    user = _locked(ctx.person_id)
    found = tickets.read(tickets.ENROL, ticket)
    if (
        found is None
        or found.user_id != user.id
        or found.password_mark != tickets.mark_of(user.password_hash)
    ):
        raise Refusal("factor.ticket_over")
    _room_for_more(user)
    made = passkeys.made(credential, found.challenge)
    if made is None:
        raise Invalid.field("/credential", "factor.passkey_wrong")
    credential_id, public_key, count = made
    if Factor.objects.filter(credential_id=credential_id).exists():
        raise Invalid.field("/credential", "factor.passkey_known")
    row = Factor(
        user=user, way=Way.PASSKEY, name=name[:200], credential_id=credential_id, public_key=public_key,
        sign_count=count,
    )  # fmt: skip
    return _enrol(ctx, user, row)


@command("identity.factor.remove", secret=("password",), open_to_all=True, before=count_password)
def remove(ctx: Context, factor_id: UUID, password: Password) -> Done:
    """Takes one of one's own factors away; the last one stays as long as a role needs it."""
    user = _sure(ctx, "identity.factor.remove", password)
    rows = queries.of_user(user.id)
    row = next((one for one in rows if one.id == factor_id), None)
    if row is None:
        raise NotVisible
    if len(rows) == 1:
        if queries.needs(ctx):
            raise Refusal("factor.last_needed")
        _forget_codes(user)
        Session.objects.filter(user=user).update(is_proved=False)
    row.delete()
    return Done(row.id, row.version)


@command("identity.factor.renew_codes", secret=("password", "codes"), open_to_all=True, before=count_password)
def renew_codes(ctx: Context, password: Password) -> Codes:
    """Makes ten new recovery codes; the former ones are void."""
    user = _sure(ctx, "identity.factor.renew_codes", password)
    if not queries.of_user(user.id):
        raise Refusal("factor.none")
    return Codes(_new_codes(user))


@command("identity.membership.reset_factors")
def reset(ctx: Context, membership_id: UUID) -> Done:
    """Takes away every factor of a member who lost them, and ends their sessions: the password opens again."""
    if ctx.door == Door.API:
        raise NotGranted("identity.membership.reset_factors")
    member = take(ctx, Membership, membership_id)
    if member.user_id == ctx.actor_id:
        raise Refusal("not_oneself")
    not_above(ctx, member)
    user = _locked(member.user_id)
    if user.home_organisation_id != ctx.organisation_id:
        raise Refusal("factor.home_elsewhere")
    forget(user)
    Session.objects.filter(user=user, ended_at=None).update(ended_at=clock.now())
    return Done(member.id, member.version)


def reset_by_address(ctx: Context, email: Email) -> Done:
    """The same for the operator's command line, which knows people by their address."""
    member = Membership.objects.of(ctx).filter(email=email).first()
    if member is None:
        raise Invalid.field("/email", "person_unknown")
    return reset(ctx, member.id)


def forget(user: User) -> None:
    """Removes whatever a person could prove; part of a verb that says so."""
    for row in Factor.objects.filter(user=user):
        row.delete()
    _forget_codes(user)


def _locked(user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(id=user_id).first()
    if user is None:
        raise NotVisible
    return user


def _sure(ctx: Context, verb: str, password: str) -> User:
    # Whoever found an open browser must not be able to shut its owner out.
    in_person(ctx, verb)
    user = _locked(ctx.person_id)
    if not matches(user.password_hash, password):
        raise Invalid.field("/password", "password.wrong")
    if queries.of_user(user.id) and not queries.is_proved(ctx):
        raise NotGranted(verb)
    about(User.kind, user.id)
    forgive(password_bucket(ctx))
    return user


def _room_for_more(user: User) -> None:
    if len(queries.of_user(user.id)) >= MOST_FACTORS:
        raise Refusal("factor.too_many", most=MOST_FACTORS)


def _enrol(ctx: Context, user: User, row: Factor) -> Enrolled:
    is_first = not queries.of_user(user.id)
    row.name = row.name or row.way
    row.confirmed_at = clock.now()
    row.save()
    about(User.kind, user.id)
    for session in Session.objects.filter(user=user, ended_at=None):
        if session.id == ctx.session_id:
            session.is_proved = True
        elif is_first:
            # It was opened without it.
            session.ended_at = clock.now()
        session.save(update_fields=["is_proved", "ended_at"])
    return Enrolled(row.id, row.version, _new_codes(user) if is_first else [])


def _new_codes(user: User) -> list[str]:
    _forget_codes(user)
    codes = recovery.fresh()
    for code in codes:
        RecoveryCode(user=user, digest=recovery.digest(code)).save()
    return codes


def _forget_codes(user: User) -> None:
    for row in RecoveryCode.objects.filter(user=user):
        row.delete()
