"""The filter grammar: every operator of every type finds what a slow reading finds; everything else is refused."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from trunnion.kernel.errors import Invalid
from trunnion.kernel.ids import uuid7
from trunnion.kernel.listing import filters, page
from trunnion.kernel.listing.columns import OPERATORS, Type

from .builders import thing
from .playground import commands
from .playground.queries import THINGS

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROWS: list[dict[str, Any]] = [
    {"name": "Alpha", "count": 1, "amount": Decimal("1.5"), "is_good": True, "grade": "fine"},
    {"name": "alphabet", "count": 5, "amount": Decimal(-2), "is_good": False, "grade": "worn"},
    {"name": "50%_off\\", "count": 0, "amount": Decimal(0), "made_on": date(2026, 1, 1), "seen_at": NOON},
    {"name": "水泵", "count": -3, "made_on": date(2026, 2, 1), "seen_at": NOON + timedelta(hours=1)},
    {
        "name": "x' OR 1=1 --",
        "grade": "broken",
        "made_on": date(2026, 3, 1),
        "seen_at": NOON - timedelta(days=1),
    },
]
VALUES: dict[Type, tuple[str, Any, Any]] = {
    Type.TEXT: ("name", "Alpha", "alphabet"),
    Type.NUMBER: ("count", 0, 1),
    Type.DECIMAL: ("amount", "0.0", "1.50"),
    Type.BOOLEAN: ("is_good", True, False),
    Type.DATE: ("made_on", "2026-02-01", "2026-03-01"),
    Type.INSTANT: ("seen_at", "2026-11-21T20:00:00+08:00", "2026-11-21T12:30:00Z"),
    Type.CHOICE: ("grade", "worn", "fine"),
}
EASY = [(t, op) for t in VALUES for op in OPERATORS[t] if (t, op) != (Type.TEXT, "is_null")]


@pytest.fixture
def rows(here):
    return {facts["name"]: thing(here, **facts) for facts in ROWS}


def found(here, tree: Any) -> list[str]:
    ask = page.Ask(filter=tree if isinstance(tree, str) else msgspec.json.encode(tree).decode(), limit=500)
    return sorted(row["name"] for row in page.page(here, THINGS, ask)["rows"])


def slow(op: str, held: Any, low: Any, high: Any) -> bool:
    """What the operator means, without a database."""
    if op == "is_null":
        return held is None
    if op == "ne":
        return held != low
    if held is None:
        return False
    folded = held.casefold() if isinstance(held, str) else held
    return {
        "eq": lambda: held == low,
        "in": lambda: held in (low, high),
        "lt": lambda: held < low,
        "lte": lambda: held <= low,
        "gt": lambda: held > low,
        "gte": lambda: held >= low,
        "between": lambda: low <= held <= high,
        "contains": lambda: low.casefold() in folded,
        "starts": lambda: folded.startswith(low.casefold()),
    }[op]()


@pytest.mark.parametrize(("type_", "op"), EASY, ids=[f"{t}-{op}" for t, op in EASY])
def test_each_operator_means_what_it_says(here, rows, type_, op):
    key, low, high = VALUES[type_]
    value = {"in": [low, high], "between": [low, high], "is_null": True}.get(op, low)
    column = THINGS.column(key)
    first, second = (
        filters._value(column, v, "") for v in (value if isinstance(value, list) else [low, high])
    )
    expected = sorted(n for n, row in rows.items() if slow(op, getattr(row, key), first, second))
    assert found(here, {"field": key, "op": op, "value": value}) == expected
    assert 0 < len(expected) < len(rows), "this case proves nothing"


def test_ids_and_references_are_found(here, rows):
    maker = commands.create_maker(here, "ACME")
    row = thing(here, "made", maker_id=maker.id)
    for tree in (
        {"field": "id", "op": "eq", "value": str(row.id)},
        {"field": "id", "op": "in", "value": [str(row.id), str(uuid7())]},
        {"field": "maker_id", "value": str(maker.id)},
        {"field": "maker_id", "op": "is_null", "value": False},
        {"field": "maker", "op": "contains", "value": "cm"},
        {"field": "length", "op": "between", "value": [4, 4]},
    ):
        assert found(here, tree) == ["made"], tree


def test_terms_are_joined_as_deep_as_allowed(here, rows):
    good = {"field": "is_good", "value": True}
    worn = {"field": "grade", "value": "worn"}
    positive = {"field": "count", "op": "gt", "value": 0}
    assert found(here, {"and": [positive, {"or": [good, worn]}]}) == ["Alpha", "alphabet"]
    assert found(here, {"or": [{"and": [positive, worn]}, {"field": "count", "op": "lt", "value": 0}]}) == [
        "alphabet",
        "水泵",
    ]
    assert len(found(here, {"and": []})) == len(rows)
    nested: Any = good
    for _ in range(filters.MAX_DEPTH):
        nested = {"and": [nested]}
    assert found(here, nested) == ["Alpha"]


@pytest.mark.parametrize(
    "text", ["x' OR 1=1 --", "%", "_", "50%_off\\", "\\", "'", '"', ";DROP TABLE x", "{0}", "%s"]
)
def test_text_is_only_ever_text(here, rows, text):
    for op in ("eq", "contains", "starts"):
        expected = sorted(n for n in rows if slow(op, n, text, None))
        assert found(here, {"field": "name", "op": op, "value": text}) == expected


BAD = [
    ("{", "/filter", "not_json"),
    ("nothing", "/filter", "not_json"),
    ("[" * 100_000, "/filter", "not_json"),
    ('{"and":' * 50_000, "/filter", "not_json"),
    ("[]", "/filter", "not_a_term"),
    ("null", "/filter", "not_a_term"),
    ('"x"', "/filter", "not_a_term"),
    ({}, "/filter", "not_a_term"),
    ({"or": []}, "/filter", "not_a_term"),
    ({"and": [{"and": []}]}, "/filter/and/0", "not_a_term"),
    ({"and": {}}, "/filter", "not_a_term"),
    ({"and": [], "or": []}, "/filter", "not_a_term"),
    ({"field": "name", "value": "x", "more": 1}, "/filter", "not_a_term"),
    ({"field": ["name"], "value": "x"}, "/filter", "not_a_term"),
    ({"and": [{"field": "nope", "value": 1}]}, "/filter/and/0/field", "field_unknown"),
    ({"field": "organisation_id", "value": "x"}, "/filter/field", "field_unknown"),
    ({"field": "name__icontains", "value": "x"}, "/filter/field", "field_unknown"),
    ({"field": "maker__organisation_id", "value": "x"}, "/filter/field", "field_unknown"),
    ({"field": "name", "op": "regex", "value": "("}, "/filter/op", "operator_unknown"),
    ({"field": "name", "op": ["eq"], "value": "x"}, "/filter/op", "operator_unknown"),
    ({"field": "name", "op": None, "value": "x"}, "/filter/op", "operator_unknown"),
    ({"field": "name", "value": 5}, "/filter/value", "value_wrong"),
    ({"field": "name", "value": "a\x00b"}, "/filter/value", "value_wrong"),
    ({"field": "name", "value": "a" * 501}, "/filter/value", "value_wrong"),
    ({"field": "name", "op": "in", "value": "a"}, "/filter/value", "value_wrong"),
    ({"field": "name", "op": "in", "value": ["a"] * 501}, "/filter/value", "value_wrong"),
    ({"field": "name", "op": "in", "value": ["a", None]}, "/filter/value/1", "value_wrong"),
    ({"field": "name", "op": "is_null", "value": "yes"}, "/filter/value", "value_wrong"),
    ({"field": "count", "value": "many"}, "/filter/value", "value_wrong"),
    ({"field": "count", "value": True}, "/filter/value", "value_wrong"),
    ({"field": "count", "value": 2**63}, "/filter/value", "value_wrong"),
    ({"field": "count", "value": "9" * 5000}, "/filter/value", "value_wrong"),
    ({"field": "count", "op": "between", "value": [1]}, "/filter/value", "value_wrong"),
    ({"field": "amount", "value": "NaN"}, "/filter/value", "value_wrong"),
    ({"field": "amount", "value": "1e30"}, "/filter/value", "value_wrong"),
    ({"field": "amount", "value": [1]}, "/filter/value", "value_wrong"),
    ({"field": "is_good", "value": 1}, "/filter/value", "value_wrong"),
    ({"field": "made_on", "op": "lt", "value": "2026-02-30"}, "/filter/value", "value_wrong"),
    ({"field": "seen_at", "op": "lt", "value": "2026-02-01T00:00:00"}, "/filter/value", "value_wrong"),
    ({"field": "seen_at", "op": "lt", "value": "0001-01-01T00:00:00+14:00"}, "/filter/value", "value_wrong"),
    ({"field": "seen_at", "op": "gt", "value": "9999-12-31T23:59:59-14:00"}, "/filter/value", "value_wrong"),
    ({"field": "grade", "value": "superb"}, "/filter/value", "value_wrong"),
    ({"field": "id", "value": "x"}, "/filter/value", "value_wrong"),
    ({"field": "id", "value": 5}, "/filter/value", "value_wrong"),
]


@pytest.mark.parametrize(
    ("tree", "pointer", "code"), BAD, ids=[f"{c}-{i}" for i, (_, _, c) in enumerate(BAD)]
)
def test_what_is_no_filter_is_refused_where_it_is_wrong(here, rows, tree, pointer, code):
    with pytest.raises(Invalid) as refused:
        found(here, tree)
    assert [(e.pointer, e.code) for e in refused.value.errors] == [(pointer, f"filter.{code}")]


def test_a_filter_has_an_end(here):
    wide = {"or": [{"field": "count", "value": n} for n in range(filters.MAX_TERMS)]}
    deep: Any = {"field": "count", "value": 1}
    for _ in range(filters.MAX_DEPTH + 1):
        deep = {"and": [deep]}
    for tree in (wide, deep):
        with pytest.raises(Invalid) as refused:
            found(here, tree)
        assert refused.value.errors[0].code == "filter.too_large"
