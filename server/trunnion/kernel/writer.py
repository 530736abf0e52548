"""Rows written by statements that are put together once for each table; the ORM's own way costs five times as much.

Values pass through the fields' own preparation, so that what is stored is what the ORM would have stored.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, connections, models

from .encoding import encode
from .plans import keeping_cursor

# Values that are equal are stored alike only where they are of one of these types, each by itself.
_REPEATING = {datetime, date, UUID, type(None)}
Prepare = Callable[[Any], Any]
# How many rows one statement holds on SQLite.
AT_ONCE = 5000
# What these ways of preparing a value give back unchanged, when it is of this very type.
_AS_IS: dict[Any, type] = {
    models.CharField.get_prep_value: str, models.TextField.get_prep_value: str,
    models.IntegerField.get_prep_value: int, models.BooleanField.get_prep_value: bool,
}  # fmt: skip


@cache
def _insert_of(alias: str, model: type[models.Model]) -> tuple[str, list[tuple[str, Prepare]]]:
    fields = [
        f for f in model._meta.concrete_fields if not (f.primary_key and isinstance(f, models.AutoField))
    ]
    columns = ", ".join(f'"{f.column}"' for f in fields)
    places = ", ".join(_place(alias, f) for f in fields)
    statement = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places})'
    return statement, [(f.attname, _preparation(alias, f)) for f in fields]


@cache
def _update_of(
    alias: str, model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, list[tuple[str, Prepare]]]:
    by_name = {f.attname: f for f in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    columns = ", ".join(f'"{f.column}" = {_place(alias, f)}' for f in fields)
    statement = f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s AND version = %s'
    return statement, [(f.attname, _preparation(alias, f)) for f in fields]


def _place(alias: str, field: Any) -> str:
    is_json = isinstance(field, models.JSONField)
    return "%s::jsonb" if is_json and connections[alias].vendor == "postgresql" else "%s"


def _preparation(alias: str, field: Any) -> Prepare:
    """How a value of a field is stored: the shortest way for plain values, the field's own for all others."""

    def prepared(value: Any) -> Any:
        # The connection itself: its proxy would be asked anew for each value.
        return None if value is None else field.get_db_prep_save(value, connections[alias])

    if isinstance(field, models.UUIDField) and not connections[alias].features.has_native_uuid_field:
        return lambda value: value.hex if type(value) is UUID else prepared(value)
    if isinstance(field, models.DateTimeField) and connections[alias].vendor == "sqlite":
        return lambda value: _instant(value) or prepared(value)
    plain = _AS_IS.get(type(field).get_prep_value)
    return (lambda value: value if type(value) is plain else prepared(value)) if plain else prepared


def _instant(value: Any) -> str | None:
    """An instant in UTC as SQLite keeps it; None for anything else."""
    return str(value.replace(tzinfo=None)) if type(value) is datetime and value.tzinfo is UTC else None


def _values(row: Any, fields: Sequence[tuple[str, Prepare]]) -> list[Any]:
    held = row.__dict__
    return [prepare(held.get(name)) for name, prepare in fields]


def _table(row: Any) -> type[models.Model]:
    return type(row)


def insert(row: Any) -> None:
    """Stores a new row."""
    statement, fields = _insert_of(connection.alias, _table(row))
    with keeping_cursor(connection) as cursor:
        cursor.execute(statement, _values(row, fields))
    row._state.adding = False
    row._state.db = connection.alias


