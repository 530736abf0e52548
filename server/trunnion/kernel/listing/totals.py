"""What a listing comes to: how many rows and the sums of its columns, over all that matches and for each group."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
from django.db import DatabaseError
from django.db.models import Count, F, QuerySet, Sum

from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal

from . import page
from .columns import Column, Listing

# More groups than anybody reads: the largest are told, and that there are more.
MOST_GROUPS = 500


class Total(msgspec.Struct, frozen=True):
    """The sum of one column; money is summed for each currency apart, other numbers have none."""

    column: str
    value: Decimal
    currency: str | None = None


class Group(msgspec.Struct, frozen=True):
    """The rows that hold the same value: how many, and what their columns come to."""

    value: Any
    count: int
    totals: list[Total] = []


class Totals(msgspec.Struct, frozen=True):
    """A whole listing in figures; `is_cut` where only the largest groups are told."""

    count: int
    totals: list[Total] = []
    groups: list[Group] | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be counted and summed: the same filter and search as of a page, by which column, which columns."""

    filter: str | None = None
    search: str | None = None
    group: str | None = None
    columns: str | None = None


@dataclass(slots=True)
class _Sum:
    count: int = 0
    values: dict[tuple[str, str | None], Decimal] = field(default_factory=dict)


def totals(ctx: Context, listing: Listing, ask: Ask) -> Totals:
    """Counts and sums of what matches, in one query; in a second one where there are too many groups to add up."""
    listing = listing.extended(ctx, f"{ask.columns} {ask.group} {ask.filter}")
    summed = _summed(listing, ask.columns)
    by = _by(listing, ask.group)
    rows = page.matching(ctx, listing, page.Ask(ask.filter, ask.search))
    if by is None:
        return _told(_read(listing, rows, summed, None)[0])
    groups, is_cut = _read(listing, rows, summed, by)
    whole = _read(listing, rows, summed, None)[0] if is_cut else groups
    told = [Group(value, one.count, _totals(one)) for value, one in groups.items()]
    told.sort(key=lambda one: -one.count)
    return msgspec.structs.replace(_told(whole), groups=told, is_cut=is_cut)


def _summed(listing: Listing, wanted: str | None) -> list[Column]:
    if wanted is None:
        return [c for c in listing.columns if c.summed and not c.hidden]
    return [c for c in page.shown(listing, wanted) if c.summed]


def _by(listing: Listing, key: str | None) -> Column | None:
    if not key:
        return None
    column = listing.column(key)
    if column is None or not column.is_groupable:
        known = [c.key for c in listing.columns if c.is_groupable]
        raise Invalid.field("/group", "listing.not_groupable", field=key, known=known)
    return column


def _read(
    listing: Listing, rows: "QuerySet[Any]", summed: list[Column], by: Column | None
) -> tuple[dict[Any, _Sum], bool]:
    """Each group's figures; rows are counted for each currency apart and added up here."""
    currencies = list(dict.fromkeys(c.currency for c in summed if c.currency))
    names = {f"sum_{i}": column for i, column in enumerate(summed)}
    own: dict[str, Any] = {f"currency_{i}": _value(listing.column(key)) for i, key in enumerate(currencies)}
    if by is not None:
        own["grouped_by"] = _value(by)
    sums = {name: Sum(f"of_{name}") for name in names}
    asked = rows.order_by().annotate(**own, **{f"of_{name}": _value(c) for name, c in names.items()})
    # Without anything to group by, a constant that every row shares.
    asked = asked.values(*own) if own else asked.values("organisation_id")
    asked = asked.annotate(row_count=Count("id"), **sums).order_by("-row_count")
    # A group is a row for each currency that it holds.
    most = (MOST_GROUPS + 1) * max(1, 8 * len(currencies)) if by is not None else None
    try:
        found = list(asked[:most] if most else asked)
    except DatabaseError as error:
        if "overflow" in str(error) or "out of range" in str(error):
            raise Refusal("listing.total_too_large") from error
        raise
    groups: dict[Any, _Sum] = {}
    for row in found:
        one = groups.setdefault(row.get("grouped_by"), _Sum())
        one.count += row["row_count"]
        for name, column in names.items():
            if row[name] is not None:
                currency = row[f"currency_{currencies.index(column.currency)}"] if column.currency else None
                place = (column.key, currency)
                one.values[place] = one.values.get(place, Decimal(0)) + Decimal(row[name])
    is_cut = len(groups) > MOST_GROUPS or (most is not None and len(found) == most)
    if is_cut:
        largest = sorted(groups, key=lambda value: -groups[value].count)[:MOST_GROUPS]
        groups = {value: groups[value] for value in largest}
    return groups, is_cut


def _value(column: Column | None) -> Any:
    if column is None:
        raise ValueError("a column that the listing does not have")
    return column.ranking.of_record() if column.fill is not None and column.ranking else F(column.source)


def _told(groups: dict[Any, _Sum]) -> Totals:
    whole = _Sum()
    for one in groups.values():
        whole.count += one.count
        for place, value in one.values.items():
            whole.values[place] = whole.values.get(place, Decimal(0)) + value
    return Totals(whole.count, _totals(whole))


def _totals(one: _Sum) -> list[Total]:
    ordered = sorted(one.values.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    return [Total(column, value, currency) for (column, currency), value in ordered]
