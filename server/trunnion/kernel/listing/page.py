"""One page of a listing: one query over the shown columns, keyset paging, JSON without model objects."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from trunnion.kernel import mergeable, search
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.policies import sees_all, visible
from trunnion.kernel.prepared import Table

from . import filters, marks, ranked
from .columns import Column, Listing, Type
from .ordering import Order, may_be_null, part_count, parts
from .rows import Kept, fetch

MOST_ROWS = 500
ESTIMATE_UP_TO = 10_000
MOST_TERMS = 3
COUNTS = ("none", "estimated", "exact")
kept = Kept()


@dataclass(frozen=True, slots=True)
class Ask:
    """What a caller wants of a listing."""

    filter: str | None = None
    search: str | None = None
    sort: str | None = None
    limit: int = 50
    cursor: str | None = None
    count: str = "none"
    columns: str | None = None
    # The page that ends before the cursor, or the last one; its rows stand in the list's order like any other's.
    back: bool = False


def page(ctx: Context, listing: Listing, ask: Ask) -> dict[str, Any]:
    """The rows, the cursor of the next page (None at the end), and the count where it was asked for."""
    limit = min(max(ask.limit, 1), MOST_ROWS)
    listing = laid_out(ctx, listing, ask)
    picked = shown(listing, ask.columns)
    order = _order(listing, ask.sort)
    stored = [c for c in picked if c.fill is None]
    keys = [c.key for c in stored]
    places = _places(stored, order)
    if _is_plain(ctx, listing, ask):
        key = (ctx.organisation_id, listing.name, ask.filter, ask.sort, ask.columns, limit)
        found = _first_page(ctx, listing, ask, key, stored, order, limit)
        return _answer(ctx, picked, keys, places, found, limit, ask)
    rows = _narrowed(ctx, listing, ask)
    told = [F(c.source) for c in stored]
    if order[0].ranking is not None and len(order) == 2 and not ask.back:
        found = ranked.fetch(rows, order[0], marks.read(ask.cursor, len(order)), limit + 1, told)
        places = [len(told), len(told) + 1]
    else:
        rows = rows.annotate(**{o.path: o.ranking.of_record() for o in order if o.ranking is not None})
        found = _gathered(map(fetch, _paged(rows, stored, order, ask, limit)), limit)
    return _answer(ctx, picked, keys, places, found, limit, ask) | {"count": _count(rows, ask.count)}


def _gathered(found: Iterable[Table], limit: int) -> Table:
    """The rows of one part after the other, until there are enough to know whether more follow."""
    rows: Table = []
    for part in found:
        rows += part
        if len(rows) > limit:
            break
    return rows[: limit + 1]


def _first_page(
    ctx: Context, listing: Listing, ask: Ask, key: Any, stored: list[Column], order: list[Order], limit: int
) -> Table:
    def part(number: int) -> Any:
        return next(islice(_paged(_narrowed(ctx, listing, ask), stored, order, ask, limit), number, None))

    numbers = range(part_count(order))
    return _gathered((kept.run((key, number), partial(part, number)) for number in numbers), limit)


def _is_plain(ctx: Context, listing: Listing, ask: Ask) -> bool:
    """Whether nothing but the question itself decides what the first page's statement is.

    Boards, saved lists and pages that follow events ask the same again and again: putting a statement together takes
    as long as running it.
    """
    if (
        ask.cursor
        or ask.back
        or ask.search
        or ask.count != "none"
        or not listing.is_declared
        or listing.narrow
    ):
        return False
    matched = any(c.match for c in listing.columns if c.key in (ask.filter or ""))
    ranked = any(c.ranking for c in listing.columns if c.key in (ask.sort or listing.order))
    return not matched and not ranked and sees_all(ctx, listing.model)


def _paged(
    rows: "QuerySet[Any]", stored: list[Column], order: list[Order], ask: Ask, limit: int
) -> Iterator["QuerySet[Any, Any]"]:
    told = [c.source for c in stored]
    columns = [F(path) for path in [*told, *_unshown(told, order)]]
    for part in parts(rows, order, ask.cursor, ask.back):
        yield part.values_list(*columns)[: limit + 1]


def _unshown(told: list[str], order: list[Order]) -> list[str]:
    return [o.path for o in order if o.path not in told]


def _places(stored: list[Column], order: list[Order]) -> list[int]:
    """Where in a row the values stand that it was put in order by."""
    told = [c.source for c in stored]
    columns = [*told, *_unshown(told, order)]
    return [columns.index(o.path) for o in order]


def _answer(
    ctx: Context, picked: list[Column], keys: list[str], places: list[int], found: Table, limit: int, ask: Ask
) -> dict[str, Any]:
    cut = found[:limit][:: -1 if ask.back else 1]
    is_more = len(found) > limit
    edges = (
        [marks.written([row[place] for place in places]) for row in (cut[0], cut[-1])] if cut else [None] * 2
    )
    return {
        "rows": _filled(ctx, picked, [dict(zip(keys, row, strict=False)) for row in cut]),
        "next": edges[1] if (ask.cursor if ask.back else is_more) else None,
        "previous": edges[0] if (is_more if ask.back else ask.cursor) else None,
        "count": None,
    }


def _filled(ctx: Context, picked: list[Column], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what lies in other tables: a query for each room that adds columns, however many rows there are."""
    ids = [row["id"] for row in rows]
    wanted: dict[Any, list[str]] = {}
    for column in picked:
        if column.fill is not None:
            wanted.setdefault(column.fill, []).append(column.key)
    for fill, keys in wanted.items():
        for key, values in fill(ctx, ids, keys).items():
            for row in rows:
                row[key] = values.get(row["id"])
    return rows


