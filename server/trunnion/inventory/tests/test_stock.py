"""Stock comes in, is carried, scrapped and corrected; every number follows from the movements."""

from datetime import timedelta
from decimal import Decimal

import pytest

from trunnion.catalog.commands import merging
from trunnion.inventory.commands import bins, movement, period, stock, store
from trunnion.inventory.models import Balance, Lot, Movement, SerialUnit
from trunnion.inventory.queries import get_item_stock
from trunnion.inventory.types import ReceiptLine, TransferLine
from trunnion.kernel import clock
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.ids import uuid7

from .builders import check_books, need


def refused(code: str, pointer: str = ""):
    """The refusal of a field, or of the whole."""

    class Expect:
        def __enter__(self):
            self.raised = pytest.raises(Refusal)
            self.info = self.raised.__enter__()
            return self.info

        def __exit__(self, *exit_):
            done = self.raised.__exit__(*exit_)
            error = self.info.value
            if pointer:
                assert [(e.pointer, e.code) for e in error.errors] == [(pointer, code)]
            else:
                assert error.code == code
            return done

    return Expect()


def line(depot, **facts):
    return TransferLine(**{"item_id": depot.bearing, "quantity": Decimal(1), **facts})


def test_what_comes_in_costs_the_average(depot):
    depot.receive(10, "2")
    depot.receive(5, "3.50")
    assert depot.level() == ("15", "0", "37.5")
    depot.issue(need(), 7)
    assert depot.level() == ("8", "0", "20")
    depot.receive(1, None)
    assert depot.level() == ("9", "0", "22.5")
    check_books(depot.owner)


def test_the_last_piece_takes_what_is_left_of_the_cents(depot):
    depot.receive(3, "0.3333")
    assert depot.level() == ("3", "0", "1")
    assert [depot.issue(need(), 1).value for _ in range(3)] == [
        Decimal("0.33"),
        Decimal("0.34"),
        Decimal("0.33"),
    ]
    assert depot.level() == ("0", "0", "0")
    check_books(depot.owner)


def test_a_transfer_carries_the_cost_with_it(depot):
    depot.receive(4, "5", bin_id=depot.shelf)
    depot.receive(4, "7", store_id=depot.van)
    done = stock.transfer(depot.owner, depot.store, depot.van, lines=[line(depot, quantity=Decimal(2))])
    assert (done.quantity, done.value) == (2, 10)
    assert depot.level() == ("2", "0", "10")
    assert depot.level(store_id=depot.van) == ("6", "0", "38")
    check_books(depot.owner)


def test_moving_inside_a_store_may_move_what_is_reserved(depot):
    depot.receive(4, "5", bin_id=depot.shelf)
    depot.reserve(need(), 4)
    move = line(depot, quantity=Decimal(3), from_bin_id=depot.shelf, to_bin_id=depot.drawer)
    stock.transfer(depot.owner, depot.store, depot.store, lines=[move])
    lying = {b.bin_id: b.on_hand for b in depot.rows(Balance)}
    assert lying == {depot.shelf: 1, depot.drawer: 3}
    assert depot.level() == ("4", "4", "20")
    with refused("stock.not_enough"):
        stock.transfer(depot.owner, depot.store, depot.van, lines=[line(depot)])
    with refused("stock.nowhere_else", "/lines/0/to_bin_id"):
        move = line(depot, from_bin_id=depot.shelf, to_bin_id=depot.shelf)
        stock.transfer(depot.owner, depot.store, depot.store, lines=[move])
    check_books(depot.owner)


def test_scrap_and_adjustment_say_why(depot):
    depot.receive(10, "2", bin_id=depot.shelf)
    stock.scrap(depot.owner, depot.store, depot.bearing, Decimal(3), reason="Rusty")
    stock.adjust(depot.owner, depot.store, depot.bearing, Decimal(-1), reason="Counted")
    stock.adjust(depot.owner, depot.store, depot.bearing, Decimal(2), reason="Found", bin_id=depot.drawer)
    assert depot.level() == ("8", "0", "16")
    assert [m.remark for m in depot.rows(Movement)] == ["", "Rusty", "Counted", "Found"]
    with refused("stock.not_enough_there"):
        stock.scrap(depot.owner, depot.store, depot.bearing, Decimal(3), reason="Rusty", bin_id=depot.drawer)
    with refused("stock.no_difference", "/difference"):
        stock.adjust(depot.owner, depot.store, depot.bearing, Decimal(0), reason="Counted")
    check_books(depot.owner)


