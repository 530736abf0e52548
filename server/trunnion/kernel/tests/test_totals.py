"""What a listing comes to is what its rows add up to: as a whole, in groups, for each currency, for each reader."""

import json
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trunnion.kernel import policies, unit
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.listing import page, totals

from .builders import person, thing
from .playground import commands
from .playground.models import Thing
from .playground.queries import MAKERS, THINGS

FACTS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", "b", "泵"]),
        "grade": st.sampled_from([None, "good", "bad"]),
        "is_good": st.sampled_from([None, True, False]),
        "count": st.sampled_from([None, -1, 0, 2**40]),
        "amount": st.sampled_from([None, Decimal("-0.5"), Decimal("0.000001"), Decimal("1234567.89")]),
        # The playground's currency.
        "note": st.sampled_from(["CNY", "EUR", ""]),
    }
)


def told(ctx: Any, **ask: Any) -> totals.Totals:
    return totals.totals(ctx, THINGS, totals.Ask(**ask))


def added_up(rows: list[Thing]) -> dict[tuple[str, str | None], Decimal]:
    found: dict[tuple[str, str | None], Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.count is not None:
            found["count", None] += row.count
        if row.amount is not None:
            found["amount", row.note] += row.amount
    return dict(found)


def said(one: totals.Totals | totals.Group) -> dict[tuple[str, str | None], Decimal]:
    return {(t.column, t.currency): t.value for t in one.totals}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(FACTS, max_size=14), by=st.sampled_from(["grade", "name", "is_good"]))
def test_sums_are_those_of_the_rows(here, rows, by):
    with unit.entered(unit.Unit(here, "playground.thing.create_many")):
        Thing.objects.of(here).delete()
        Thing.objects.bulk_create([Thing(**facts) for facts in rows])
    stored = list(Thing.objects.of(here))
    found = told(here, group=by)
    assert (found.count, said(found)) == (len(stored), added_up(stored))
    assert {g.value: g.count for g in found.groups} == Counter(getattr(r, by) for r in stored)
    assert [g.count for g in found.groups] == sorted((g.count for g in found.groups), reverse=True)
    for group in found.groups:
        assert said(group) == added_up([r for r in stored if getattr(r, by) == group.value])
    assert said(told(here)) == added_up(stored)


def test_one_query_whatever_is_asked(here, django_assert_num_queries):
    for number in range(4):
        thing(here, f"pump {number}", count=number, note="CNY", amount=Decimal(number))
    for ask in ({}, {"group": "state"}, {"group": "name", "columns": "count", "search": "pump"}):
        with django_assert_num_queries(1):
            told(here, **ask)


def test_filter_and_search_narrow_the_sums_as_they_narrow_the_rows(here):
    for number in range(5):
        thing(here, f"pump {number}", count=number)
    term = json.dumps(
        {"or": [{"field": "count", "op": "gte", "value": 3}, {"field": "count", "op": "eq", "value": 1}]}
    )
    assert (told(here, filter=term).count, said(told(here, filter=term))) == (
        3,
        {("count", None): Decimal(8)},
    )
    assert said(told(here, search="pump 4", columns="name,count")) == {("count", None): Decimal(4)}
    assert said(told(here, columns="name")) == {}
    assert told(here, search="no such thing") == totals.Totals(0)


def test_what_a_reader_does_not_see_is_not_added_up(here, monkeypatch):
    mine, other = thing(here, "mine", count=2), thing(here, "other", count=40)
    monkeypatch.setitem(policies.POLICIES, Thing, lambda _ctx: policies.Q(id=mine.id))
    assert said(told(here, group="name")) == {("count", None): Decimal(2)}
    monkeypatch.undo()
    assert said(told(here)) == {("count", None): Decimal(42)}
    assert told(person(), group="name").groups == []
    assert other.count == 40


def test_of_too_many_groups_the_largest_are_told_and_the_whole_stays_whole(here, monkeypatch):
    monkeypatch.setattr(totals, "MOST_GROUPS", 2)
    for name in ("a", "b", "b", "c", "c", "c"):
        thing(here, name, count=1)
    found = told(here, group="name")
    assert found.is_cut
    assert [(g.value, g.count) for g in found.groups] == [("c", 3), ("b", 2)]
    assert (found.count, said(found)) == (6, {("count", None): Decimal(6)})


@pytest.mark.parametrize(
    "key", ["count", "seen_at", "length", "no_such", "organisation_id", "note; DROP TABLE x"]
)
def test_what_cannot_be_grouped_by_is_refused(here, key):
    with pytest.raises(Invalid) as refused:
        told(here, group=key)
    assert refused.value.errors[0].code == "listing.not_groupable"


def test_columns_that_are_not_there_are_refused(here):
    with pytest.raises(Invalid) as refused:
        told(here, columns="amount,secret")
    assert refused.value.errors[0].code == "listing.column_unknown"


def test_numbers_too_large_for_the_database_are_a_refusal(here):
    with unit.entered(unit.Unit(here, "playground.thing.create_many")):
        Thing.objects.bulk_create(
            [Thing(name="a", note="CNY", amount=Decimal(9_000_000_000_000)) for _ in "ab"]
        )
    if connection.vendor == "postgresql":
        assert said(told(here, columns="amount")) == {("amount", "CNY"): Decimal(18_000_000_000_000)}
    else:
        with pytest.raises(Refusal) as refused:
            told(here, columns="amount")
        assert refused.value.code == "listing.total_too_large"


def test_a_list_without_sums_is_counted(here):
    commands.create_maker(here, "ACME")
    assert totals.totals(here, MAKERS, totals.Ask()) == totals.Totals(1)


def test_the_version_of_a_row_can_be_asked_of_every_list(here):
    made = thing(here, "pump")
    assert page.page(here, THINGS, page.Ask(columns="name,version"))["rows"][0]["version"] == made.version
    assert "version" not in {c["key"] for c in THINGS.describe()["columns"]}
    with pytest.raises(Invalid):
        page.page(here, THINGS, page.Ask(filter='{"field":"version","op":"eq","value":1}'))
