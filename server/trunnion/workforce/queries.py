"""Reads of workforce: resources, the rate that holds on a day, teams, and the room's lists."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from trunnion.identity.queries import find_people
from trunnion.kernel.among import among
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.money import Money
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import get, visible
from trunnion.kernel.prepared import Prepared

from . import rules
from .models import LabourResource, Rate, Team, TeamMember
from .types import RateLine, ResourceCard, ResourceKind

READ = declare("workforce.labour_resource.read")
READ_RATES = declare("workforce.rate.read")
READ_TEAMS = declare("workforce.team.read")
_KINDS = "choice.workforce.labour_resource.kind"
_CARD = ("id", "name", "resource_kind", "user_id", "is_active")

LABOUR_RESOURCES = Listing(
    name="workforce.labour_resources",
    model=LabourResource,
    permission=READ,
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("kind", Type.CHOICE, path="resource_kind", choices=ResourceKind, words=_KINDS),
        Column("code", path="code"),
        Column("phone", path="phone"),
        Column("user_id", Type.ID, path="user_id"),
        Column("party", path="party__name"),
        Column("is_active", Type.BOOLEAN, path="is_active"),
    ),
)  # fmt: skip


def _members_told(ctx: Context, ids: list[UUID], keys: list[str]) -> Mapping[str, Mapping[UUID, Any]]:
    """Who is in each team, by staff number, else by name."""
    found: dict[UUID, list[str]] = {}
    rows = TeamMember.objects.of(ctx).filter(team_id__in=among(ids))
    for team_id, code, name in rows.values_list("team_id", "resource__code", "resource__name"):
        found.setdefault(team_id, []).append(code or name)
    return {key: {team_id: sorted(texts) for team_id, texts in found.items()} for key in keys}


TEAMS = Listing(
    name="workforce.teams",
    model=Team,
    permission=READ_TEAMS,
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("members", Type.LIST, filter=False, hidden=True, in_files=True, fill=_members_told),
        Column("is_active", Type.BOOLEAN, path="is_active"),
    ),
)

_OF_USER = Prepared(
    lambda organisation_id, user_id: (
        LabourResource.objects.of(organisation_id)
        .filter(user_id=user_id, is_active=True)
        .order_by("id")
        .values_list(*_CARD)
    ),
    organisation_id=UUID,
    user_id=UUID,
)


def resource_of_user(ctx: Context, user_id: UUID | None) -> ResourceCard | None:
    """The active labour resource that a login stands for, if any."""
    if user_id is None:
        return None
    found = _OF_USER.rows(organisation_id=ctx.organisation_id, user_id=user_id)
    return ResourceCard(*found[0]) if found else None


def list_once_of_user(ctx: Context, user_id: UUID) -> list[UUID]:
    """The labour resources that a login stands for or stood for, those that are given no more work included."""
    return list(LabourResource.objects.of(ctx).filter(user_id=user_id).values_list("id", flat=True))


def get_resource_card(ctx: Context, resource_id: UUID) -> ResourceCard:
    """A labour resource as other rooms know it; raises NotVisible."""
    found = visible(ctx, LabourResource).filter(id=resource_id).values_list(*_CARD).first()
    if found is None:
        raise NotVisible
    return ResourceCard(*found)


def find_resources(ctx: Context, resource_ids: Iterable[UUID]) -> dict[UUID, ResourceCard]:
    """The cards of these resources."""
    rows = visible(ctx, LabourResource).filter(id__in=set(resource_ids)).values_list(*_CARD)
    return {card.id: card for card in (ResourceCard(*row) for row in rows)}


def list_for_dispatch(ctx: Context, team_id: UUID | None = None) -> list[ResourceCard]:
    """Everybody who can be given work now, by name."""
    rows = visible(ctx, LabourResource).filter(is_active=True)
    if team_id is not None:
        members = TeamMember.objects.of(ctx).filter(team_id=team_id)
        rows = rows.filter(id__in=members.values("resource_id"))
    return [ResourceCard(*row) for row in rows.order_by("name_key", "id").values_list(*_CARD)]


def rate_on(ctx: Context, resource_id: UUID, day: date, craft: str = "") -> Money | None:
    """What an hour of a resource costs on a day; None where nobody said."""
    found = rules.rate_on(_rates(ctx, resource_id), day, craft)
    return Money(found.amount, found.currency) if found else None


def find_named(ctx: Context, texts: Iterable[str]) -> dict[str, list[UUID]]:
    """Who is meant by these texts: a staff number, the e-mail address of a login, or a name.

    Of several of one name those count who can be given work.
    """
    asked = {text: text.casefold() for text in texts}
    rows = list(visible(ctx, LabourResource).values_list("id", "name", "code", "user_id", "is_active"))
    users = {row[3] for row in rows if row[3]} if any("@" in text for text in asked) else set()
    mails = {user_id: person.email for user_id, person in find_people(ctx, users).items()} if users else {}
    by: list[dict[str, list[tuple[UUID, bool]]]] = [{}, {}, {}]
    for row_id, name, code, user_id, is_active in rows:
        for known, text in zip(by, (code, mails.get(user_id, ""), name), strict=True):
            if text:
                known.setdefault(text.casefold(), []).append((row_id, is_active))
    found = {}
    for text, key in asked.items():
        hits = next((known[key] for known in by if key in known), [])
        found[text] = [one for one, is_active in hits if is_active] or [one for one, _ in hits]
    return found


def find_teams(ctx: Context, names: Iterable[str]) -> dict[str, UUID]:
    """The teams of these names."""
    asked = set(names)
    return {name: row_id for name, row_id in visible(ctx, Team).values_list("name", "id") if name in asked}


def members_of(ctx: Context, team_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Who is in these teams."""
    found: dict[UUID, set[UUID]] = {team_id: set() for team_id in team_ids}
    for team_id, resource_id in TeamMember.objects.of(ctx).values_list("team_id", "resource_id"):
        if team_id in found:
            found[team_id].add(resource_id)
    return {team_id: frozenset(members) for team_id, members in found.items()}


