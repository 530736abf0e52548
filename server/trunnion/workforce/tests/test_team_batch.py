"""Teams are brought in many at once, with their people."""

import pytest

from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation
from trunnion.workforce.commands import labour_resource, team
from trunnion.workforce.models import Team, TeamMember
from trunnion.workforce.types import ResourceLine, TeamLine


@pytest.fixture
def ctx(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


def test_teams_are_found_by_name_and_people_join_once(ctx, django_assert_max_num_queries):
    people = labour_resource.ensure_many(ctx, [ResourceLine(f"P{n}") for n in range(60)]).ids
    old = team.create(ctx, name="Day")
    team.add_member(ctx, old.id, people[0])
    lines = [
        TeamLine("Day", member_ids=tuple(people[:30])),
        TeamLine("Night", is_active=False, member_ids=tuple(people[30:])),
        TeamLine("Night", member_ids=(people[0], people[30])),
    ]
    with django_assert_max_num_queries(30):
        done = team.ensure_many(ctx, lines)
    assert (done.created, done.changed, done.same, done.ids[0]) == (1, 1, 0, old.id)
    assert TeamMember.objects.of(ctx).filter(team__name="Day").count() == 30
    assert TeamMember.objects.of(ctx).filter(team__name="Night").count() == 31
    assert not Team.objects.of(ctx).get(name="Night").is_active
    assert team.ensure_many(ctx, lines).same == 2
    renamed = team.ensure_many(ctx, [TeamLine("Early", id=old.id)])
    assert (renamed.changed, Team.objects.of(ctx).get(id=old.id).name) == (1, "Early")


def test_a_wrong_line_is_named_and_nothing_is_written(ctx, other):
    with pytest.raises(Invalid) as refused:
        team.ensure_many(ctx, [TeamLine("A"), TeamLine("B", member_ids=(uuid7(),))])
    assert [e.pointer for e in refused.value.errors] == ["/lines/1/member_ids"]
    enter_organisation(other.id)
    theirs = team.create(other.owner, name="Theirs").id
    enter_organisation(ctx.organisation_id)
    with pytest.raises(Invalid) as refused:
        team.ensure_many(ctx, [TeamLine("A"), TeamLine("B", id=theirs)])
    assert [e.pointer for e in refused.value.errors] == ["/lines/1/id"]
    assert not Team.objects.of(ctx).exists()


def test_only_those_who_keep_teams_bring_them_in(tenant):
    enter_organisation(tenant.id)
    with pytest.raises(NotGranted):
        team.ensure_many(tenant.person("planner"), [TeamLine("A")])
