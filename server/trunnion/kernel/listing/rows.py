"""The rows of a query as tuples: what the database gave becomes Python's values by the column, not by the cell."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet


def fetch(rows: "QuerySet[Any, Any]") -> list[tuple[Any, ...]]:
    """The same as `list(rows)` of a `values_list`.

    Django converts cell by cell through three calls each, which is most of the time that a list of a hundred takes
    on SQLite, where instants and ids come as text.
    """
    compiler = rows.query.get_compiler(rows.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return []
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, parameters)
        found = cursor.fetchall()
    wanted = compiler.get_converters([selected[0] for selected in compiler.select[: compiler.col_count]])
    if not found or not wanted:
        return found
    columns = list(zip(*found, strict=True))
    for position, (converters, expression) in wanted.items():
        for convert in converters:
            columns[position] = _converted(columns[position], convert, expression, compiler.connection)
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
