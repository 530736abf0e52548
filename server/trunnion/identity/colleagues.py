"""Who is whose colleague: members who are narrowed to customers that the actor is narrowed to, and to nothing more."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.kernel.permissions import declare

from .invitations.models import Invitation
from .models import Membership, MembershipRole, MembershipScope
from .types import ScopeKind

READ = declare("identity.colleague.read")


@dataclass(frozen=True, slots=True)
class Reach:
    """The roles and scopes that the actor has themselves, and so the most that they can pass on."""

    roles: list[str]
    scopes: list[tuple[ScopeKind, UUID]]


def own_reach(ctx: Context) -> Reach:
    """What the actor may pass on; raises a Refusal for whoever is not narrowed to a customer."""
    if not ctx.scope.party_ids:
        raise Refusal("colleague.no_customer")
    held = MembershipRole.objects.of(ctx).filter(membership__user_id=ctx.person_id)
    scopes = [
        (kind, target)
        for kind, ids in (
            (ScopeKind.CUSTOMER, ctx.scope.party_ids),
            (ScopeKind.LOCATION, ctx.scope.location_ids),
            (ScopeKind.TEAM, ctx.scope.team_ids),
        )
        for target in sorted(ids or ())
    ]
    return Reach(sorted(held.values_list("role__key", flat=True)), scopes)


def colleague(ctx: Context, membership_id: UUID) -> Membership:
    """A colleague's membership; raises NotVisible for everybody else's."""
    found = _members(ctx).get(membership_id)
    if found is None:
        raise NotVisible
    return found


def list_colleagues(ctx: Context) -> dict[str, Any]:
    """The colleagues, and the invitations of theirs that are still open."""
    members = _members(ctx)
    users = [member.user_id for member in members.values()]
    waiting = Invitation.objects.of(ctx).filter(
        invited_by_id__in=users, revoked_at=None, used=0, expires_at__gt=clock.now()
    )
    return {
        "rows": [
            {
                "id": member.id, "name": member.name, "email": member.email, "is_active": member.is_active,
                "is_me": member.user_id == ctx.actor_id,
            }
            for member in members.values()
        ],
        "invited": list(waiting.order_by("created_at").values("id", "name", "email", "expires_at")),
    }  # fmt: skip


def _members(ctx: Context) -> dict[UUID, Membership]:
    own = {
        ScopeKind.CUSTOMER: ctx.scope.party_ids, ScopeKind.LOCATION: ctx.scope.location_ids,
        ScopeKind.TEAM: ctx.scope.team_ids,
    }  # fmt: skip
    if not ctx.scope.party_ids:
        return {}
    near = MembershipScope.objects.of(ctx).filter(by=ScopeKind.CUSTOMER, target_id__in=ctx.scope.party_ids)
    ids = set(near.values_list("membership_id", flat=True))
    reach: dict[UUID, dict[str, set[UUID]]] = {}
    for member_id, by, target in (
        MembershipScope.objects.of(ctx)
        .filter(membership_id__in=ids)
        .values_list("membership_id", "by", "target_id")
    ):
        reach.setdefault(member_id, {}).setdefault(by, set()).add(target)
    within = [
        member_id
        for member_id, theirs in reach.items()
        if all(mine is None or (kind in theirs and theirs[kind] <= mine) for kind, mine in own.items())
    ]
    rows = Membership.objects.of(ctx).filter(id__in=within).order_by("-is_active", "name_key", "id")
    return {row.id: row for row in rows}
