"""Reads of identity: from a token to a context, members, roles, and the room's lists."""

from datetime import datetime
from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context, Door, Scope
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotGranted, NotSignedIn, NotVisible, Refusal
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import get
from trunnion.kernel.prepared import Prepared

from .models import (
    ApiToken,
    Factor,
    Membership,
    MembershipRole,
    MembershipScope,
    Organisation,
    Role,
    Session,
    TokenUse,
    User,
)
from .passwords import token_digest
from .roles import grants_of, shipped, shipped_names
from .rules import SESSION_IDLE
from .types import Account, OpenSession, OrganisationFacts, Person, ScopeKind

VIEW_AS = declare("identity.membership.view_as")
MEMBERS = Listing(
    name="identity.members",
    model=Membership,
    permission="identity.membership.read",
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("user_id", Type.ID, path="user_id"),
        Column("name", path="name", sort="name_key"),
        Column("email", path="email"),
        Column("is_active", Type.BOOLEAN, path="is_active"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)
ROLES = Listing(
    name="identity.roles",
    model=Role,
    permission="identity.role.read",
    order="key",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("key", path="key", sort="key"),
        Column("name", path="name"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)


# Every request asks these two, whatever it is about.
_SESSION = Prepared(
    lambda token_hash: Session.objects.filter(
        token_hash=token_hash, ended_at=None, user__is_active=True
    ).values_list(
        "id",
        "organisation_id",
        "seen_at",
        "expires_at",
        "is_proved",
        "user_id",
        "user__language",
        "user__zone",
    ),
    token_hash=str,
)
_ROLES = Prepared(
    lambda organisation_id, user_id: (
        MembershipRole.objects.of(organisation_id)
        .filter(membership__user_id=user_id, membership__is_active=True)
        .values_list(
            "membership_id",
            "membership__name",
            "membership__is_scoped",
            "role__needs_factor",
            "role__key",
            "role__grants",
        )
    ),
    organisation_id=UUID,
    user_id=UUID,
)


def session_by_token(token: str, now: datetime) -> OpenSession | None:
    """The open session of a cookie."""
    rows = _SESSION.rows(token_hash=token_digest(token))
    for key, organisation_id, seen_at, expires_at, is_proved, *account in rows:
        if expires_at > now and seen_at + SESSION_IDLE > now:
            return OpenSession(key, organisation_id, seen_at, is_proved, Account(*account))
    return None


def token_by_secret(secret: str, now: datetime) -> ApiToken | None:
    """The valid API token of a secret."""
    found = (
        ApiToken.objects.select_related("user")
        .filter(token_hash=token_digest(secret), revoked_at=None)
        .first()
    )
    if found is None or found.expires_at <= now or not found.user.is_active:
        return None
    return found


def context_of_user(
    user: User | Account, organisation_id: UUID, door: Door, session: OpenSession | None = None
) -> Context:
    """What a person may do in an organisation at this moment; raises NotSignedIn when they are no member any more.

    In a session without a proved factor whoever needs one may do nothing.
    """
    with reading(organisation_id):
        # One query for each request: the roles with their member; a member always has at least one role.
        held = list(_ROLES.rows(organisation_id=organisation_id, user_id=user.id))
        if not held:
            raise NotSignedIn
        membership_id, name, is_scoped = held[0][:3]
        scope = _scope(organisation_id, membership_id) if is_scoped else Scope()
    patterns = tuple(
        tuple(grants if grants is not None else shipped().get(key, [])) for *_, key, grants in held
    )
    awaits = session is not None and not session.is_proved and any(needs for *_, needs, _, _ in held)
    return Context(
        organisation_id=organisation_id,
        actor_id=user.id,
        actor_name=name,
        door=door,
        grants=frozenset() if awaits else grants_of(patterns),
        scope=scope,
        language=user.language,
        zone=user.zone or "UTC",
        session_id=session.id if session is not None else None,
        awaits_factor=awaits,
    )


def _scope(organisation_id: UUID, membership_id: UUID) -> Scope:
    found: dict[str, set[UUID]] = {}
    rows = MembershipScope.objects.of(organisation_id).filter(membership_id=membership_id)
    for by, target in rows.values_list("by", "target_id"):
        found.setdefault(by, set()).add(target)

    def part(kind: ScopeKind) -> frozenset[UUID] | None:
        return frozenset(found[kind]) if kind in found else None

    return Scope(part(ScopeKind.LOCATION), part(ScopeKind.TEAM), part(ScopeKind.CUSTOMER))


def view_as(ctx: Context, membership_id: str) -> Context:
    """The context of another member, for looking only; raises NotGranted, NotVisible, or a Refusal if they see more."""
    if not ctx.may(VIEW_AS):
        raise NotGranted(VIEW_AS)
    try:
        wanted = UUID(membership_id)
    except ValueError as error:
        raise NotVisible from error
    with reading(ctx.organisation_id):
        member = get(ctx, Membership, wanted)
        found = context_of_user(User.objects.get(id=member.user_id), ctx.organisation_id, ctx.door)
    if found.grants - ctx.grants or not _within(found.scope, ctx.scope):
        raise Refusal("view_beyond_own")
    return found.with_(language=ctx.language, zone=ctx.zone)


def _within(inner: Scope, outer: Scope) -> bool:
    pairs = (
        (inner.location_ids, outer.location_ids),
        (inner.team_ids, outer.team_ids),
        (inner.party_ids, outer.party_ids),
    )
    return all(theirs is None or (mine is not None and mine <= theirs) for mine, theirs in pairs)


def of_customers(ctx: Context, user_ids: set[UUID]) -> set[UUID]:
    """Those of these people who are users of a customer, and not of the house."""
    rows = MembershipScope.objects.of(ctx).filter(by=ScopeKind.CUSTOMER, membership__user_id__in=user_ids)
    return set(rows.values_list("membership__user_id", flat=True)) if user_ids else set()


def context_of_member(organisation_id: UUID, actor_id: UUID) -> Context:
    """The context of a person for the jobs that they started."""
    user = User.objects.filter(id=actor_id, is_active=True).first()
    if user is None:
        raise NotSignedIn
    return context_of_user(user, organisation_id, Door.JOB)


def get_me(ctx: Context) -> dict[str, Any]:
    """Who the caller is and what they may do."""
    organisation = Organisation.objects.filter(id=ctx.organisation_id).first()
    user = User.objects.filter(id=ctx.person_id).first()
    if organisation is None or user is None:
        raise NotSignedIn
    return {
        "user": {"id": user.id, "name": ctx.actor_name, "email": user.email},
        "organisation": {
            "id": organisation.id, "name": organisation.name, "currency": organisation.currency,
            "zone": organisation.zone, "language": organisation.language, "version": organisation.version,
        },
        "grants": sorted(ctx.grants),
        "language": ctx.language,
        "zone": ctx.zone,
        "door": ctx.door,
        "awaits_factor": ctx.awaits_factor,
    }  # fmt: skip


_ORGANISATION = Prepared(
    lambda organisation_id: Organisation.objects.filter(id=organisation_id).values_list(
        "id", "name", "currency", "zone", "language"
    ),
    organisation_id=UUID,
)


def get_organisation(organisation_id: UUID) -> OrganisationFacts:
    """The organisation; raises NotVisible."""
    for row in _ORGANISATION.rows(organisation_id=organisation_id):
        return OrganisationFacts(*row)
    raise NotVisible


def list_organisations() -> list[Organisation]:
    """Every organisation of this installation, oldest first: for its operator only."""
    return list(Organisation.objects.order_by("created_at"))


def count_members(ctx: Context) -> int:
    """How many people belong to the organisation, former ones included."""
    return Membership.objects.of(ctx).count()


def has_people() -> bool:
    """Whether anybody can sign in yet."""
    return User.objects.exists()


def get_member(ctx: Context, membership_id: UUID) -> dict[str, Any]:
    """A member with roles and scopes."""
    member = get(ctx, Membership, membership_id)
    roles = (
        MembershipRole.objects.of(ctx)
        .filter(membership_id=member.id)
        .values_list("role_id", "role__key", "role__name")
    )
    scopes = MembershipScope.objects.of(ctx).filter(membership_id=member.id).values("by", "target_id")
    return {
        "id": member.id, "version": member.version, "user_id": member.user_id, "name": member.name,
        "email": member.email, "is_active": member.is_active,
        "roles": [{"id": i, "key": k, "name": n or role_name(k, ctx.language)} for i, k, n in roles],
        "scopes": list(scopes),
        "factors": Factor.objects.filter(user_id=member.user_id, confirmed_at__isnull=False).count(),
    }  # fmt: skip


def get_role(ctx: Context, role_id: UUID) -> dict[str, Any]:
    """A role with everything that it grants, and how many people hold it."""
    role = get(ctx, Role, role_id)
    patterns = role.grants if role.grants is not None else shipped().get(role.key, [])
    holders = MembershipRole.objects.of(ctx).filter(role_id=role.id, membership__is_active=True)
    return {
        "id": role.id, "version": role.version, "key": role.key, "name": role.name or role_name(role.key, ctx.language),
        "is_shipped": role.grants is None, "grants": sorted(grants_of((tuple(patterns),))), "holders": holders.count(),
        "needs_factor": role.needs_factor,
    }  # fmt: skip


def list_tokens(ctx: Context) -> dict[str, Any]:
    """The caller's own API tokens, newest first; their secrets were shown once and are not known any more."""
    columns = ("id", "version", "name", "prefix", "permissions", "created_at", "expires_at", "revoked_at")
    own = ApiToken.objects.filter(organisation_id=ctx.organisation_id, user_id=ctx.person_id)
    rows = list(own.order_by("-id").values(*columns)[:200])
    used = dict(
        TokenUse.objects.filter(token_id__in=[r["id"] for r in rows]).values_list("token_id", "used_at")
    )
    return {"rows": [row | {"used_at": used.get(row["id"])} for row in rows]}


def role_name(key: str, language: str) -> str:
    """What a shipped role is called."""
    return shipped_names().get(key, {}).get(language, key)


def find_people(ctx: Context, user_ids: set[UUID]) -> dict[UUID, Person]:
    """The members behind these user ids."""
    rows = Membership.objects.of(ctx).filter(user_id__in=user_ids)
    return {m.user_id: Person(m.user_id, m.name, m.email, "en", m.is_active) for m in rows}


def users_with(ctx: Context, permission: str) -> list[UUID]:
    """The active members who are granted a permission."""
    held: dict[UUID, list[tuple[str, ...]]] = {}
    rows = MembershipRole.objects.of(ctx).filter(membership__is_active=True)
    for user_id, key, grants in rows.values_list("membership__user_id", "role__key", "role__grants"):
        held.setdefault(user_id, []).append(tuple(grants if grants is not None else shipped().get(key, [])))
    return [user_id for user_id, patterns in held.items() if permission in grants_of(tuple(patterns))]
