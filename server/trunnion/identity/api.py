"""Routes of identity."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from trunnion.kernel.context import Door
from trunnion.kernel.database import reading
from trunnion.kernel.inputs import Email, Language, Line, Name, Password, Zone
from trunnion.kernel.limits import allow
from trunnion.kernel.web.answers import answer, language_of
from trunnion.kernel.web.cookies import address_of, clear, device_of, put, put_device
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room

from . import colleagues, queries
from .approvals import queries as approvals
from .approvals.commands import approval, delegation, rule
from .commands import colleague, membership, organisation, role, session, token
from .factors import commands as factor
from .factors import proving
from .factors import queries as factors
from .factors.types import SecondNeeded
from .invitations import commands as invitation
from .invitations import queries as invitations
from .numbering import commands as numbering
from .numbering import queries as numberings
from .personal import commands as personal
from .personal import queries as personal_data
from .rules import DEVICE_LIFE, TRIES_PER_ADDRESS, TRY_WINDOW
from .types import SignedIn
from .views import commands as view
from .views import queries as views

room = Room("identity")


class SignIn(Schema):
    """An address and its password."""

    email: Line
    password: Password


def sign_in(request: HttpRequest, body: SignIn) -> HttpResponse:
    """Opens a session and sets its cookie; where a second factor must follow, says which, with a ticket for it."""
    found = session.sign_in(body.email, body.password, _caller(request))
    if isinstance(found, SecondNeeded):
        return answer({"user_id": None, "expires_at": None, "second": found})
    return _let_in(found)


class SecondStep(Schema):
    """The ticket of a sign-in and what proves it: a code of an app or of the recovery list, or a passkey's answer."""

    ticket: Annotated[str, Field(max_length=2000)]
    code: Line = ""
    credential: dict[str, Any] | None = None


def prove(request: HttpRequest, body: SecondStep) -> HttpResponse:
    """Opens the session whose password was right, and sets its cookie."""
    return _let_in(proving.sign_in(body.ticket, body.code, body.credential, _caller(request)))


def _caller(request: HttpRequest) -> session.Caller:
    return session.Caller(address_of(request), request.headers.get("User-Agent", ""), device_of(request))


def _let_in(opened: SignedIn) -> HttpResponse:
    # With it comes the mark by which this browser is known again.
    response = answer({"user_id": opened.user_id, "expires_at": opened.expires_at, "second": None})
    put_device(response, session.device_proof(opened.user_id), DEVICE_LIFE)
    return put(response, opened.token, opened.expires_at)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session; a token has none, and so ends nothing."""
    ctx = context_of(request)
    session_id = getattr(request, "session_id", None)
    if session_id is not None:
        session.end(ctx, session_id=session_id)
    return clear(answer({}))


class Join(Schema):
    """What somebody says of themselves who was invited."""

    name: Name
    email: Email
    password: Password
    language: Language = "en"
    zone: Zone = "UTC"


def read_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation offers to whoever holds its link."""
    allow(f"join:{address_of(request)}", TRIES_PER_ADDRESS, TRY_WINDOW)
    return answer(invitations.read_link(token, language_of(request)))


def join(request: HttpRequest, token: str, body: Join) -> HttpResponse:
    """Makes the holder of an invitation a member, and signs them in."""
    allow(f"join:{address_of(request)}", TRIES_PER_ADDRESS, TRY_WINDOW)
    joined = invitation.accept_link(token, Door.WEB, **body.dict())
    return sign_in(request, SignIn(email=joined.email, password=body.password))


def me(request: HttpRequest) -> HttpResponse:
    """Who the caller is and what they may do."""
    return answer(queries.get_me(context_of(request)))


def own_factors(request: HttpRequest) -> HttpResponse:
    """The caller's second factors, and whether they must have one."""
    return answer(factors.own(context_of(request)))


