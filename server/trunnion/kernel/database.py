"""The two databases' own ways: one writer at a time on SQLite, a scoped transaction for reads on PostgreSQL."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.signals import connection_created

# SQLite lets one connection write; waiting for a lock in Python is fairer and cheaper than polling its busy handler.
_writer = threading.RLock()
CHECKPOINT_EVERY = 1000
_writes = itertools.count(1)


@contextmanager
def writing() -> Iterator[None]:
    """Holds the right to write for the length of a transaction (SQLite only; PostgreSQL has many writers)."""
    if connection.vendor != "sqlite":
        yield
        return
    with _writer:
        yield
        _checkpoint_sometimes()


def _checkpoint_sometimes() -> None:
    # Checkpoints happen under the writers' lock only: versions before 3.51.3 can corrupt the file otherwise.
    if next(_writes) % CHECKPOINT_EVERY == 0 and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


@contextmanager
def reading(organisation_id: Any) -> Iterator[None]:
    """A transaction in which PostgreSQL shows one organisation's rows; nothing on SQLite, where reads need none."""
    if connection.vendor != "postgresql":
        yield
        return
    from .journal import enter_organisation

    with transaction.atomic():
        enter_organisation(organisation_id)
        yield


def ping() -> None:
    """Raises when the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def prepare_connection(connection: Any, **_: Any) -> None:
    """Sets a fresh SQLite connection up: durable commits, foreign keys, no checkpoint behind our back."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_autocheckpoint=0")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute("PRAGMA mmap_size=0")
        cursor.execute("PRAGMA temp_store=MEMORY")


connection_created.connect(prepare_connection)
