"""A machine stands on account of orders, and runs again when the last one lets it go."""

from datetime import timedelta

import pytest

from trunnion.assets.queries import list_intervals
from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, NotVisible, Refusal
from trunnion.work.commands import downtime, order
from trunnion.work.models import Downtime
from trunnion.work.types import DowntimeKind, OrderState

MINUTE = timedelta(minutes=1)


def states(shop):
    return [(i.state, i.cause_kind) for i in list_intervals(shop.owner, shop.pump)]


def test_a_report_of_a_stopped_machine_is_in_its_history(shop):
    made = shop.order(is_stopped=True, reported_at=clock.now() - 30 * MINUTE)
    assert states(shop)[-1] == ("unplanned_down", "work.order")
    row = Downtime.objects.of(shop.owner).get()
    assert (row.began_at, row.cause_id) == (shop.row(made.id).reported_at, made.id)


def test_completion_lets_it_run_unless_it_does_not(shop):
    runs, stands = shop.in_state(OrderState.IN_PROGRESS), shop.in_state(OrderState.IN_PROGRESS)
    for made in (runs, stands):
        downtime.begin(shop.engineer, made)
    order.complete(shop.engineer, stands, remedy="Patched", is_restored=False)
    assert shop.row(stands).restored_at is None
    order.complete(shop.engineer, runs, remedy="Mended")
    assert states(shop)[-1][0] == "unplanned_down"
    left = Downtime.objects.of(shop.owner).get(ended_at=None)
    downtime.end(shop.engineer, left.id)
    assert states(shop)[-1][0] == "running"
    assert shop.row(stands).restored_at is not None


def test_two_orders_share_one_standstill(shop):
    first = shop.order(is_stopped=True).id
    second = shop.order(is_stopped=True).id
    one, two = Downtime.objects.of(shop.owner).order_by("id")
    assert (one.interval_id, one.cause_id, two.cause_id) == (two.interval_id, first, first)
    order.cancel(shop.owner, first, reason="Twice")
    assert states(shop)[-1][0] == "unplanned_down"
    order.cancel(shop.owner, second, reason="Nothing found")
    assert states(shop)[-1][0] == "running"


def test_planned_standstill(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    downtime.begin(shop.engineer, made, kind=DowntimeKind.PLANNED)
    assert states(shop)[-1][0] == "planned_down"
    assert shop.row(made).is_stopped


def test_what_makes_no_sense_is_refused(shop):
    made = shop.in_state(OrderState.IN_PROGRESS, is_stopped=True)
    with pytest.raises(Refusal, match="begun_already"):
        downtime.begin(shop.engineer, made)
    row = Downtime.objects.of(shop.owner).get()
    with pytest.raises(Invalid):
        downtime.end(shop.engineer, row.id, at=row.began_at - MINUTE)
    downtime.end(shop.engineer, row.id)
    with pytest.raises(Refusal, match="ended_already"):
        downtime.end(shop.engineer, row.id)
    with pytest.raises(Refusal, match="no_asset"):
        downtime.begin(shop.owner, order.create(shop.owner, title="Sweep the yard").id)


def test_another_organisation(shop, other):
    shop.order(is_stopped=True)
    with pytest.raises(NotVisible):
        downtime.end(other.owner, Downtime.objects.of(shop.owner).get().id)