def own_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of the caller."""
    ctx = context_of(request)
    with reading(ctx.organisation_id):
        return answer(personal_data.get_own(ctx))


room.plain("POST", "/sign-in", sign_in, open_because="the password is the proof")
room.plain("POST", "/sign-in/second", prove, open_because="the ticket and the factor are the proof")
room.plain("POST", "/sign-out", sign_out, open_because="ends only the caller's own session")
room.plain("GET", "/me", me, open_because="tells callers of themselves")
room.verb("/me/password", session.change_password)
room.verb("/me/prefer", session.prefer)
room.plain("GET", "/me/personal_data", own_data, open_because="tells callers of themselves")
room.plain("GET", "/me/factors", own_factors, open_because="tells callers of their own factors")
room.verb("/me/factors/begin_totp", factor.begin_totp)
room.verb("/me/factors/{factor_id}/confirm_totp", factor.confirm_totp)
room.verb("/me/factors/begin_passkey", factor.begin_passkey)
room.verb("/me/factors/add_passkey", factor.add_passkey)
room.verb("/me/factors/{factor_id}/remove", factor.remove)
room.verb("/me/factors/renew_codes", factor.renew_codes)
room.edit("/organisation", organisation.edit)
room.listing("/members", queries.MEMBERS)
room.verb("/members/create", membership.create)
room.detail("/members/{membership_id}", queries.get_member, "identity.membership.read")
room.edit("/members/{membership_id}", membership.edit)
room.verb("/members/{membership_id}/deactivate", membership.deactivate)
room.verb("/members/{membership_id}/reactivate", membership.reactivate)
room.verb("/members/{membership_id}/reset_factors", factor.reset)
room.verb("/members/{membership_id}/erase", personal.erase)
room.detail("/members/{membership_id}/personal_data", personal_data.get_personal_data, personal_data.DISCLOSE)
room.listing("/roles", queries.ROLES)
room.verb("/roles/create", role.create)
room.detail("/roles/{role_id}", queries.get_role, "identity.role.read")
room.edit("/roles/{role_id}", role.edit)
room.verb("/roles/{role_id}/require_factor", role.require_factor)
room.detail("/tokens", queries.list_tokens, "identity.token.issue")
room.verb("/tokens/issue", token.issue)
room.verb("/tokens/{token_id}/revoke", token.revoke)

room.listing("/approvals", approvals.APPROVALS)
room.listing("/approvals/waiting", approvals.WAITING)
room.detail("/approvals/{approval_id}", approvals.get_approval, approvals.READ)
room.verb("/approvals/{approval_id}/grant", approval.grant)
room.verb("/approvals/{approval_id}/refuse", approval.refuse)
room.verb("/approvals/{approval_id}/withdraw", approval.withdraw)
room.listing("/approval_rules", approvals.RULES)
room.detail("/approval_rules/verbs", approvals.list_verbs, "identity.approval_rule.read")
room.verb("/approval_rules/create", rule.create)
room.detail("/approval_rules/{rule_id}", approvals.get_rule, "identity.approval_rule.read")
room.edit("/approval_rules/{rule_id}", rule.edit)
room.listing("/delegations", approvals.DELEGATIONS)
room.verb("/delegations/create", delegation.create)
room.verb("/delegations/arrange", delegation.arrange)
room.verb("/delegations/{delegation_id}/revoke", delegation.revoke)

room.detail("/colleagues", colleagues.list_colleagues, colleagues.READ)
room.verb("/colleagues/invite", colleague.invite)
room.verb("/colleagues/{membership_id}/deactivate", colleague.deactivate)
room.verb("/colleagues/invitations/{invitation_id}/revoke", colleague.revoke)
room.listing("/invitations", invitations.INVITATIONS)
room.verb("/invitations/create", invitation.create)
room.verb("/invitations/create_many", invitation.create_many)
room.verb("/invitations/{invitation_id}/revoke", invitation.revoke)
room.plain("GET", "/join/{token}", read_invitation, open_because="the link itself is the proof")
room.plain("POST", "/join/{token}", join, open_because="the link itself is the proof")

room.detail("/numbering", numberings.get_numbering, numberings.READ)
room.detail("/numbering/preview", numberings.get_preview, numberings.READ)
room.verb("/numbering/set", numbering.set_)
room.verb("/numbering/reset", numbering.reset)
room.listing("/views", views.VIEWS)
room.verb("/views/create", view.create)
room.detail("/views/{view_id}", views.get_view, views.READ)
room.edit("/views/{view_id}", view.edit)
room.verb("/views/{view_id}/share", view.share)
room.verb("/views/{view_id}/set_default", view.set_default)
room.verb("/views/{view_id}/remove", view.remove)
