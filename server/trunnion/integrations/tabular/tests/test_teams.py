"""Teams from a table: one row for a team with all its people, or a row for each of them."""

import pytest

from trunnion.identity.queries import find_people
from trunnion.integrations.tests.builders import door
from trunnion.kernel.listing import exports, page
from trunnion.workforce.commands import labour_resource
from trunnion.workforce.commands import team as teams
from trunnion.workforce.models import LabourResource, Team, TeamMember
from trunnion.workforce.queries import TEAMS
from trunnion.workforce.types import ResourceLine

from .builders import applied, brought, counts, csv_of, reasons, undone


@pytest.fixture
def ctx(tenant):
    found = door(tenant)
    people = [("张伟", "007"), ("李娜", "008"), ("王 强", "009"), ("陈晨", "010"), ("陈晨", "011")]
    labour_resource.ensure_many(found, [ResourceLine(name, code=code) for name, code in people])
    row = LabourResource.objects.of(found).get(code="008")
    labour_resource.edit(found, row.id, user_id=tenant.owner.actor_id)
    return found


def crews(ctx) -> dict[str, set[str]]:
    found = {name: set() for name in Team.objects.of(ctx).values_list("name", flat=True)}
    for name, code in TeamMember.objects.of(ctx).values_list("team__name", "resource__code"):
        found[name].add(code)
    return found


def test_a_team_with_all_its_people_in_one_cell(ctx, tenant):
    user_id = tenant.owner.actor_id
    mail = find_people(ctx, {user_id})[user_id].email
    rows = [
        ["班组", "成员"],
        ["机修班", f"张伟、{mail}；王 强"],
        ["电工班", "007 008"],
        ["仪表班", ""],
    ]
    run = applied(ctx, brought(ctx, csv_of(rows), "teams"))
    assert counts(run) == (3, 0, 0, 0), reasons(ctx, run)
    assert crews(ctx) == {"机修班": {"007", "008", "009"}, "电工班": {"007", "008"}, "仪表班": set()}
    assert counts(brought(ctx, csv_of(rows), "teams")) == (0, 0, 3, 0)
    assert undone(ctx, run).undone["kept"] == []
    assert crews(ctx) == {}


def test_a_row_for_each_member_adds_and_takes_nobody_out(ctx):
    made = teams.create(ctx, name="机修班")
    teams.add_member(ctx, made.id, LabourResource.objects.of(ctx).get(code="009").id)
    rows = [["班组名称", "工号"], ["机修班", "007"], ["机修班", "009"], ["电工班", "007"], ["电工班", "010"]]
    run = brought(ctx, csv_of(rows), "teams")
    assert counts(run) == (2, 1, 1, 0), reasons(ctx, run)
    run = applied(ctx, run)
    assert crews(ctx) == {"机修班": {"007", "009"}, "电工班": {"007", "010"}}
    assert counts(brought(ctx, csv_of(rows), "teams")) == (0, 0, 4, 0)
    assert undone(ctx, run).undone["kept"] == []
    assert crews(ctx) == {"机修班": {"009"}}


def test_people_who_are_not_there_or_not_clear_are_named(ctx):
    rows = [
        ["班组", "成员"],
        ["机修班", "张伟、赵六"],
        ["电工班", "陈晨"],
        ["仪表班", "x@y.example"],
        ["", "张伟"],
    ]
    run = brought(ctx, csv_of(rows), "teams")
    assert reasons(ctx, run) == {
        2: [("members", "table.not_found")], 3: [("members", "table.several")],
        4: [("members", "table.not_found")], 5: [("name", "table.missing")],
    }  # fmt: skip
    applied(ctx, run)
    assert crews(ctx) == {}
    labour_resource.deactivate(ctx, LabourResource.objects.of(ctx).get(code="010").id)
    applied(ctx, brought(ctx, csv_of([rows[0], rows[2]]), "teams"))
    assert crews(ctx) == {"电工班": {"011"}}


def test_who_is_in_a_team_goes_out_and_comes_back(ctx, tmp_path):
    rows = [["班组", "成员"], ["机修班", "007、009"], ["仪表班", ""], ["电工班", "010"]]
    run = applied(ctx, brought(ctx, csv_of(rows), "teams"))
    # Two people of one name and no number: which of them is meant is clear only where one is in the team.
    for code in ("010", "011"):
        row = LabourResource.objects.of(ctx).get(code=code)
        labour_resource.edit(ctx, row.id, code="")
    path = tmp_path / "teams.csv"
    exports.write(ctx, TEAMS, page.Ask(), path, "csv", lambda *_: None)
    assert "007; 009" in path.read_text("utf-8-sig")
    same = brought(ctx, path.read_bytes(), "teams")
    assert counts(same) == (0, 0, 3, 0), reasons(ctx, same)
    other = brought(ctx, csv_of([["班组", "成员"], ["仪表班", "陈晨"]]), "teams")
    assert reasons(ctx, other) == {2: [("members", "table.several")]}
    assert undone(ctx, run).undone["kept"] == []
    again = applied(ctx, brought(ctx, path.read_bytes(), "teams"))
    assert counts(again) == (2, 0, 0, 1), reasons(ctx, again)
