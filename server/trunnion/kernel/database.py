"""The two databases' own ways: one writer at a time on SQLite, a scoped transaction for reads on PostgreSQL."""

import itertools
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.backends.sqlite3 import base as _registered  # noqa: F401  (its ways of reading come first, ours over them)
from django.utils.dateparse import parse_datetime

from . import turns

# SQLite lets one connection write; waiting for a lock in Python is fairer and cheaper than polling its busy handler.
_writer = threading.RLock()
CHECKPOINT_EVERY = 1000
# Versions before this one can corrupt a WAL database when two connections checkpoint at once.
SQLITE_FIXED = (3, 51, 3)
# What was written and waits in the log makes every read slower that has to look for its page there.
LOG_MOST = 64 << 20
LOG_KEPT = 16 << 20
_writes = itertools.count(1)
_log_due = [LOG_MOST]


@contextmanager
def writing() -> Iterator[None]:
    """Holds the right to write for the length of a transaction (SQLite only; PostgreSQL has many writers)."""
    if connection.vendor != "sqlite":
        yield
        return
    with _alone():
        yield
    if not connection.in_atomic_block and _is_log_due():
        _checkpoint()


@contextmanager
def _alone() -> Iterator[None]:
    if not _writer.acquire(blocking=False):
        with turns.aside():
            _writer.acquire()
    try:
        yield
    finally:
        _writer.release()


def _is_log_due() -> bool:
    return next(_writes) % CHECKPOINT_EVERY == 0 or _log_bytes() >= _log_due[0]


def _log_bytes() -> int:
    try:
        return Path(f"{connection.settings_dict['NAME']}-wal").stat().st_size
    except OSError:
        return 0


def _checkpoint() -> None:
    # The disk's work is done while others write; the little that they added meanwhile under the writers' lock, so
    # that the log begins anew. Where two checkpoints could meet and do harm, all of it happens under the lock.
    if sqlite3.sqlite_version_info >= SQLITE_FIXED:
        with turns.aside():
            _move_log()
    with _alone():
        is_done = _move_log()
    # Where a reader still needs the log it cannot begin anew, and trying again at once would do no good.
    _log_due[0] = LOG_MOST if is_done else _log_bytes() + LOG_MOST


def _move_log() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _, in_log, moved = cursor.fetchone()
    return bool(in_log == moved)


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


@contextmanager
def references_looked_for() -> Iterator[None]:
    """For verbs that look themselves for whatever points at the rows that they remove.

    SQLite would look through whole tables for each removed row, because indexes begin with the organisation. The
    triggers that are the wall between organisations stay; nobody else may write meanwhile.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with writing():
        _check_references(on=False)
        try:
            yield
        finally:
            _check_references(on=True)


def _check_references(*, on: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def ping() -> None:
    """Raises when the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def prepare_connection(connection: Any, **_: Any) -> None:
    """Sets a fresh SQLite connection up: durable commits, foreign keys, no checkpoint behind our back."""
    if connection.vendor != "sqlite":
        return
    _commit_aside(connection)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_autocheckpoint=0")
        cursor.execute(f"PRAGMA journal_size_limit={LOG_KEPT}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute("PRAGMA mmap_size=0")
        cursor.execute("PRAGMA temp_store=MEMORY")


def _commit_aside(connection: Any) -> None:
    # While the disk is waited for, another thread may compute.
    plain = connection._commit
    if getattr(plain, "is_aside", False):
        return

    def commit() -> None:
        with turns.aside():
            plain()

    commit.is_aside = True  # type: ignore[attr-defined]
    connection._commit = commit


def read_instant(text: bytes) -> datetime | None:
    """A stored instant, with its zone at once: adding it later to each cell takes five times as long."""
    try:
        return datetime.fromisoformat(f"{text.decode()}+00:00")
    except ValueError:
        return parse_datetime(text.decode())


connection_created.connect(prepare_connection)
for _declared in ("datetime", "timestamp"):
    sqlite3.register_converter(_declared, read_instant)
