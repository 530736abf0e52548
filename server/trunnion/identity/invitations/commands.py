"""Verbs on invitations: make one or a whole file of them, take one back, accept one."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.colleagues import list_colleagues
from trunnion.identity.commands import membership
from trunnion.identity.commands.membership import ScopeLine
from trunnion.identity.models import User
from trunnion.identity.queries import context_of_member
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context, Door, system
from trunnion.kernel.errors import FieldError, Invalid, NotSignedIn, NotVisible, Refusal
from trunnion.kernel.inputs import Email, Language, Line, Name, Password, Zone
from trunnion.kernel.policies import take
from trunnion.kernel.unit import about

from . import links
from .models import Invitation
from .queries import still_open
from .types import Guest, Invited, InvitedMany, Joined, Page

Days = Annotated[int, Field(ge=1, le=90)]
Roles = Annotated[list[str], Field(min_length=1, max_length=20)]
Guests = Annotated[list[Guest], Field(min_length=1, max_length=500)]


@command("identity.invitation.create", secret=("link", "picture"))
def create(
    ctx: Context, roles: Roles, name: Line = "", email: Email | None = None, language: Language | None = None,
    scopes: list[ScopeLine] | None = None, days: Days = 7, most: Annotated[int, Field(ge=1, le=500)] = 1,
    page: Page = Page.CONSOLE,
) -> Invited:  # fmt: skip
    """Makes a link by which its holder becomes a member; for a group on a wall `most` says how many may use it."""
    if email is not None:
        if most != 1:
            raise Invalid.field("/most", "invitation.one_person", most=most)
        if User.objects.filter(email=email).exists():
            raise Invalid.field("/email", "email_taken")
    membership.check_offer(ctx, roles, scopes or [])
    token = links.make(ctx.organisation_id)
    row = Invitation(
        name=name[:200], email=email or "", roles=list(dict.fromkeys(roles)),
        scopes=[{"by": str(line.by), "target_id": str(line.target_id)} for line in scopes or []],
        language=language or ctx.language, digest=links.digest_of(token), invited_by_id=ctx.person_id, most=most,
        expires_at=clock.now() + timedelta(days=days),
    )  # fmt: skip
    row.save()
    link, picture = links.address(token, page), links.picture(token, page)
    return Invited(row.id, row.version, row.name, row.email, link, picture, row.expires_at)


@command("identity.invitation.create_many", secret=("invited",))
def create_many(
    ctx: Context,
    guests: Guests,
    roles: list[str] | None = None,
    language: Language | None = None,
    days: Days = 7,
) -> InvitedMany:
    """Invites everybody of a file; whoever has no roles of their own there gets those that are said for all."""
    made = []
    for index, guest in enumerate(guests):
        try:
            wanted = [*guest.roles] or roles or []
            made.append(
                create(
                    ctx,
                    roles=wanted,
                    name=guest.name,
                    email=guest.email or None,
                    language=language,
                    days=days,
                )
            )
        except Invalid as refusal:
            told = [FieldError(f"/guests/{index}{e.pointer}", e.code, e.facts) for e in refusal.errors]
            raise Invalid(refusal.code, errors=told) from None
    return InvitedMany(made)


@command("identity.invitation.revoke")
def revoke(ctx: Context, invitation_id: UUID) -> Done:
    """Takes an invitation back; who has become a member by it stays one."""
    row = take(ctx, Invitation, invitation_id)
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        row.save()
    return Done(row.id, row.version)


def revoke_own(ctx: Context, invitation_id: UUID) -> Done:
    """The same for whoever sent it, or whose colleague did; part of `identity.colleague.revoke`."""
    if invitation_id not in {line["id"] for line in list_colleagues(ctx)["invited"]}:
        raise NotVisible
    return revoke(ctx, invitation_id)


@command("identity.invitation.accept", secret=("password", "token"))
def accept(
    ctx: Context, token: str, name: Name, email: Email, password: Password, language: Language = "en",
    zone: Zone = "UTC",
) -> Joined:  # fmt: skip
    """Makes the holder of a link a member; whoever invited them must still be able to hand out these roles."""
    row = still_open(ctx.organisation_id, token).select_for_update().first()
    if row is None:
        raise NotVisible
    about(Invitation.kind, row.id)
    if row.email and row.email != email:
        raise Invalid.field("/email", "invitation.other_address")
    scopes = [ScopeLine(line["by"], UUID(line["target_id"])) for line in row.scopes]
    try:
        inviter = context_of_member(ctx.organisation_id, row.invited_by_id).with_(door=ctx.door)
        made = membership.create(
            inviter, name=name, email=email, password=password, roles=row.roles, language=language, zone=zone,
            scopes=scopes,
        )  # fmt: skip
    except (NotSignedIn, Refusal) as refusal:
        if isinstance(refusal, Invalid):
            raise
        raise Refusal("invitation.void") from refusal
    row.used += 1
    row.save()
    return Joined(made.id, email)


def accept_link(token: str, door: Door, **facts: str) -> Joined:
    """Accepts in the context of the organisation that the link names."""
    organisation_id = links.organisation_of(token)
    ctx = system(organisation_id, door, actor_name=facts.get("name", ""))
    return accept(ctx, token=token, **facts)
