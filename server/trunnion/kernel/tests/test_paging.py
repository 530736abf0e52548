"""Pages put together are the whole list in its order, whatever ties and gaps its columns have."""

import base64
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.db.models import Q
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from trunnion.kernel import policies, unit
from trunnion.kernel.errors import Invalid
from trunnion.kernel.listing import page
from trunnion.kernel.listing.columns import LISTINGS

from .builders import thing
from .playground import commands
from .playground.models import Thing
from .playground.queries import MAKERS, THINGS

SORTS = ("name", "count", "amount", "is_good", "made_on", "seen_at", "created_at")
FACTS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", "A", "b 2", "b 10", "泵", "阀", ""]),
        "count": st.sampled_from([None, -1, 0, 2**40]),
        "amount": st.sampled_from([None, Decimal("-0.5"), Decimal(0), Decimal(100)]),
        "is_good": st.sampled_from([None, True, False]),
        "made_on": st.sampled_from([None, date(1, 1, 1), date(2026, 1, 1)]),
        "seen_at": st.sampled_from(
            [None, datetime(2026, 1, 1, 0, 0, 0, 1, UTC), datetime(2026, 1, 1, tzinfo=UTC)]
        ),
    }
)
ORDERS = st.lists(st.sampled_from(SORTS), min_size=1, max_size=3, unique=True).flatmap(
    lambda keys: st.tuples(*[st.sampled_from([k, f"-{k}"]) for k in keys]).map(",".join)
)


def paged(ctx, sort: str, limit: int, **ask: Any) -> list[Any]:
    ids, cursor = [], None
    while True:
        one = page.page(ctx, THINGS, page.Ask(sort=sort, limit=limit, cursor=cursor, **ask))
        ids += [row["id"] for row in one["rows"]]
        cursor = one["next"]
        if cursor is None:
            return ids
        assert len(one["rows"]) == limit


def paged_back(ctx, sort: str, limit: int) -> list[Any]:
    """The whole list read from its end, page before page."""
    ids: list[Any] = []
    cursor = None
    while True:
        one = page.page(ctx, THINGS, page.Ask(sort=sort, limit=limit, cursor=cursor, back=True))
        ids = [row["id"] for row in one["rows"]] + ids
        assert (one["next"] is None) == (cursor is None)
        cursor = one["previous"]
        if cursor is None:
            return ids
        assert len(one["rows"]) == limit


def sorted_slowly(rows: list[Thing], sort: str) -> list[Any]:
    """The order as it is meant: nulls last both ways, and the id, the first column's way, ends it."""
    terms = [(THINGS.column(k.removeprefix("-")).sort, k.startswith("-")) for k in sort.split(",")]
    found = sorted(rows, key=lambda r: r.id, reverse=terms[0][1])
    for path, descending in reversed(terms):
        known = [r for r in found if getattr(r, path) is not None]
        unknown = [r for r in found if getattr(r, path) is None]
        found = sorted(known, key=lambda r, p=path: getattr(r, p), reverse=descending) + unknown
    return [r.id for r in found]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(FACTS, min_size=1, max_size=14), sort=ORDERS, limit=st.integers(1, 6))
@example(rows=[{"name": "a", "count": None}] * 5, sort="-count,name", limit=2)
@example(rows=[{"name": "a", "count": n} for n in (None, 1, None, 1, 2)], sort="count", limit=1)
def test_pages_equal_a_full_sort(here, rows, sort, limit):
    with unit.entered(unit.Unit(here, "playground.thing.create_many")):
        Thing.objects.of(here).delete()
        Thing.objects.bulk_create([Thing(**facts) for facts in rows])
    stored = list(Thing.objects.of(here))
    wanted = sorted_slowly(stored, sort)
    assert paged(here, sort, limit) == wanted
    assert paged_back(here, sort, limit) == wanted


def test_who_turns_back_reads_the_same_page_again(here):
    for name in "abcdefg":
        thing(here, name)
    first = page.page(here, THINGS, page.Ask(limit=3))
    second = page.page(here, THINGS, page.Ask(limit=3, cursor=first["next"]))
    assert (first["previous"], second["previous"] is None) == (None, False)
    again = page.page(here, THINGS, page.Ask(limit=3, cursor=second["previous"], back=True))
    assert [r["name"] for r in again["rows"]] == ["a", "b", "c"]
    assert again["previous"] is None
    assert page.page(here, THINGS, page.Ask(limit=3, cursor=again["next"]))["rows"] == second["rows"]


def test_a_row_that_comes_or_goes_between_pages_moves_no_other(here):
    made = [thing(here, name) for name in "bdfhj"]
    first = page.page(here, THINGS, page.Ask(limit=2))
    thing(here, "a")
    commands.remove(here, made[1].id)
    second = page.page(here, THINGS, page.Ask(limit=9, cursor=first["next"]))
    assert [r["name"] for r in second["rows"]] == ["f", "h", "j"]


