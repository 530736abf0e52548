"""Rows on their way in: checked line by line, stored in bulk, all in one transaction of the caller's."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from django.db import DataError, IntegrityError

from trunnion.kernel import walls
from trunnion.kernel.errors import Refusal
from trunnion.kernel.models import SearchText
from trunnion.kernel.search import words_for

from .shape import Table, row_type, tables, way_in
from .snapshot import key

STEP = 5000
Watch = Callable[[Any], None]


class BadRow(Refusal):
    """A row that is not of its table's shape (422): which line, and what is wrong with it."""

    status = 422

    def __init__(self, table: Table, line: int, reason: str) -> None:
        super().__init__("archive.row_unfit", table=table.name, line=line, reason=reason)


def rows(
    table: Table, lines: Iterable[bytes], organisation_id: UUID | None, *, lenient: bool = False
) -> Iterator[Any]:
    """The checked rows of a member; none of another organisation passes."""
    decoder = msgspec.json.Decoder(row_type(table, lenient))
    for number, line in enumerate(lines, start=1):
        try:
            row = decoder.decode(line)
        except (msgspec.DecodeError, msgspec.ValidationError, ValueError) as fault:
            raise BadRow(table, number, str(fault)[:300]) from None
        if rb"\u0000" in line:
            raise BadRow(table, number, "NUL")
        if organisation_id is not None and table.is_owned and row.organisation_id != organisation_id:
            raise Refusal("archive.foreign_row", table=table.name, line=number)
        yield row


def store(connection: Any, table: Table, found: Iterable[Any], index: bool = True) -> int:
    """Stores rows of one table; returns how many. What the database itself refuses is told as a refusal."""
    ways = [(c.name, way_in(c.field, connection.vendor)) for c in table.columns]
    searched = getattr(table.model, "search_fields", ()) if index else ()
    stored = 0
    waiting = iter(found)
    while part := list(islice(waiting, STEP)):
        values = [[w(getattr(r, n)) if w else getattr(r, n) for n, w in ways] for r in part]
        try:
            _send(connection, table.model._meta.db_table, [c.column for c in table.columns], values)
            if searched:
                _index(connection, table.model, searched, part)
        except IntegrityError as fault:
            raise Refusal("archive.row_taken", table=table.name) from fault
        except (DataError, OverflowError) as fault:
            raise BadRow(table, stored + 1, str(fault)[:300]) from fault
        stored += len(part)
    return stored


def _send(connection: Any, name: str, columns: list[str], values: list[list[Any]]) -> None:
    listed = ", ".join(f'"{c}"' for c in columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        # PostgreSQL takes no COPY behind row security; its driver sends these in one go.
        cursor.executemany(f'INSERT INTO "{name}" ({listed}) VALUES ({places})', values)


def _index(connection: Any, model: Any, fields: tuple[str, ...], found: Iterable[Any]) -> None:
    texts = [
        [
            key(connection, r.organisation_id),
            model.kind,
            key(connection, r.id),
            words_for(model.kind, r, fields),
        ]
        for r in found
    ]
    columns = ["organisation_id", "kind", "row_id", "words"]
    _send(connection, SearchText._meta.db_table, columns, [line for line in texts if line[-1]])


@contextmanager
def walls_down(connection: Any) -> Iterator[None]:
    """Rows in any order: SQLite's walls are taken down inside the transaction and stand again at its end.

    They look at each row as it comes, where PostgreSQL's wait for the commit. `strays` looks at all rows afterwards.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'wall\\_%' ESCAPE '\\'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    walls.install()


def strays(connection: Any, organisation_id: UUID | None) -> None:
    """Refuses references that lead to nothing or into another organisation, named by table and field."""
    for table in tables(whole=organisation_id is None):
        for one in table.columns:
            if one.field.related_model is None:
                continue
            lost = _lost(connection, table, one, organisation_id)
            if lost:
                raise Refusal("archive.reference_lost", table=table.name, field=one.name, rows=lost)


def _lost(connection: Any, table: Table, one: Any, organisation_id: UUID | None) -> int:
    target = one.field.related_model._meta
    same = any(f.column == "organisation_id" for f in target.concrete_fields) and table.is_owned
    beside = " AND b.organisation_id = a.organisation_id" if same else ""
    own, values = "", []
    if organisation_id is not None and table.is_owned:
        own, values = " AND a.organisation_id = %s", [key(connection, organisation_id)]
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT count(*) FROM "{table.model._meta.db_table}" a LEFT JOIN "{target.db_table}" b'
            f' ON b."{target.pk.column}" = a."{one.column}"{beside}'
            f' WHERE a."{one.column}" IS NOT NULL AND b."{target.pk.column}" IS NULL{own}',
            values,
        )
        return int(cursor.fetchone()[0])
