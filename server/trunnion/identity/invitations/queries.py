"""Reads of invitations: the list, and what a link says to whoever holds it."""

from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Now

from trunnion.identity.models import Role
from trunnion.identity.queries import get_organisation
from trunnion.identity.roles import shipped_names
from trunnion.kernel import clock
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.permissions import declare

from . import links
from .models import Invitation
from .types import Standing

READ = declare("identity.invitation.read")
_STANDING = Case(
    When(revoked_at__isnull=False, then=Value(Standing.REVOKED)),
    When(used__gte=F("most"), then=Value(Standing.USED)),
    When(expires_at__lte=Now(), then=Value(Standing.EXPIRED)),
    default=Value(Standing.OPEN),
)
INVITATIONS = Listing(
    name="identity.invitations",
    model=Invitation,
    permission=READ,
    order="-created_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name"),
        Column("email", path="email"),
        Column(
            "standing",
            Type.CHOICE,
            path=_STANDING,
            choices=Standing,
            words="choice.identity.invitation.standing",
        ),
        Column("used", Type.NUMBER, path="used"),
        Column("most", Type.NUMBER, path="most"),
        Column("invited_by", path="invited_by__name"),
        Column("expires_at", Type.INSTANT, path="expires_at"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
    ),
)


def still_open(organisation_id: Any, token: str) -> "QuerySet[Invitation]":
    """The invitation of a link, as long as it holds."""
    rows = Invitation.objects.of(organisation_id).filter(digest=links.digest_of(token), revoked_at=None)
    found: QuerySet[Invitation] = rows.filter(Q(used__lt=F("most")), expires_at__gt=clock.now())
    return found


def read_link(token: str, language: str) -> dict[str, Any]:
    """What an invitation offers; raises NotVisible alike for one that is over and for none."""
    organisation_id = links.organisation_of(token)
    with reading(organisation_id):
        row = still_open(organisation_id, token).first()
        if row is None:
            raise NotVisible
        own = dict(Role.objects.of(organisation_id).filter(key__in=row.roles).values_list("key", "name"))
    names = shipped_names()
    return {
        "organisation": get_organisation(organisation_id).name,
        "name": row.name,
        "email": row.email,
        "language": row.language,
        "roles": [own.get(key) or names.get(key, {}).get(language, key) for key in row.roles],
        "expires_at": row.expires_at,
    }