def test_a_page_takes_one_query(here, django_assert_num_queries):
    maker = commands.create_maker(here, "ACME")
    for name in "abc":
        thing(here, name, maker_id=maker.id)
    ask = page.Ask(limit=2, filter='{"field":"maker","op":"contains","value":"ac"}', search="a", sort="-name")
    for cursor in (None, page.page(here, THINGS, page.Ask(limit=2, sort="-name"))["next"]):
        with django_assert_num_queries(1):
            page.page(here, THINGS, page.Ask(ask.filter, None, ask.sort, 2, cursor))
    with django_assert_num_queries(2):
        assert page.page(here, THINGS, page.Ask(count="exact"))["count"] == {"value": 3, "exact": True}


def test_counts_are_exact_or_stop_where_nobody_reads_them(here, monkeypatch):
    commands.create_many(here, [f"pump {i}" for i in range(7)])
    assert page.page(here, THINGS, page.Ask(count="estimated"))["count"] == {"value": 7, "exact": True}
    monkeypatch.setattr(page, "ESTIMATE_UP_TO", 5)
    assert page.page(here, THINGS, page.Ask(count="estimated"))["count"] == {"value": 5, "exact": False}
    assert page.page(here, THINGS, page.Ask())["count"] is None


@pytest.mark.parametrize("limit", [-5, 0, 1, 10**9])
def test_a_page_has_a_sensible_size(here, limit):
    commands.create_many(here, [f"pump {i}" for i in range(3)])
    assert len(page.page(here, THINGS, page.Ask(limit=limit))["rows"]) == (1 if limit < 2 else 3)


def test_columns_are_those_that_were_asked_for(here):
    thing(here, note="secret note")
    assert set(page.page(here, THINGS, page.Ask(columns="note,name,note"))["rows"][0]) == {
        "id",
        "note",
        "name",
    }
    assert "note" not in page.page(here, THINGS, page.Ask())["rows"][0]
    for bad in ("secret", "organisation_id", "maker__name", "*", "name;"):
        with pytest.raises(Invalid) as refused:
            page.page(here, THINGS, page.Ask(columns=bad))
        assert refused.value.errors[0].code == "listing.column_unknown"


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        ({"sort": "note"}, "listing.not_sortable"),
        ({"sort": "--name"}, "listing.not_sortable"),
        ({"sort": "name; DROP TABLE x"}, "listing.not_sortable"),
        ({"sort": "organisation_id"}, "listing.not_sortable"),
        ({"sort": "name,count,amount,is_good"}, "listing.sort_too_long"),
        ({"count": "roughly"}, "listing.count_unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused(here, ask, code):
    with pytest.raises(Invalid) as refused:
        page.page(here, THINGS, page.Ask(**ask))
    assert refused.value.errors[0].code == code


def forged(*values: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(list(values))).decode().rstrip("=")


ID = "01a2005e-6c39-7000-8bd2-f6b2a178f78f"


FORGED = [
    *("x", "水", "W10", "bnVsbA", forged("x"), forged("x", ID, 1), forged([1], ID), forged({"a": 1}, ID)),
    *(forged(value, ID) for value in ("\x00", 2**70, 1.5, True, "abc", "NaN", "9999-12-31T23:59:59-14:00")),
    *(forged("abc", "x"), forged("2026-01-01T00:00:00Z", None)),
]


@pytest.mark.parametrize("sort", SORTS)
def test_a_forged_mark_is_refused_or_harmless(here, sort):
    thing(here)
    for cursor in FORGED:
        try:
            rows = page.page(here, THINGS, page.Ask(sort=sort, cursor=cursor))["rows"]
        except Invalid as refused:
            rows = [(e.pointer, e.code) for e in refused.errors]
        assert rows == [("/cursor", "listing.cursor_wrong")] or len(rows) <= 1, cursor


def test_a_mark_of_another_order_is_refused_or_harmless(here):
    for name in "abc":
        thing(here, name, count=1)
    mark = page.page(here, THINGS, page.Ask(sort="name", limit=1))["next"]
    with pytest.raises(Invalid):
        page.page(here, THINGS, page.Ask(sort="created_at", cursor=mark))
    with pytest.raises(Invalid):
        page.page(here, THINGS, page.Ask(sort="name,count", cursor=mark))


def test_a_list_shows_what_its_policy_and_condition_let_through(here, there, monkeypatch):
    thing(there, "theirs")
    thing(here, "seen", count=1)
    thing(here, "hidden", count=2)
    monkeypatch.setitem(policies.POLICIES, Thing, lambda ctx: Q(count=1))
    listed = page.page(here, THINGS, page.Ask(count="exact"))
    assert ([r["name"] for r in listed["rows"]], listed["count"]["value"]) == (["seen"], 1)
    assert page.page(here, THINGS, page.Ask(search="hidden"))["rows"] == []


def test_a_list_tells_how_it_is_drawn_and_asked(here):
    told = THINGS.describe()
    by_key = {c["key"]: c for c in told["columns"]}
    assert (told["name"], told["sort"], told["search"]) == ("playground.things", "name", True)
    assert by_key["grade"]["choices"][0] == {
        "value": "fine",
        "words_key": "choice.playground.thing.grade.fine",
    }
    assert by_key["name"]["ops"] == ["eq", "ne", "in", "contains", "starts", "is_null"]
    assert by_key["maker_id"]["refers_to"] == "playground.maker"
    assert not by_key["note"]["sortable"]
    assert MAKERS.describe()["search"] is False
    assert LISTINGS["playground.things"] is THINGS