def insert_many(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Stores many new rows of one table, in their order."""
    if not rows:
        return
    alias = connection.alias
    _, fields = _insert_of(alias, model)
    held = [row.__dict__ for row in rows]
    # Column by column: most hold values of one type, which need nothing done to them one by one.
    _send(model, list(zip(*(_column(held, name, prepare) for name, prepare in fields), strict=True)))
    for row in rows:
        row._state.adding = False
        row._state.db = alias


def insert_plain(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Stores many rows of a table of the kernel's own, given as values in the order of its columns without the key."""
    _, fields = _insert_of(connection.alias, model)
    ways = [prepare for _, prepare in fields]
    _send(model, [[w(v) for w, v in zip(ways, row, strict=True)] for row in rows])


def _column(held: Sequence[dict[str, Any]], name: str, prepare: Prepare) -> list[Any]:
    """The values of one column; what comes again and again, such as the instant of a batch, is prepared once."""
    values = [row.get(name) for row in held]
    kinds = set(map(type, values))
    if kinds == {type(None)}:
        return values
    if kinds <= _REPEATING and len(set(values)) * 4 <= len(values):
        ready = {value: prepare(value) for value in set(values)}
        return [ready[value] for value in values]
    return [prepare(value) for value in values]


def _send(model: type[models.Model], values: list[Sequence[Any]]) -> None:
    if connection.vendor == "sqlite":
        _send_as_one(model, values)
        return
    with keeping_cursor(connection) as cursor:
        cursor.executemany(_insert_of(connection.alias, model)[0], values)


def _send_as_one(model: type[models.Model], values: list[Sequence[Any]]) -> None:
    """Many rows in few statements, for SQLite.

    With triggers on the table each statement keeps a journal of its own, and inside a savepoint to close that one
    takes the longer the more pages the savepoint has touched: a statement for each row becomes quadratic.
    """
    statement = _insert_from_json_of(connection.alias, model)
    with connection.cursor() as cursor:
        for start in range(0, len(values), AT_ONCE):
            cursor.execute(statement, [encode(values[start : start + AT_ONCE]).decode()])


@cache
def _insert_from_json_of(alias: str, model: type[models.Model]) -> str:
    head = _insert_of(alias, model)[0].partition(" VALUES ")[0]
    picked = ", ".join(f"value->>{i}" for i in range(len(_insert_of(alias, model)[1])))
    return f"{head} SELECT {picked} FROM json_each(%s)"


def insert_unless_there(row: Any) -> bool:
    """Stores a new row unless a unique one stands in its way, waiting for one that is being stored; says which."""
    statement, fields = _insert_of(connection.alias, _table(row))
    with keeping_cursor(connection) as cursor:
        cursor.execute(f"{statement} ON CONFLICT DO NOTHING", _values(row, fields))
        return cursor.rowcount == 1


def update(row: Any, names: Sequence[str], seen: int) -> bool:
    """Changes these columns of the row where it still has the version that was seen; returns whether it had."""
    statement, fields = _update_of(connection.alias, _table(row), tuple(names))
    key = type(row)._meta.pk.get_db_prep_value(row.pk, connection)
    with keeping_cursor(connection) as cursor:
        cursor.execute(statement, [*_values(row, fields), key, seen])
        return cursor.rowcount == 1


def update_many(model: type[models.Model], names: Sequence[str], rows: Sequence[Any]) -> None:
    """Changes these columns of rows that nobody else has a version of: what follows from other rows."""
    if not rows:
        return
    by_name = {f.attname: f for f in model._meta.concrete_fields}
    fields = [(name, _preparation(connection.alias, by_name[name])) for name in names]
    columns = ", ".join(f'"{by_name[n].column}" = {_place(connection.alias, by_name[n])}' for n in names)
    key: Any = model._meta.pk
    values = [[*_values(row, fields), key.get_db_prep_value(row.pk, connection)] for row in rows]
    with keeping_cursor(connection) as cursor:
        cursor.executemany(f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s', values)


def delete(row: Any) -> bool:
    """Removes the row where it still has the version that the caller holds; returns whether it had."""
    key = type(row)._meta.pk.get_db_prep_value(row.pk, connection)
    with keeping_cursor(connection) as cursor:
        cursor.execute(
            f'DELETE FROM "{type(row)._meta.db_table}" WHERE id = %s AND version = %s', [key, row.version]
        )
        return cursor.rowcount == 1