def test_bad_input_is_refused_with_its_field_and_books_nothing(depot, other):
    receive = depot.receive
    with refused("stock.not_whole", "/lines/0/quantity"):
        receive("1.5")
    with refused("reference_unknown", "/lines/0/item_id"):
        receive(1, item=uuid7())
    with refused("reference_unknown", "/store_id"):
        receive(1, store_id=uuid7())
    with refused("bin.not_in_store", "/lines/0/bin_id"):
        receive(1, store_id=depot.van, bin_id=depot.shelf)
    with refused("stock.has_no_lots", "/lines/0/lot"):
        receive(1, lot="L1")
    with refused("stock.in_future", "/at"):
        receive(1, at=clock.now() + timedelta(days=1))
    with refused("reference_unknown", "/party_id"):
        receive(1, party_id=uuid7())
    for quantity in (0, -1, "NaN"):
        with pytest.raises(Invalid):
            stock.receive(depot.owner, depot.store, lines=[ReceiptLine(depot.bearing, Decimal(quantity))])
    with pytest.raises(Invalid):
        stock.receive(other.owner, depot.store, lines=[ReceiptLine(depot.bearing, Decimal(1))])
    good, bad = ReceiptLine(depot.bearing, Decimal(1)), ReceiptLine(depot.bearing, Decimal("0.5"))
    with refused("stock.not_whole", "/lines/1/quantity"):
        stock.receive(depot.owner, depot.store, lines=[good, bad])
    assert depot.rows(Movement) == []
    assert depot.level() == ("0", "0", "0")


def test_lots_keep_their_own_cost_and_the_first_to_expire_goes_first(depot):
    grease = depot.item("GREASE", unit="kg", tracked_by="lot")
    today = clock.today("UTC")
    depot.receive("2.5", "10", grease, lot="OLD", expires_on=today + timedelta(days=9))
    depot.receive("1", "30", grease, lot="NEW", expires_on=today + timedelta(days=90))
    depot.receive("1", "1", grease, lot="GONE", expires_on=today - timedelta(days=1))
    wanted = need()
    assert depot.issue(wanted, "3", grease).value == Decimal(25) + Decimal(15)
    with refused("stock.lot_expired", "/lot"):
        depot.issue(wanted, "1", grease, lot="GONE")
    with refused("stock.not_enough_there"):
        depot.issue(wanted, "1", grease)
    assert depot.give_back(wanted, "0.5", grease, lot="NEW").value == 15
    assert depot.level(grease) == ("2", "0", "31")
    with refused("stock.lot_needed", "/lines/0/lot"):
        depot.receive(1, "1", grease)
    with refused("stock.expires_otherwise", "/lines/0/expires_on"):
        depot.receive(1, "1", grease, lot="OLD", expires_on=today)
    assert [lot.code for lot in depot.rows(Lot)] == ["OLD", "NEW", "GONE"]
    check_books(depot.owner)


def test_each_serial_number_is_one_piece_with_its_own_cost(depot):
    drive = depot.item("DRIVE", tracked_by="serial")
    depot.receive(2, "100", drive, serials=("S1", "S2"), bin_id=depot.shelf)
    depot.receive(1, "160", drive, serials=("S3",))
    with refused("stock.serial_in_stock", "/lines/0/serials"):
        depot.receive(1, "1", drive, serials=("S1",))
    with refused("stock.serials_needed", "/lines/0/serials"):
        depot.receive(2, "1", drive, serials=("S4",))
    wanted = need()
    with refused("stock.serials_needed", "/serials"):
        depot.issue(wanted, 1, drive)
    assert depot.issue(wanted, 1, drive, serials=("S3",)).value == 160
    with refused("stock.serial_not_here", "/serials"):
        depot.issue(wanted, 1, drive, serials=("S3",))
    assert depot.give_back(wanted, 1, drive, serials=("S3",), bin_id=depot.drawer).value == 160
    where = {u.code: u.bin_id for u in depot.rows(SerialUnit)}
    assert where == {"S1": depot.shelf, "S2": depot.shelf, "S3": depot.drawer}
    move = TransferLine(drive, Decimal(1), serials=("S2",))
    stock.transfer(depot.owner, depot.store, depot.van, lines=[move])
    assert depot.level(drive) == ("2", "0", "260")
    check_books(depot.owner)