def laid_out(ctx: Context, listing: Listing, ask: Ask) -> Listing:
    """The listing with those columns of the organisation's own that are asked for."""
    listing = listing.extended(ctx, f"{ask.columns} {ask.sort} {ask.filter}")
    return _with_merged(ctx, listing, ask.filter) if ask.filter else listing


def _with_merged(ctx: Context, listing: Listing, asked: str) -> Listing:
    """What a filter asks of a record holds of those that were merged into it as well."""
    found = {}
    for column in listing.columns:
        if column.type == Type.REFERENCE and column.match is None and f'"{column.key}"' in asked:
            found[column.key] = mergeable.matching(ctx, column.refers_to, column.source)
    if not any(found.values()):
        return listing
    columns = tuple(replace(c, match=found[c.key]) if found.get(c.key) else c for c in listing.columns)
    return replace(listing, columns=columns, is_declared=False)


def check(ctx: Context, listing: Listing, ask: Ask) -> None:
    """Refuses what cannot be asked of this listing."""
    listing = laid_out(ctx, listing, ask)
    shown(listing, ask.columns)
    _order(listing, ask.sort)
    filters.parse(listing, ask.filter)
    _check_count(ask.count)


def matching(ctx: Context, listing: Listing, ask: Ask) -> "QuerySet[Any]":
    """The rows that the actor may see and that match filter and search, unordered."""
    return _narrowed(ctx, laid_out(ctx, listing, ask), ask)


def _narrowed(ctx: Context, listing: Listing, ask: Ask) -> "QuerySet[Any]":
    rows: Any = visible(ctx, listing.model)
    computed = {c.key: c.path for c in listing.columns if c.path is not None and not isinstance(c.path, str)}
    if computed:
        rows = rows.annotate(**computed)
    rows = rows.filter(filters.parse(listing, ask.filter))
    if listing.narrow:
        rows = rows.filter(listing.narrow(ctx))
    if ask.search:
        found = search.matching(ctx.organisation_id, listing.model.kind, ask.search)
        if found is None:
            return rows.none()
        rows = rows.filter(id__in=RawSQL(*found))  # noqa: S611  (a constant statement with parameters)
    return rows


def shown(listing: Listing, columns: str | None, for_file: bool = False) -> list[Column]:
    """The columns that were asked for by their keys; where none were, those that a list shows, or a file holds."""
    if not columns:
        return [c for c in listing.columns if not c.hidden or (for_file and c.in_files)]
    wanted = ["id", *columns.split(",")]
    found = [listing.column(key) for key in dict.fromkeys(wanted)]
    if None in found:
        unknown = [k for k in wanted if listing.column(k) is None]
        raise Invalid.field("/columns", "listing.column_unknown", unknown=unknown)
    return [c for c in found if c is not None]


def _order(listing: Listing, sort: str | None) -> list[Order]:
    terms: list[Order] = []
    parts = (sort or listing.order).split(",")
    if len(parts) > MOST_TERMS:
        raise Invalid.field("/sort", "listing.sort_too_long", most=MOST_TERMS)
    for part in parts:
        key = part.removeprefix("-")
        column = listing.column(key)
        if column is None or column.sort is None:
            known = [c.key for c in listing.columns if c.sort]
            raise Invalid.field("/sort", "listing.not_sortable", field=key, known=known)
        is_nullable = may_be_null(listing.model, column.sort)
        terms.append(Order(column.sort, part.startswith("-"), column.ranking, is_nullable))
    # The id ends every order, so that no two rows are equal and no page repeats or skips one.
    return [*terms, Order("id", terms[0].descending)]


def _check_count(wanted: str) -> None:
    if wanted not in COUNTS:
        raise Invalid.field("/count", "listing.count_unknown", known=list(COUNTS))


def _count(rows: "QuerySet[Any]", wanted: str) -> dict[str, Any] | None:
    _check_count(wanted)
    if wanted == "exact":
        return {"value": rows.count(), "exact": True}
    if wanted == "estimated":
        # Counting stops where nobody reads the figure any more.
        seen = rows.order_by().values("id")[: ESTIMATE_UP_TO + 1].count()
        return {"value": min(seen, ESTIMATE_UP_TO), "exact": seen <= ESTIMATE_UP_TO}
    return None
