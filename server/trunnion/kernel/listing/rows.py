"""The rows of a query as tuples, and the statements of those that are asked for again and again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from trunnion.kernel.prepared import Conversions, Table

MOST_KEPT = 200


class Statement:
    """A `values_list` put together: its SQL, and which ways its columns become Python's values."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        compiler = rows.query.get_compiler(rows.db)
        self._alias = rows.db
        try:
            self._asked = compiler.as_sql()
        except EmptyResultSet:
            self._asked = None
            return
        self._conversions = Conversions(compiler)

    def run(self) -> Table:
        """The rows as they are now."""
        if self._asked is None:
            return []
        connection = connections[self._alias]
        with connection.cursor() as cursor:
            cursor.execute(*self._asked)
            return self._conversions.of(cursor.fetchall(), connection)


class Kept:
    """Statements by what they answer, those used longest ago forgotten; each thread has its own connection."""

    def __init__(self) -> None:
        self._local = threading.local()

    def run(self, key: Hashable, build: Callable[[], "QuerySet[Any, Any]"]) -> Table:
        """The rows of the query that `build` puts together when its statement is not kept yet."""
        statements = self._of_connection()
        statement = statements.pop(key, None) or Statement(build())
        statements[key] = statement
        if len(statements) > MOST_KEPT:
            statements.popitem(last=False)
        return statement.run()

    def _of_connection(self) -> "OrderedDict[Hashable, Statement]":
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self._local, "connection", None) is not connection:
            self._local.connection, self._local.statements = connection, OrderedDict()
        found: OrderedDict[Hashable, Statement] = self._local.statements
        return found


def fetch(rows: "QuerySet[Any, Any]") -> Table:
    """The same as `list(rows)` of a `values_list`."""
    return Statement(rows).run()
