"""Numbering: patterns count on, repeat nothing, and say why where they could."""

from datetime import UTC, date, datetime

import pytest

from trunnion.assets.commands import asset
from trunnion.identity.numbering import commands as numbering
from trunnion.identity.numbering.queries import get_numbering, get_preview
from trunnion.kernel import clock
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted
from trunnion.kernel.journal import enter_organisation
from trunnion.kernel.patterns import Restart, meet, write
from trunnion.parties.commands import party
from trunnion.work.commands import order


def numbered(ctx, title="x"):
    made = order.create(ctx, title=title)
    return made.number


def rows(ctx):
    with reading(ctx.organisation_id):
        return {row["series"]: row for row in get_numbering(ctx)["rows"]}


def faults(caught):
    return [(e.pointer, e.code) for e in caught.value.errors]


@pytest.fixture
def owner(tenant):
    enter_organisation(tenant.id)
    return tenant.owner


@pytest.fixture
def moment(monkeypatch):
    def set_to(year, month):
        monkeypatch.setattr(clock, "now", lambda: datetime(year, month, 15, 12, tzinfo=UTC))

    return set_to


def test_a_pattern_counts_on_from_where_it_was(owner):
    assert [numbered(owner), numbered(owner)] == ["WO-000001", "WO-000002"]
    numbering.set_(owner, series="WO", pattern="JOB/{n:4}")
    assert rows(owner)["WO"]["next"] == "JOB/0003"
    assert numbered(owner) == "JOB/0003"
    numbering.reset(owner, series="WO")
    assert numbered(owner) == "WO-000004"
    assert rows(owner)["WO"]["is_own"] is False


def test_counting_anew_each_year_and_month(owner, moment):
    moment(2026, 12)
    numbering.set_(owner, series="WO", pattern="WO{yyyy}-{n:3}", restarts=Restart.YEAR)
    assert [numbered(owner), numbered(owner)] == ["WO2026-001", "WO2026-002"]
    moment(2027, 1)
    assert numbered(owner) == "WO2027-001"
    numbering.set_(owner, series="WO", pattern="WO{yy}{mm}-{n:3}", restarts=Restart.MONTH)
    assert [numbered(owner), numbered(owner)] == ["WO2701-001", "WO2701-002"]
    moment(2027, 2)
    assert numbered(owner) == "WO2702-001"


def test_a_start_is_taken_and_never_goes_back(owner):
    numbering.set_(owner, series="A", pattern="EQ{n:5}", next_from=500)
    assert asset.create(owner, name="Pump").number == "EQ00500"
    assert asset.create(owner, name="Fan").number == "EQ00501"
    with pytest.raises(Invalid) as caught:
        numbering.set_(owner, series="A", pattern="EQ{n:5}", next_from=501)
    assert faults(caught) == [("/next_from", "numbering.backwards")]
    assert caught.value.errors[0].facts == {"least": 502}


@pytest.mark.parametrize(
    ("pattern", "restarts", "code"),
    [
        ("WO", "never", "numbering.no_number"),
        ("{n}{n}", "never", "numbering.no_number"),
        ("工单{n}", "never", "numbering.characters"),
        ("W O{n}", "never", "numbering.characters"),
        ("WO{x}{n}", "never", "numbering.characters"),
        ("WO-{n}", "year", "numbering.no_year"),
        ("WO{yyyy}-{n}", "month", "numbering.no_month"),
        ("WORKORDERNUMBER{n:6}", "never", "numbering.too_long"),
        ("A-{n:3}", "never", "numbering.like_another"),
        ("SR-{n:9}", "never", "numbering.like_another"),
    ],
)
def test_what_would_not_tell_numbers_apart_is_refused(owner, pattern, restarts, code):
    with pytest.raises(Invalid) as caught:
        numbering.set_(owner, series="WO", pattern=pattern, restarts=Restart(restarts))
    assert code in [e.code for e in caught.value.errors]
    assert rows(owner)["WO"]["is_own"] is False


def test_numbers_that_stand_ahead_are_refused_and_told(owner):
    party.create(owner, name="Old", roles=["customer"], number="K0007")
    with reading(owner.organisation_id), pytest.raises(Invalid) as caught:
        get_preview(owner, "P", "K{n:4}")
    assert faults(caught) == [("/pattern", "numbering.taken")]
    assert caught.value.errors[0].facts == {"number": "K0007", "least": 8}
    with reading(owner.organisation_id):
        assert get_preview(owner, "P", "K{n:4}", Restart.NEVER, 8)["next"] == ["K0008", "K0009", "K0010"]
    with reading(owner.organisation_id), pytest.raises(Invalid) as caught:
        get_preview(owner, "NO", "K{n:4}")
    assert faults(caught) == [("/series", "field.enum")]


def test_organisations_number_apart_and_not_everybody_may(owner, tenant, other):
    numbering.set_(owner, series="WO", pattern="J{n}")
    enter_organisation(other.id)
    assert numbered(other.owner) == "WO-000001"
    enter_organisation(tenant.id)
    with pytest.raises(NotGranted):
        numbering.set_(tenant.person("planner"), series="WO", pattern="K{n}")


@pytest.mark.parametrize(
    ("one", "other", "is_met"),
    [
        ("WO-{n:6}", "WO-{n:3}", True),
        ("WO-{n}", "WO{n}", False),
        ("W{n}", "W1{n}", True),
        ("W{yyyy}{n}", "W{n}", True),
        ("W{yyyy}-{n}", "W{n}", False),
        ("W{n}-{yy}", "W{n}-{mm}", True),
        ("A-{n}", "B-{n}", False),
    ],
)
def test_which_patterns_could_meet(one, other, is_met):
    assert meet(one, other) is is_met


def test_a_number_is_written_by_its_pattern():
    assert write("WO-{yy}{mm}-{n:4}/X", 42, date(2026, 3, 1)) == "WO-2603-0042/X"