def test_a_movement_is_taken_back_and_never_edited(depot):
    depot.receive(10, "1")
    dear = depot.receive(10, "3")
    depot.issue(need(), 10)
    movement.reverse(depot.owner, dear.movement_ids[0], reason="Wrong store")
    # What was used had cost the average of both: what is left is worth nothing once it is gone.
    assert depot.level() == ("0", "0", "0")
    with refused("movement.reversed_already"):
        movement.reverse(depot.owner, dear.movement_ids[0], reason="Again")
    issued = next(m for m in depot.rows(Movement) if m.movement_kind == "issue")
    with refused("movement.not_reversible"):
        movement.reverse(depot.owner, issued.id, reason="No")
    check_books(depot.owner)


def test_taking_a_transfer_back_returns_quantity_bin_and_value(depot):
    depot.receive(4, "5", bin_id=depot.shelf)
    done = stock.transfer(depot.owner, depot.store, depot.van, lines=[line(depot, quantity=Decimal(4))])
    movement.reverse(depot.owner, done.movement_ids[0], reason="Wrong van")
    assert depot.level() == ("4", "0", "20")
    assert depot.level(store_id=depot.van) == ("0", "0", "0")
    assert {b.bin_id for b in depot.rows(Balance) if b.on_hand} == {depot.shelf}
    moved_on = depot.receive(2, "1", bin_id=depot.drawer)
    depot.issue(need(), 2, bin_id=depot.drawer)
    with refused("stock.moved_on"):
        movement.reverse(depot.owner, moved_on.movement_ids[0], reason="Never came")
    check_books(depot.owner)


def test_a_closed_period_takes_no_back_dated_entry(depot):
    today = clock.today("UTC")
    last_week = clock.now() - timedelta(days=7)
    depot.receive(1, at=last_week)
    period.close(depot.owner, today - timedelta(days=3))
    with refused("stock.period_closed", "/at"):
        depot.receive(1, at=last_week)
    depot.receive(1, at=clock.now() - timedelta(days=1))
    depot.receive(1)
    with refused("period.not_over", "/through_on"):
        period.close(depot.owner, today + timedelta(days=1))
    with refused("period.closed_already", "/through_on"):
        period.close(depot.owner, today - timedelta(days=5))
    period.reopen(depot.owner, today - timedelta(days=9))
    depot.receive(1, at=last_week)
    assert depot.level()[0] == "4"


def test_a_repeated_verb_with_the_same_key_is_done_once(depot):
    ctx = depot.owner.with_(key="scan-1")
    lines = [ReceiptLine(depot.bearing, Decimal(2), Decimal(1))]
    first = stock.receive(ctx, depot.store, lines=lines)
    assert stock.receive(ctx, depot.store, lines=lines) == first
    assert depot.level()[0] == "2"


def test_a_store_in_use_is_not_closed(depot):
    depot.receive(1, bin_id=depot.shelf)
    with refused("store.not_empty"):
        store.close(depot.owner, depot.store)
    with refused("bin.not_empty"):
        bins.edit(depot.owner, depot.shelf, is_active=False)
    depot.issue(need(), 1)
    bins.edit(depot.owner, depot.shelf, is_active=False)
    depot.reserve(need(), 1)
    with refused("store.waited_for"):
        store.close(depot.owner, depot.store)
    store.close(depot.owner, depot.van)
    with refused("store.closed", "/store_id"):
        depot.receive(1, store_id=depot.van)
    with refused("store.whose_goods", "/party_id"):
        store.create(depot.owner, code="K", name="K", kind="consignment")
    with refused("store.both_coordinates", "/lon"):
        store.create(depot.owner, code="K", name="K", lat=Decimal(1))
    with refused("duplicate", "/code"):
        store.create(depot.owner, code="C1", name="Once more")


def test_what_was_merged_is_used_up_under_its_own_code(depot):
    depot.receive(3)
    same = depot.item("B-OTHER")
    merging.merge(depot.owner, depot.bearing, into_id=same)
    with refused("reference_unknown", "/lines/0/item_id"):
        depot.receive(1)
    wanted = need()
    depot.reserve(wanted, 1)
    depot.issue(wanted, 2)
    assert depot.level() == ("1", "0", "2")
    assert [level["on_hand"] for level in get_item_stock(depot.owner, same)["stores"]] == [1]
    check_books(depot.owner)
