"""One moment of the database, read by a connection of its own while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def snapshot() -> Iterator[Any]:
    """A connection that sees the database as it is now, however long the block takes; it can write nothing."""
    own = connections[DEFAULT_DB_ALIAS].copy()
    try:
        with own.cursor() as cursor:
            if own.vendor == "postgresql":
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT 1")
            else:
                cursor.execute("PRAGMA query_only=ON")
                cursor.execute("BEGIN")
                # The moment is the first read, not the beginning.
                cursor.execute("SELECT count(*) FROM sqlite_master")
        yield own
    finally:
        own.close()


def show(connection: Any, organisation_id: UUID) -> None:
    """Says for which organisation this connection reads; row security shows no other on PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('trunnion.organisation', %s, true)", [str(organisation_id)])


def key(connection: Any, value: UUID) -> Any:
    """An id as this database keeps it."""
    return value if connection.vendor == "postgresql" else value.hex
