"""Rows on their way out: one line of JSON each, the same on both databases, in one order."""

import hashlib
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any
from uuid import UUID

import msgspec

from trunnion.kernel.models import Entry, Job
from trunnion.kernel.models.jobs import JobState

from .shape import Table, tables, way_out
from .snapshot import key

STEP = 2000
Seen = Callable[[dict[str, Any]], None]
_encoder = msgspec.json.Encoder(decimal_format="string")
# What a job knows of the worker that had it means nothing in another place.
_RESTED = {"state": JobState.READY.value, "attempts": 0, "fence": 0, "leased_until": None}


def where(connection: Any, table: Table, organisation_id: UUID | None) -> tuple[str, list[Any]]:
    """Which rows of a table belong to an organisation; every row where none is named."""
    if organisation_id is None:
        return "TRUE", []
    own = key(connection, organisation_id)
    if not table.is_owned:
        asked = [
            f'SELECT "{column}" FROM "{source}" WHERE organisation_id = %s' for source, column in _from(table)
        ]
        return f"id = %s OR id IN ({' UNION '.join(asked) or 'NULL'})", [own] * (len(asked) + 1)
    if table.model is Job:
        return "organisation_id = %s AND state IN ('ready', 'running', 'parked')", [own]
    return "organisation_id = %s", [own]


def _from(table: Table) -> Iterator[tuple[str, str]]:
    # People and the like belong to an organisation when one of its own rows names them.
    for other in tables():
        for one in other.columns:
            if one.field.related_model is table.model and other.is_owned:
                yield other.model._meta.db_table, one.column


def count(connection: Any, table: Table, organisation_id: UUID | None) -> int:
    """How many rows of a table belong to an organisation."""
    condition, values = where(connection, table, organisation_id)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table.model._meta.db_table}" WHERE {condition}', values)
        return int(cursor.fetchone()[0])


def rows(
    connection: Any, table: Table, organisation_id: UUID | None, *, sign_ins: bool = False
) -> Iterator[dict[str, Any]]:
    """The rows of a table as they leave, in the order of their key."""
    return chain.from_iterable(batches(connection, table, organisation_id, sign_ins=sign_ins))


def batches(
    connection: Any, table: Table, organisation_id: UUID | None, *, sign_ins: bool = False
) -> Iterator[list[dict[str, Any]]]:
    """The same, some thousand at a time: packed and digested together they take half as long."""
    condition, values = where(connection, table, organisation_id)
    columns = ", ".join(f'"{c.column}"' for c in table.columns)
    order = "sequence NULLS LAST, id" if table.model is Entry else table.model._meta.pk.column
    names = [c.name for c in table.columns]
    ways = [(i, w) for i, c in enumerate(table.columns) if (w := way_out(c.field, connection.vendor))]
    fixed = _fixed(table, organisation_id, sign_ins)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f'SELECT {columns} FROM "{table.model._meta.db_table}" WHERE {condition} ORDER BY {order}', values
        )
        while found := cursor.fetchmany(STEP):
            batch = []
            for held in found:
                values = list(held)
                for i, way in ways:
                    if values[i] is not None:
                        values[i] = way(values[i])
                row = dict(zip(names, values, strict=True))
                if fixed:
                    row.update(fixed)
                batch.append(row)
            yield batch


def _fixed(table: Table, organisation_id: UUID | None, sign_ins: bool) -> dict[str, Any]:
    if organisation_id is None:
        return {}
    fixed: dict[str, Any] = {} if sign_ins else dict.fromkeys(table.secrets, "")
    if table.model is Job:
        fixed |= _RESTED
    for one in table.columns:
        # A person may have begun in another organisation; here they belong to this one.
        if getattr(one.field.related_model, "is_organisation", False):
            fixed[one.name] = str(organisation_id)
    return fixed


def line(row: dict[str, Any]) -> bytes:
    """A row as one line."""
    return _encoder.encode(row) + b"\n"


def lines(batch: list[dict[str, Any]]) -> bytes:
    """Rows as lines."""
    return _encoder.encode_lines(batch)


def digest(
    connection: Any, table: Table, organisation_id: UUID | None, seen: Seen | None = None
) -> tuple[int, str]:
    """How many rows there are, and one digest over all of them as they would leave, secrets included."""
    rolling, found = hashlib.sha256(), 0
    for batch in batches(connection, table, organisation_id, sign_ins=True):
        rolling.update(lines(batch))
        found += len(batch)
        if seen is not None:
            for row in batch:
                seen(row)
    return found, rolling.hexdigest()
