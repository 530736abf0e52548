"""A page in the order of values that lie in a table of their own: walked along that table's index, not sorted whole."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from .columns import Ranking
from .marks import compiled, refusing
from .ordering import Order
from .rows import fetch as fetch_rows


def fetch(
    rows: "QuerySet[Any]", order: Order, marks: list[Any] | None, most: int, told: list[F]
) -> list[tuple[Any, ...]]:
    """At most so many rows after the marks: those with a value in its order, then those without one by id.

    Each is what was asked for, then its value and id, which are the marks of the next page.
    """
    ranking = order.ranking
    if ranking is None:
        raise ValueError("an order without a ranking")
    held: dict[UUID, Any] = {}
    if marks is None or marks[0] is not None:
        held = dict(_with_value(rows, ranking, order, marks)[:most])
    if len(held) < most:
        after = marks[1] if marks is not None and marks[0] is None else None
        held |= dict.fromkeys(_without_value(rows, ranking, order, after)[: most - len(held)])
    found = {
        row[-1]: row[:-1] for row in fetch_rows(rows.filter(id__in=list(held)).values_list(*told, F("id")))
    }
    return [(*found[row_id], value, row_id) for row_id, value in held.items() if row_id in found]


def _with_value(
    rows: "QuerySet[Any]", ranking: Ranking, order: Order, marks: list[Any] | None
) -> "QuerySet[Any]":
    value, subject = ranking.value, ranking.subject
    held = ranking.rows.filter(**{f"{value}__isnull": False}).filter(
        Exists(rows.filter(id=OuterRef(subject)))
    )
    way = "lt" if order.descending else "gt"
    if marks is not None:
        with refusing():
            equal = Q(**{value: marks[0], f"{subject}__{way}": marks[1]})
            held = compiled(held.filter(Q(**{f"{value}__{way}": marks[0]}) | equal))
    sign = "-" if order.descending else ""
    return held.order_by(f"{sign}{value}", f"{sign}{subject}").values_list(subject, value)


def _without_value(rows: "QuerySet[Any]", ranking: Ranking, order: Order, after: Any) -> "QuerySet[Any]":
    held = ranking.rows.filter(**{f"{ranking.value}__isnull": False, ranking.subject: OuterRef("id")})
    bare = rows.filter(~Exists(held))
    if after is not None:
        with refusing():
            bare = compiled(bare.filter(**{f"id__{'lt' if order.descending else 'gt'}": after}))
    return bare.order_by("-id" if order.descending else "id").values_list("id", flat=True)
