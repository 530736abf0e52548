"""State history: begins, ends and corrections keep it whole; the record of what was believed stays."""

import pytest

from trunnion.assets.commands import interval
from trunnion.assets.models import StateInterval
from trunnion.assets.queries import find_interval_at, intervals_caused_by, list_intervals
from trunnion.assets.tests.builders import hours, pump
from trunnion.assets.types.kinds import IntervalState
from trunnion.assets.types.lines import Cause
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible, Refusal
from trunnion.kernel.ids import uuid7

RUNNING, IDLE = IntervalState.RUNNING, IntervalState.IDLE
DOWN, PLANNED, NO_DATA = IntervalState.UNPLANNED_DOWN, IntervalState.PLANNED_DOWN, IntervalState.NO_DATA


def strip(ctx, asset_id):
    """The history as (state, from, until) in hours."""
    zero = hours(0)

    def hour(at):
        return None if at is None else (at - zero).total_seconds() / 3600

    return [(i.state, hour(i.from_at), hour(i.until_at)) for i in list_intervals(ctx, asset_id)]


@pytest.fixture
def machine(tenant):
    return pump(tenant.owner)


def test_a_beginning_closes_the_one_before(tenant, machine):
    ctx = tenant.owner
    interval.begin(ctx, asset_id=machine, state=RUNNING, at=hours(0))
    interval.begin(ctx, asset_id=machine, state=DOWN, at=hours(5))
    interval.end(ctx, asset_id=machine, at=hours(7))
    assert strip(ctx, machine) == [("running", 0, 5), ("unplanned_down", 5, 7), ("running", 7, None)]


def test_said_twice_is_said_once(tenant, machine):
    ctx, cause = tenant.owner, Cause("work.order", uuid7())
    first = interval.begin(ctx, asset_id=machine, state=DOWN, at=hours(1), cause=cause)
    assert interval.begin(ctx, asset_id=machine, state=DOWN, at=hours(2), cause=cause) == first
    done = interval.end(ctx, asset_id=machine, at=hours(3), cause=cause)
    assert interval.end(ctx, asset_id=machine, at=hours(4), cause=cause) == done
    assert len(strip(ctx, machine)) == 2


def test_an_order_ends_only_its_own_downtime(tenant, machine):
    ctx, mine, theirs = tenant.owner, Cause("work.order", uuid7()), Cause("work.order", uuid7())
    interval.begin(ctx, asset_id=machine, state=DOWN, at=hours(1), cause=mine)
    interval.begin(ctx, asset_id=machine, state=PLANNED, at=hours(2), cause=theirs)
    interval.end(ctx, asset_id=machine, at=hours(3), cause=mine)
    assert strip(ctx, machine)[-1] == ("planned_down", 2, None)
    assert [i.state for i in intervals_caused_by(ctx, "work.order", theirs.row_id)] == ["planned_down"]


def test_a_late_report_splits_what_it_falls_into(tenant, machine):
    ctx = tenant.owner
    interval.begin(ctx, asset_id=machine, state=RUNNING, at=hours(0))
    interval.begin(ctx, asset_id=machine, state=IDLE, at=hours(8))
    interval.begin(ctx, asset_id=machine, state=DOWN, at=hours(6))
    assert strip(ctx, machine) == [("running", 0, 6), ("unplanned_down", 6, 8), ("idle", 8, None)]


def test_a_correction_splits_and_keeps_what_was_believed(tenant, machine):
    ctx = tenant.owner
    interval.begin(ctx, asset_id=machine, state=RUNNING, at=hours(0))
    interval.correct(ctx, asset_id=machine, state=DOWN, from_at=hours(2), until_at=hours(3))
    interval.correct(ctx, asset_id=machine, state=PLANNED, from_at=hours(2.5), until_at=hours(4))
    assert strip(ctx, machine) == [
        ("running", 0, 2), ("unplanned_down", 2, 2.5), ("planned_down", 2.5, 4), ("running", 4, None),
    ]  # fmt: skip
    assert StateInterval.objects.of(ctx).filter(superseded_at__isnull=False).count() == 2


def test_time_before_the_first_report_is_no_data(tenant, machine):
    ctx = tenant.owner
    interval.begin(ctx, asset_id=machine, state=RUNNING, at=hours(9))
    interval.correct(ctx, asset_id=machine, state=DOWN, from_at=hours(1), until_at=hours(2))
    assert strip(ctx, machine) == [("unplanned_down", 1, 2), ("no_data", 2, 9), ("running", 9, None)]
    assert find_interval_at(ctx, machine, hours(3)).state == NO_DATA
    assert find_interval_at(ctx, machine, hours(0)) is None


def test_what_cannot_be_is_refused(tenant, machine):
    ctx = tenant.owner
    with pytest.raises(Refusal) as refused:
        interval.end(ctx, asset_id=machine, at=hours(1))
    assert refused.value.code == "assets.no_interval"
    with pytest.raises(Invalid) as refused:
        interval.begin(ctx, asset_id=machine, state=DOWN, at=hours(24 * 365 * 20))
    assert refused.value.errors[0].code == "assets.in_future"
    with pytest.raises(Invalid):
        interval.correct(ctx, asset_id=machine, state=DOWN, from_at=hours(2), until_at=hours(2))
    with pytest.raises(Invalid):
        interval.begin(ctx, asset_id=machine, state="broken")
    assert strip(ctx, machine) == []


def test_machines_of_others_do_not_exist(tenant, other, machine):
    with pytest.raises(NotVisible):
        interval.begin(other.owner, asset_id=machine, state=DOWN)
    with pytest.raises(NotGranted):
        interval.begin(tenant.person("read_only"), asset_id=machine, state=DOWN)
