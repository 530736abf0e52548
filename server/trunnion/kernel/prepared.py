"""Reads that are put together once: a query of the ORM kept as its statement, for what is asked all the time."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from .plans import keeping_cursor

Table = list[tuple[Any, ...]]
Lengths = tuple[int, ...]
LONGEST_KEPT = 12


class Conversions:
    """Which columns of a put together query become Python's values in which ways; by the column, not by the cell.

    Django finds out anew at each run and converts cell by cell through three calls each, which is most of the time
    that a list of a hundred takes on SQLite, where instants and ids come as text.
    """

    def __init__(self, compiler: Any) -> None:
        self._ways = compiler.get_converters([s[0] for s in compiler.select[: compiler.col_count]])

    def of(self, found: Table, connection: Any) -> Table:
        """The rows as the fields' own types have them."""
        if not found or not self._ways:
            return found
        columns = list(zip(*found, strict=True))
        for position, (converters, expression) in self._ways.items():
            for convert in converters:
                columns[position] = _converted(columns[position], convert, expression, connection)
        return list(zip(*columns, strict=True))


def _converted(cells: Any, convert: Callable[..., Any], expression: Any, connection: Any) -> tuple[Any, ...]:
    if convert == getattr(connection.ops, "convert_uuidfield_value", None):
        return tuple(msgspec.convert(cells, list[UUID | None]))
    if convert == getattr(connection.ops, "convert_datetimefield_value", None):
        # The connection has read most of them with their zone already.
        return tuple(
            c if c is None or (type(c) is datetime and c.tzinfo) else convert(c, expression, connection)
            for c in cells
        )
    return tuple(convert(c, expression, connection) for c in cells)


class Prepared:
    """A `values_list` whose questions alone change; on small reads, putting it together costs more than running it.

    `build` gets a stand-in for each question, which it must use as it is: as the value of a filter, or for a list of
    values (its kind is `list[UUID]` or `list[str]`) as that of an `__in`. A list must not be empty; the statement is
    kept for each length of a short one.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], **kinds: Any) -> None:
        self._build = build
        self._kinds = kinds
        # A put together query belongs to a connection, and that to a thread.
        self._kept = threading.local()

    def rows(self, **asked: Any) -> Table:
        """The rows for these questions."""
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self._kept, "connection", None) is not connection:
            self._kept.connection, self._kept.statements = connection, {}
        lengths = tuple(len(value) for value in asked.values() if isinstance(value, list))
        statement = self._kept.statements.get(lengths)
        if statement is None:
            statement = _Statement(self._build, self._kinds, lengths)
            if sum(lengths) <= LONGEST_KEPT:
                self._kept.statements[lengths] = statement
        found: Table = statement.run(connection, asked)
        return found


class _Statement:
    """One query, put together, with the places of its questions."""

    def __init__(
        self, build: Callable[..., "QuerySet[Any, Any]"], kinds: dict[str, Any], lengths: Lengths
    ) -> None:
        stand_ins = _stand_ins(kinds, lengths)
        self._compiler = build(**stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, parameters = self._compiler.as_sql()
        self._conversions = Conversions(self._compiler)
        places = {}
        for name, value in stand_ins.items():
            for number, single in enumerate(value if isinstance(value, list) else [value]):
                places[_stored(self._compiler.connection, single)] = (name, number)
        self._parameters = [
            places.get(p, (None, p)) if isinstance(p, str | UUID) else (None, p) for p in parameters
        ]
        missing = set(places.values()) - {place for place in self._parameters if place[0]}
        if missing:
            raise ValueError(f"a prepared read does not use {sorted(missing)}")

    def run(self, connection: Any, asked: dict[str, Any]) -> Table:
        values: list[Any] = []
        held: Any
        for name, held in self._parameters:
            value = asked[name] if name else held
            values.append(_stored(connection, value[held] if name and isinstance(value, list) else value))
        with keeping_cursor(connection) as cursor:
            cursor.execute(self._sql, values)
            return self._conversions.of(cursor.fetchall(), connection)


def _stand_ins(kinds: dict[str, Any], lengths: Lengths) -> dict[str, Any]:
    counted, made, number = iter(lengths), {}, 0
    for name, kind in kinds.items():
        singles = []
        is_list = kind not in (UUID, str)
        for _ in range(next(counted) if is_list else 1):
            number += 1
            is_id = kind in (UUID, list[UUID])
            singles.append(UUID(int=(0x7E57 << 112) + number) if is_id else f"\x02{number}\x02")
        made[name] = singles if is_list else singles[0]
    return made


def as_id(value: Any) -> UUID:
    """An id as the statements take it; a field may have been given its text."""
    return value if isinstance(value, UUID) else UUID(value)


def _stored(connection: Any, value: Any) -> Any:
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
