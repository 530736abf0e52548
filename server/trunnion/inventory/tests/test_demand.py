"""Stock is kept for those who need it, handed out to them, and goes to whoever lacks it as soon as it is there."""

from datetime import timedelta

import pytest

from trunnion.inventory.commands import reservation, shortage
from trunnion.inventory.models import Reservation, Shortage
from trunnion.kernel import clock
from trunnion.kernel.errors import Refusal
from trunnion.kernel.models import Entry

from .builders import NEED, check_books, need


def events_of(depot) -> list[str]:
    """The facts that each verb told, in their order."""
    rows = (
        Entry.objects.filter(organisation_id=depot.tenant.id).order_by("id").values_list("events", flat=True)
    )
    return [name for row in rows for name in row.split(",") if name.startswith("inventory.")]


def test_what_is_kept_for_one_nobody_else_gets(depot):
    depot.receive(5)
    mine, other = need("WO-1"), need("WO-2")
    assert depot.reserve(mine, 4).reserved == 4
    with pytest.raises(Refusal) as error:
        depot.issue(other, 2)
    assert (error.value.code, error.value.facts["available"]) == ("stock.not_enough", 1)
    with pytest.raises(Refusal):
        depot.reserve(other, 2, may_be_short=False)
    depot.issue(mine, 4)
    assert depot.level() == ("1", "0", "2")
    assert depot.rows(Reservation) == []
    check_books(depot.owner)


def test_more_than_reserved_takes_what_is_free_only(depot):
    depot.receive(5)
    mine, other = need(), need()
    depot.reserve(mine, 2)
    depot.reserve(other, 2)
    depot.issue(mine, 3)
    assert depot.level() == ("2", "2", "4")
    check_books(depot.owner)


def test_what_is_lacking_is_filled_in_the_order_of_need(depot):
    depot.receive(1)
    soon, later, some_day = (
        need("WO-SOON", needed_at=clock.now() + timedelta(days=1)),
        need("WO-LATER", needed_at=clock.now() + timedelta(days=5)),
        need("WO-SOME-DAY"),
    )
    assert depot.reserve(some_day, 2).short == 1
    assert depot.reserve(later, 3).short == 3
    assert depot.reserve(soon, 2).short == 2
    depot.receive(4)
    assert {r.label: r.quantity for r in depot.rows(Reservation)} == {
        "WO-SOME-DAY": 1,
        "WO-SOON": 2,
        "WO-LATER": 2,
    }
    assert {s.label: s.quantity for s in depot.rows(Shortage)} == {"WO-SOME-DAY": 1, "WO-LATER": 1}
    depot.receive(5)
    assert depot.rows(Shortage) == []
    assert depot.level() == ("10", "7", "20")
    told = events_of(depot)
    assert told.count("inventory.shortage.opened") == 3
    assert told.count("inventory.reservation.filled") == 2
    assert told.count("inventory.shortage.closed") == 2
    check_books(depot.owner)


def test_what_one_gives_free_goes_to_the_next(depot):
    depot.receive(2)
    mine, other = need(), need()
    depot.reserve(mine, 2)
    depot.reserve(other, 1)
    reservation.release(depot.owner, NEED, mine.id, depot.bearing, 1)
    assert {r.demand_id: r.quantity for r in depot.rows(Reservation)} == {mine.id: 1, other.id: 1}
    reservation.release(depot.owner, NEED, mine.id)
    assert depot.level() == ("2", "1", "4")
    reservation.release(depot.owner, NEED, mine.id)
    check_books(depot.owner)


def test_giving_free_takes_off_first_what_is_lacking(depot):
    depot.receive(2)
    mine = need()
    depot.reserve(mine, 5)
    reservation.release(depot.owner, NEED, mine.id, depot.bearing, 2)
    assert [s.quantity for s in depot.rows(Shortage)] == [1]
    reservation.release(depot.owner, NEED, mine.id, depot.bearing, 2)
    assert depot.rows(Shortage) == []
    assert [r.quantity for r in depot.rows(Reservation)] == [1]
    check_books(depot.owner)


def test_what_comes_back_costs_what_it_cost(depot):
    depot.receive(2, "10")
    mine = need()
    depot.issue(mine, 2)
    depot.receive(2, "99")
    assert depot.give_back(mine, 1).value == 10
    with pytest.raises(Refusal) as error:
        depot.give_back(mine, 2)
    assert error.value.code == "stock.not_drawn"
    assert depot.level() == ("3", "0", "208")
    check_books(depot.owner)


def test_when_it_is_expected_is_told_once(depot):
    mine = need()
    made = depot.reserve(mine, 1)
    day = clock.today("UTC") + timedelta(days=3)
    for _ in range(2):
        shortage.expect(depot.owner, made.shortage_id, expected_on=day)
    assert events_of(depot).count("inventory.shortage.expected") == 1
    assert [s.expected_on for s in depot.rows(Shortage)] == [day]