def team_ids_of(ctx: Context, resource_id: UUID) -> set[UUID]:
    """The teams that a resource is in."""
    return set(TeamMember.objects.of(ctx).filter(resource_id=resource_id).values_list("team_id", flat=True))


def get_labour_resource(ctx: Context, resource_id: UUID) -> dict[str, Any]:
    """One resource whole; rates only for those who may see them."""
    row = get(ctx, LabourResource, resource_id)
    teams = TeamMember.objects.of(ctx).filter(resource_id=row.id).order_by("team__name_key")
    return {
        "id": row.id, "version": row.version, "name": row.name, "kind": row.resource_kind, "code": row.code,
        "phone": row.phone, "user_id": row.user_id, "party_id": row.party_id, "is_active": row.is_active,
        "teams": list(teams.values("team_id", "team__name")),
        "rates": _rates(ctx, row.id) if ctx.may(READ_RATES) else None, "actions": _actions(ctx, row),
    }  # fmt: skip


def get_team(ctx: Context, team_id: UUID) -> dict[str, Any]:
    """One team with its members."""
    row = get(ctx, Team, team_id)
    actions = [v for v in ("edit", "add_member", "remove_member") if ctx.may(f"workforce.team.{v}")]
    return {
        "id": row.id, "version": row.version, "name": row.name, "is_active": row.is_active,
        "members": list_for_dispatch(ctx, row.id), "actions": actions,
    }  # fmt: skip


def _rates(ctx: Context, resource_id: UUID) -> list[RateLine]:
    rows = Rate.objects.of(ctx).filter(resource_id=resource_id).order_by("craft", "-from_on")
    return [RateLine(*row) for row in rows.values_list("id", "craft", "amount", "currency", "from_on")]


def _actions(ctx: Context, row: LabourResource) -> list[str]:
    legal = ["edit", "deactivate" if row.is_active else "reactivate"]
    return [verb for verb in legal if ctx.may(f"workforce.labour_resource.{verb}")]
