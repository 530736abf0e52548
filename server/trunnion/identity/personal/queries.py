"""What is kept of a person, as one document for them or for whoever must answer them."""

from typing import Any
from uuid import UUID

from trunnion.identity.factors.models import Factor
from trunnion.identity.models import ApiToken, Membership, MembershipRole, MembershipScope, Session, User
from trunnion.kernel.context import Context
from trunnion.kernel.models import Entry
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import get

DISCLOSE = declare("identity.membership.disclose")
MOST_DEEDS = 10_000


def get_personal_data(ctx: Context, membership_id: UUID) -> dict[str, Any]:
    """Everything that is kept of a member as a person with a login."""
    return _document(ctx, get(ctx, Membership, membership_id))


def get_own(ctx: Context) -> dict[str, Any]:
    """The same for the caller."""
    return _document(ctx, Membership.objects.of(ctx).get(user_id=ctx.person_id))


def _document(ctx: Context, member: Membership) -> dict[str, Any]:
    user = User.objects.get(id=member.user_id)
    deeds = Entry.objects.filter(organisation_id=ctx.organisation_id, actor_id=user.id).order_by("-id")
    sessions = Session.objects.filter(user=user, organisation_id=ctx.organisation_id).order_by("-opened_at")
    tokens = ApiToken.objects.filter(user=user, organisation_id=ctx.organisation_id).order_by("-id")
    factors = Factor.objects.filter(user=user, confirmed_at__isnull=False).order_by("id")
    return {
        "account": {
            "id": user.id, "name": user.name, "email": user.email, "language": user.language, "zone": user.zone,
            "created_at": user.created_at,
        },
        "membership": {
            "id": member.id, "name": member.name, "is_active": member.is_active, "created_at": member.created_at,
            "roles": list(MembershipRole.objects.of(ctx).filter(membership=member).values_list("role__key", flat=True)),
            "scopes": list(MembershipScope.objects.of(ctx).filter(membership=member).values("by", "target_id")),
        },
        "factors": list(factors.values("way", "name", "confirmed_at", "used_at")),
        "sessions": list(sessions.values("opened_at", "seen_at", "ended_at", "agent")),
        "tokens": list(tokens.values("name", "created_at", "expires_at", "revoked_at")),
        "deeds": list(deeds.values("occurred_at", "verb", "subject_kind", "subject_id", "door")[:MOST_DEEDS]),
        "deeds_count": deeds.count(),
    }  # fmt: skip
