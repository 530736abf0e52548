"""The order of a listing's rows: which come first, which stand behind a cursor, in parts that an index has."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet

from . import marks
from .columns import Ranking


@dataclass(frozen=True, slots=True)
class Order:
    """One term of the order: which path, which way, and whether rows can be without a value there."""

    path: str
    descending: bool
    ranking: Ranking | None = None
    is_nullable: bool = False


@cache
def may_be_null(model: type[Model], path: str) -> bool:
    """Whether a path can lead to no value; what is computed always may."""
    table: Any = model
    for part in path.split("__"):
        try:
            field = table._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if not field.concrete or field.null:
            return True
        table = field.related_model
    return False


def part_count(order: list[Order]) -> int:
    """In how many parts the rows come."""
    return 2 if _is_split(order[0]) else 1


def parts(
    rows: "QuerySet[Any]", order: list[Order], cursor: str | None, back: bool
) -> Iterator["QuerySet[Any]"]:
    """The rows behind the cursor, or those before it in the opposite order: one part after the other.

    Rows without a value stand last whichever way the order goes. No index has them so in both directions; therefore
    those with a value and those without are asked for in turn, each in an order that an index has.
    """
    values = marks.read(cursor, len(order))
    first = order[0]
    if not _is_split(first):
        yield _ordered(rows, order, values, back)
        return
    has_value = [Order(first.path, first.descending), *order[1:]]
    is_beyond = values is not None and values[0] is None
    held = rows.filter(**{f"{first.path}__isnull": False})
    bare = rows.filter(**{f"{first.path}__isnull": True})
    if not back:
        if not is_beyond:
            yield _ordered(held, has_value, values, back)
        yield _ordered(bare, order[1:], values[1:] if values and is_beyond else None, back)
        return
    if values is None or is_beyond:
        yield _ordered(bare, order[1:], values[1:] if values else None, back)
    yield _ordered(held, has_value, None if is_beyond else values, back)


def _is_split(first: Order) -> bool:
    # What lies in another table has no index together with this one's rows.
    return first.is_nullable and first.ranking is None and "__" not in first.path


def _ordered(
    rows: "QuerySet[Any]", order: list[Order], values: list[Any] | None, back: bool
) -> "QuerySet[Any]":
    return _after(rows, order, values, back).order_by(*(_term(o, back) for o in order))


def _term(order: Order, back: bool) -> Any:
    path = F(order.path)
    descending = order.descending != back
    if not order.is_nullable:
        return path.desc() if descending else path.asc()
    nulls = {"nulls_first": True} if back else {"nulls_last": True}
    return path.desc(**nulls) if descending else path.asc(**nulls)


def _after(
    rows: "QuerySet[Any]", order: list[Order], values: list[Any] | None, back: bool
) -> "QuerySet[Any]":
    """The rows behind these values: (a > x) or (a = x and b > y) or ..., with nulls standing last; or those before."""
    if values is None:
        return rows
    with marks.refusing():
        condition, equal = Q(), Q()
        for term, value in zip(order, values, strict=True):
            condition |= equal & (_before(term, value) if back else _beyond(term, value))
            equal &= Q(**{f"{term.path}__isnull": True}) if value is None else Q(**{term.path: value})
        first = order[0]
        if not first.is_nullable:
            # It follows from the rest, but only so does an index begin at the cursor instead of at the first row.
            condition &= Q(**{f"{first.path}__{'lte' if first.descending != back else 'gte'}": values[0]})
        return marks.compiled(rows.filter(condition))


def _beyond(term: Order, value: Any) -> Q:
    if value is None:
        return Q(pk__in=[])
    further = Q(**{f"{term.path}__{'lt' if term.descending else 'gt'}": value})
    return further | Q(**{f"{term.path}__isnull": True}) if term.is_nullable else further


def _before(term: Order, value: Any) -> Q:
    if value is None:
        return Q(**{f"{term.path}__isnull": False})
    return Q(**{f"{term.path}__{'gt' if term.descending else 'lt'}": value})
