"""Verbs on teams and who is in them."""

from uuid import UUID

from trunnion.identity.types import Done
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.inputs import Name
from trunnion.kernel.policies import refer, take
from trunnion.workforce.models import Team, TeamMember


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
