"""Cursors for statements that come again and again word for word: PostgreSQL plans each once for a connection.

Planning the eleven joins of an order's page takes five times as long as finding it. The ORM's own cursors put values
into the text, so that no two statements are alike; these send them beside it. Not for lists: how rare a value is may
decide which index is right, and a plan that is kept does not look at it.
"""

from functools import cache
from typing import Any

from django.db.backends.signals import connection_created

# So many plans a connection keeps; the one that was not used for longest makes way.
MOST = 300
# Only what asks for it is kept, however often the rest comes.
NEVER_BY_ITSELF = 1_000_000_000


def keeping_cursor(connection: Any) -> Any:
    """A cursor of this connection, like any other to whoever uses it."""
    # Whoever looks on sees statements with their values in them, which these do not have.
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    return connection._prepare_cursor(_keeping()(connection.connection))


@cache
def _keeping() -> type[Any]:
    # Only where PostgreSQL is used is its library loaded.
    from psycopg import Cursor

    class Keeping(Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            return super().execute(query, params, **{"prepare": True, **options})

    return Keeping


def _allow(connection: Any, **_: Any) -> None:
    # Django forbids it, because some poolers hand a connection from one client to the next with its plans.
    if connection.vendor == "postgresql":
        connection.connection.prepare_threshold = NEVER_BY_ITSELF
        connection.connection.prepared_max = MOST


connection_created.connect(_allow)
