"""Verbs on teams and who is in them."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.identity.types import Done
from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured, Tally
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Name
from trunnion.kernel.policies import refer, take, visible
from trunnion.workforce.models import LabourResource, Team, TeamMember
from trunnion.workforce.types import TeamLine

Lines = Annotated[list[TeamLine], Field(max_length=20_000)]


@command("workforce.team.create")
def create(ctx: Context, name: Name) -> Done:  # noqa: ARG001  (every verb is given its context)
    """Makes a team."""
    row = Team(name=name)
    row.save()
    return Done(row.id, row.version)


@command("workforce.team.edit")
def edit(ctx: Context, team_id: UUID, name: Name = UNSET, is_active: bool = UNSET) -> Done:
    """Renames a team, or says whether it still exists."""
    row = take(ctx, Team, team_id)
    for field, value in given(name=name, is_active=is_active).items():
        setattr(row, field, value)
    row.save()
    return Done(row.id, row.version)


@command("workforce.team.add_member")
def add_member(ctx: Context, team_id: UUID, resource_id: UUID) -> Done:
    """Takes a resource into a team; doing it twice changes nothing."""
    team = take(ctx, Team, team_id)
    refer(ctx, "workforce.labour_resource", resource_id, "/resource_id")
    if not TeamMember.objects.of(ctx).filter(team_id=team.id, resource_id=resource_id).exists():
        TeamMember(team=team, resource_id=resource_id).save()
    return Done(team.id, team.version)


@command("workforce.team.remove_member")
def remove_member(ctx: Context, team_id: UUID, resource_id: UUID) -> Done:
    """Takes a resource out of a team."""
    team = take(ctx, Team, team_id)
    for row in TeamMember.objects.of(ctx).filter(team_id=team.id, resource_id=resource_id):
        row.delete()
    return Done(team.id, team.version)


@command("workforce.team.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that teams exist and that people are in them; nobody is taken out of a team."""
    _check_members(ctx, lines)
    known: dict[Any, Team] = {}
    for row in Team.objects.of(ctx):
        known[row.id] = known[row.name] = row
    tally = Tally()
    for index, line in enumerate(lines):
        found = known.get(line.id or line.name)
        if line.id is not None and found is None:
            raise Invalid.field(f"/lines/{index}/id", "reference_unknown", kind=Team.kind)
        found = found or Team()
        known[line.name] = found
        facts: dict[str, Any] = {"name": line.name}
        tally.put(found, facts if line.is_active is None else facts | {"is_active": line.is_active})
    tally.write()
    joined = _join(ctx, zip(tally.ids, lines, strict=True))
    changed = {*tally.changed, *joined} - tally.made.keys()
    same = len(set(tally.ids)) - len(tally.made) - len(changed)
    return Ensured(tally.ids, len(tally.made), len(changed), same)


def _check_members(ctx: Context, lines: Sequence[TeamLine]) -> None:
    """Refuses the first line that names somebody who is not there."""
    named = {one: index for index, line in reversed([*enumerate(lines)]) for one in line.member_ids}
    listed, known = list(named), set[UUID]()
    for start in range(0, len(listed), AT_ONCE):
        rows = visible(ctx, LabourResource).filter(id__in=among(listed[start : start + AT_ONCE]))
        known.update(rows.values_list("id", flat=True))
    for one in sorted(named.keys() - known, key=lambda one: named[one]):
        kind = LabourResource.kind
        raise Invalid.field(f"/lines/{named[one]}/member_ids", "reference_unknown", kind=kind)


def _join(ctx: Context, wanted: Iterable[tuple[UUID, TeamLine]]) -> set[UUID]:
    """Takes people into teams; answers the teams that somebody came into."""
    pairs = dict.fromkeys((team_id, one) for team_id, line in wanted for one in line.member_ids)
    teams, held = list({team_id for team_id, _ in pairs}), set[tuple[UUID, UUID]]()
    for start in range(0, len(teams), AT_ONCE):
        rows = TeamMember.objects.of(ctx).filter(team_id__in=among(teams[start : start + AT_ONCE]))
        held.update(rows.values_list("team_id", "resource_id"))
    fresh = [TeamMember(team_id=team, resource_id=one) for team, one in pairs if (team, one) not in held]
    TeamMember.objects.bulk_create(fresh)
    return {row.team_id for row in fresh}
