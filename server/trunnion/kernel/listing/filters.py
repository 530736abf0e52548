"""The filter grammar: a small total language of and/or over typed comparisons, refused in words where it is wrong."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q

from trunnion.kernel.errors import Invalid

from .columns import OPERATORS, Column, Listing, Type

MAX_DEPTH = 6
MAX_TERMS = 60
MAX_VALUES = 500
LOOKUPS = {
    "eq": "", "in": "__in", "lt": "__lt", "lte": "__lte", "gt": "__gt", "gte": "__gte", "contains": "__icontains",
    "starts": "__istartswith", "is_null": "__isnull", "between": "__range",
}  # fmt: skip


def parse(listing: Listing, text: str | None) -> Q:
    """The condition that a filter text asks for; raises Invalid that names the term."""
    if not text:
        return Q()
    try:
        tree = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise Invalid.field("/filter", "filter.not_json") from None
    counter = [0]
    return _node(listing, tree, "/filter", 0, counter)


def _node(listing: Listing, node: Any, pointer: str, depth: int, counter: list[int]) -> Q:
    counter[0] += 1
    if depth > MAX_DEPTH or counter[0] > MAX_TERMS:
        raise Invalid.field(pointer, "filter.too_large", most_terms=MAX_TERMS, most_depth=MAX_DEPTH)
    if not isinstance(node, dict):
        raise Invalid.field(pointer, "filter.not_a_term")
    for joiner in ("and", "or"):
        if joiner in node:
            if len(node) != 1 or not isinstance(node[joiner], list):
                raise Invalid.field(pointer, "filter.not_a_term")
            return _joined(listing, joiner, node[joiner], pointer, depth, counter)
    return _term(listing, node, pointer)


def _joined(
    listing: Listing, joiner: str, parts: list[Any], pointer: str, depth: int, counter: list[int]
) -> Q:
    if not parts and (joiner == "or" or depth):
        raise Invalid.field(pointer, "filter.not_a_term")
    found = Q()
    for index, part in enumerate(parts):
        one = _node(listing, part, f"{pointer}/{joiner}/{index}", depth + 1, counter)
        found = (found & one) if joiner == "and" else (found | one)
    return found


def _term(listing: Listing, node: dict[str, Any], pointer: str) -> Q:
    if set(node) - {"field", "op", "value"} or not isinstance(node.get("field"), str):
        raise Invalid.field(pointer, "filter.not_a_term")
    column = listing.column(node["field"])
    if column is None or not column.filter:
        known = [c.key for c in listing.columns if c.filter]
        raise Invalid.field(f"{pointer}/field", "filter.field_unknown", field=node["field"], known=known)
    operator = node.get("op", "eq")
    if operator not in OPERATORS[column.type]:
        legal = list(OPERATORS[column.type])
        raise Invalid.field(f"{pointer}/op", "filter.operator_unknown", op=str(operator), legal=legal)
    value = _operand(column, operator, node.get("value"), f"{pointer}/value")
    if column.match is not None:
        return column.match(operator, value)
    if operator == "ne":
        return ~Q(**{column.source: value})
    return Q(**{f"{column.source}{LOOKUPS[operator]}": value})


def _operand(column: Column, operator: str, value: Any, pointer: str) -> Any:
    if operator == "is_null":
        if not isinstance(value, bool):
            raise Invalid.field(pointer, "filter.value_wrong", expected="boolean")
        return value
    if operator in ("in", "between"):
        if (
            not isinstance(value, list)
            or len(value) > MAX_VALUES
            or (operator == "between" and len(value) != 2)
        ):
            raise Invalid.field(pointer, "filter.value_wrong", expected="list")
        return [_value(column, v, f"{pointer}/{i}") for i, v in enumerate(value)]
    return _value(column, value, pointer)


def _value(column: Column, value: Any, pointer: str) -> Any:
    try:
        return _CONVERT[column.type](column, value)
    except (ValueError, TypeError, InvalidOperation, OverflowError):
        known = [c.value for c in column.choices or column.options]
        expected: Any = known or column.type
        raise Invalid.field(pointer, "filter.value_wrong", expected=expected) from None


def _text(_: Column, value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value or len(value) > 500:
        raise ValueError
    return value


def _number(_: Column, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)) or abs(int(value)) >= 2**63:
        raise ValueError
    return int(value)


def _decimal(_: Column, value: Any) -> Decimal:
    found = Decimal(str(value))
    if isinstance(value, bool) or not found.is_finite() or abs(found) > 10**12:
        raise ValueError
    return found


def _boolean(_: Column, value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _choice(column: Column, value: Any) -> str:
    if column.options and value not in {o.value for o in column.options}:
        raise ValueError
    return column.choices(value).value if column.choices else _text(column, value)


def _id(_: Column, value: Any) -> UUID:
    if not isinstance(value, str):
        raise TypeError
    return UUID(value)


def _instant(_: Column, value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError
    # In UTC at once: an instant next to the end of the calendar has none, and is refused here.
    return found.astimezone(UTC)


_CONVERT: dict[Type, Any] = {
    Type.ID: _id,
    Type.REFERENCE: _id,
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.DECIMAL: _decimal,
    Type.BOOLEAN: _boolean,
    Type.DATE: lambda _, v: date.fromisoformat(v),
    Type.INSTANT: _instant,
    Type.CHOICE: _choice,
    Type.LIST: _choice,
}
