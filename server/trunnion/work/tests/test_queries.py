"""One page, the board, the field's list, the asset's file: complete, and with a fixed number of reads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trunnion.assets.commands import location
from trunnion.assets.queries.file import get_file
from trunnion.assets.types.kinds import LocationKind
from trunnion.kernel import clock
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.ids import uuid7
from trunnion.kernel.listing.page import Ask, page
from trunnion.work import queries
from trunnion.work.commands import failure, follow_up, labour, order, task
from trunnion.work.queries.board import BoardBy
from trunnion.work.queries.lists import DOWNTIMES, FAILURES, LABOUR, ORDERS
from trunnion.work.states import DONE, OPEN
from trunnion.work.tests.builders import make_resource
from trunnion.work.types import OrderState, Phases, WaitReason

MINUTE = timedelta(minutes=1)


def count_reads(read):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read()
    return len(asked)


def grow(shop, made, times):
    for n in range(times):
        task.add(shop.owner, made, titles=[f"Check {n}", f"Again {n}"])
        labour.record(shop.engineer, made, minutes=10 + n)
        failure.record(shop.engineer, made, mode="UNK")
        follow_up.create(shop.owner, made, title=f"After {n}")
        order.wait(shop.engineer, made, reason=WaitReason.PARTS)
        order.resume(shop.engineer, made)


def test_the_page_takes_the_same_reads_however_long_the_story(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    grow(shop, made, 1)
    few = count_reads(lambda: queries.get_order(shop.owner, made))
    grow(shop, made, 5)
    assert count_reads(lambda: queries.get_order(shop.owner, made)) == few <= 32


def test_the_page_tells_the_whole_story(shop):
    made = shop.in_state(OrderState.IN_PROGRESS, is_stopped=True, tasks=["Look"])
    grow(shop, made, 1)
    found = queries.get_order(shop.owner, made)
    assert (found["asset_name"], found["place"], found["leading"]) == ("Feed pump 2", "Harbour", "Li Wei")
    assert [len(found[k]) for k in ("tasks", "labour", "failures", "follow_ups", "waits", "downtimes")] == [
        3,
        1,
        1,
        1,
        1,
        1,
    ]
    verbs = [e["verb"] for e in found["history"]]
    for verb in ("work.order.create", "work.labour.record", "work.failure.record", "work.order.wait"):
        assert verb in verbs
    assert found["cost"]["labour"] == 10
    assert found["cost"]["is_frozen"] is False
    assert "complete" in found["actions"]
    assert "labour.record" in found["line_actions"]


def test_an_engineer_is_told_no_amounts(shop):
    made = shop.in_state(OrderState.IN_PROGRESS)
    grow(shop, made, 1)
    for verb in ("complete", "close"):
        shop.do(verb, made)
    page_ = queries.get_order(shop.engineer, made)
    assert not _changed(page_) & {"rate", "amount", "cost_labour"}
    assert (page_["cost"], "amount" in page_["labour"][0]) == (None, False)
    assert {"rate", "amount", "cost_labour"} <= _changed(queries.get_order(shop.owner, made))


def _changed(page_):
    return {name for entry in page_["history"] for change in entry["changes"] for name in change["fields"]}


def test_the_verbs_that_are_offered_can_be_done(shop):
    """What `actions` names never ends in a refusal for want of right or state."""
    for state in OrderState:
        made = shop.in_state(state)
        for ctx in (shop.owner, shop.engineer):
            try:
                offered = queries.get_order(ctx, made)["actions"]
            except NotVisible:
                continue
            for verb in offered:
                fresh = shop.in_state(state)
                if ctx is shop.engineer and fresh not in _ids(ctx):
                    continue
                shop.do(verb, fresh, ctx)


def _ids(ctx):
    return {row["id"] for row in page(ctx, ORDERS, Ask(limit=500))["rows"]}


def test_the_engineer_is_offered_what_is_theirs(shop):
    mine, free = shop.in_state(OrderState.DISPATCHED), shop.in_state(OrderState.APPROVED)
    assert queries.get_order(shop.engineer, mine)["actions"] == [
        "grab", "accept", "decline", "depart", "arrive", "start", "wait", "switch",
    ]  # fmt: skip
    assert queries.get_order(shop.engineer, free)["actions"] == ["grab", "start"]
    reported = order.create(shop.engineer, title="Mine").id
    shop.do("dispatch", reported)
    from trunnion.work.tests.builders import make_engineer

    _, other_id = make_engineer(shop.tenant, "Chen Jing")
    order.dispatch(shop.owner, reported, resource_id=other_id)
    assert queries.get_order(shop.engineer, reported)["actions"] == []


def test_minutes_are_proposed_from_the_phases(shop):
    now = clock.now()
    made = shop.order(reported_at=now - 90 * MINUTE).id
    engineer = shop.engineer.with_(grants=shop.owner.grants)
    order.start(engineer, made, at=now - 60 * MINUTE)
    order.wait(engineer, made, reason=WaitReason.PARTS, at=now - 50 * MINUTE)
    order.resume(engineer, made, at=now - 20 * MINUTE)
    assert queries.get_order(shop.engineer, made)["proposed_minutes"] == {"work": 30}
    labour.record(engineer, made, minutes=25)
    assert queries.get_order(shop.engineer, made)["proposed_minutes"] == {"work": 5}
    assert queries.get_order(shop.owner, made)["proposed_minutes"] == {}


@pytest.mark.parametrize(
    ("state", "back"),
    [
        (OrderState.WAITING, "in_progress"),
        (OrderState.ACCEPTED, "approved"),
        (OrderState.MERGED, "requested"),
    ],
)
def test_the_page_says_where_a_move_back_leads(shop, state, back):
    assert queries.get_order(shop.owner, shop.in_state(state))["returns_to"] == back


def test_the_board_counts_and_shows_the_urgent_first(shop):
    low, high = shop.order(priority="low").id, shop.order(priority="urgent").id
    shop.in_state(OrderState.CLOSED)
    shop.in_state(OrderState.WAITING)
    board = {c["state"]: c for c in queries.get_board(shop.owner)["columns"]}
    assert list(board) == [*OPEN, *DONE]
    assert [r["id"] for r in board["requested"]["rows"]] == [high, low]
    assert (board["requested"]["count"], board["waiting"]["count"], board["approved"]["rows"]) == (2, 1, [])
    narrowed = {
        c["state"]: c["count"] for c in queries.get_board(shop.owner, leading_id=shop.resource)["columns"]
    }
    assert (narrowed["requested"], narrowed["waiting"]) == (0, 1)
    assert len(queries.get_board(shop.owner, limit=1)["columns"][1]["rows"]) == 1


def columns_of(shop, by, **asked):
    return {c["key"]: c for c in queries.get_board(shop.owner, by=by, **asked)["columns"]}


def test_the_board_stands_by_engineer_with_those_who_are_free(shop):
    free = make_resource(shop.tenant, name="Sun")
    held, open_id = shop.in_state(OrderState.IN_PROGRESS), shop.order().id
    shop.in_state(OrderState.DISPATCHED)
    shop.in_state(OrderState.CLOSED)
    found = columns_of(shop, BoardBy.ENGINEER)
    assert {key: (c["name"], c["count"], c["running"]) for key, c in found.items()} == {
        None: ("", 1, 0), shop.resource: ("Li Wei", 2, 1), free: ("Sun", 0, 0),
    }  # fmt: skip
    assert [r["id"] for r in found[None]["rows"]] == [open_id]
    assert held in [r["id"] for r in found[shop.resource]["rows"]]
    assert {c["state"] for c in found.values()} == {None}


def test_the_board_stands_by_priority_and_by_site(shop):
    urgent, low = shop.order(priority="urgent").id, shop.order(priority="low").id
    away = location.create(shop.owner, kind=LocationKind.SITE, name="Airport").id
    there = order.create(shop.owner, title="Door stays open", location_id=away).id
    by_priority = columns_of(shop, BoardBy.PRIORITY)
    assert list(by_priority) == ["urgent", "high", "normal", "low"]
    assert [[r["id"] for r in c["rows"]] for c in by_priority.values()] == [[urgent], [], [there], [low]]
    by_site = columns_of(shop, BoardBy.SITE)
    assert {key: (c["name"], c["count"]) for key, c in by_site.items()} == {
        None: ("", 0), shop.site: ("Harbour", 2), away: ("Airport", 1),
    }  # fmt: skip


def test_the_board_keeps_the_fullest_columns_and_says_that_it_is_cut(shop, monkeypatch):
    monkeypatch.setattr("trunnion.work.queries.board.MOST_COLUMNS", 2)
    make_resource(shop.tenant, name="Aber")
    shop.in_state(OrderState.DISPATCHED)
    shop.order()
    board = queries.get_board(shop.owner, by=BoardBy.ENGINEER)
    assert ([c["key"] for c in board["columns"]], board["is_cut"]) == ([None, shop.resource], True)


@pytest.mark.parametrize("by", BoardBy)
def test_the_board_takes_no_more_reads_with_more_cards(shop, by):
    shop.in_state(OrderState.DISPATCHED)
    few = count_reads(lambda: queries.get_board(shop.owner, by=by))
    for _ in range(3):
        shop.in_state(OrderState.DISPATCHED)
    assert count_reads(lambda: queries.get_board(shop.owner, by=by)) == few


def test_the_fields_list_has_the_day_the_clock_and_the_pool(shop):
    later, urgent = (
        shop.in_state(OrderState.DISPATCHED),
        shop.in_state(OrderState.DISPATCHED, priority="urgent"),
    )
    first = shop.order().id
    order.plan(shop.owner, first, planned_from_at=clock.now() + 5 * MINUTE, resource_id=shop.resource)
    free = shop.in_state(OrderState.APPROVED)
    shop.in_state(OrderState.CLOSED)
    labour.begin(shop.engineer, later)
    mine = queries.get_mine(shop.engineer)
    assert [o["id"] for o in mine["orders"]] == [first, urgent, later]
    assert (mine["timer"]["order_id"], mine["resource_id"]) == (later, shop.resource)
    assert [o["id"] for o in mine["pool"]] == [free]
    assert "accept" in mine["orders"][1]["actions"]
    assert queries.get_mine(shop.owner)["orders"] == []


def test_the_assets_file_has_its_orders_and_failures(shop):
    made = shop.in_state(OrderState.CLOSED)
    failure.record(shop.owner, made, mode="ELP", cause="unknown")
    sections = get_file(shop.owner, shop.pump)["sections"]
    assert [(o["number"], o["remedy"]) for o in sections["orders"]] == [("WO-000001", "Seal replaced")]
    assert [(f["order_number"], f["mode_code"]) for f in sections["failures"]] == [("WO-000001", "ELP")]


def test_the_card_tells_other_rooms(shop):
    made = shop.in_state(OrderState.WAITING, is_stopped=True)
    card = queries.get_order_card(shop.owner, made)
    assert (card.state, card.waiting_reason, card.leading_name, card.asset_name) == (
        OrderState.WAITING, "access", "Li Wei", "Feed pump 2",
    )  # fmt: skip
    assert isinstance(card.phases, Phases)
    assert card.phases.started_at is not None
    assert [c.id for c in queries.find_orders_of_asset(shop.owner, shop.pump)] == [made]
    shop.do("cancel", made)
    assert queries.find_orders_of_asset(shop.owner, shop.pump) == []
    with pytest.raises(NotVisible):
        queries.get_order_card(shop.owner, uuid7())


@pytest.mark.parametrize("text", ["WO-000002", "轴承", "feed pump", "SN-77", "Harbour"])
def test_an_order_is_found_by_number_title_asset_and_place(shop, text):
    shop.order(asset_id=None, title="Nothing of it")
    wanted = shop.order(title="更换轴承 bearing").id
    assert [r["id"] for r in page(shop.owner, ORDERS, Ask(search=text))["rows"]] == [wanted]


def test_lists_filter_sort_and_page(shop):
    for priority in ("low", "urgent", "normal", "high"):
        shop.order(priority=priority)
    shop.in_state(OrderState.WAITING)
    rows = page(shop.owner, ORDERS, Ask(sort="-priority,number"))["rows"]
    assert [r["priority"] for r in rows] == ["urgent", "high", "normal", "normal", "low"]
    waiting = '{"and":[{"field":"waiting_reason","op":"eq","value":"access"}]}'
    assert [r["state"] for r in page(shop.owner, ORDERS, Ask(filter=waiting))["rows"]] == ["waiting"]
    cursor, numbers = None, []
    while True:
        found = page(shop.owner, ORDERS, Ask(sort="due_at,-number", limit=2, cursor=cursor))
        numbers += [r["number"] for r in found["rows"]]
        cursor = found["next"]
        if cursor is None:
            break
    assert numbers == [f"WO-{n:06d}" for n in (5, 4, 3, 2, 1)]


def test_every_list_answers_every_sort(shop):
    made = shop.in_state(OrderState.IN_PROGRESS, is_stopped=True)
    labour.record(shop.engineer, made, minutes=5)
    failure.record(shop.engineer, made, mode="UNK")
    for listing in (ORDERS, LABOUR, FAILURES, DOWNTIMES):
        for column in listing.columns:
            if column.sort:
                assert len(page(shop.owner, listing, Ask(sort=f"-{column.key}"))["rows"]) == 1, column.key
        everything = ",".join(c.key for c in listing.columns)
        assert len(page(shop.owner, listing, Ask(columns=everything))["rows"]) == 1
