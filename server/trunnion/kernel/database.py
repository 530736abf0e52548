"""The two databases' own ways: one writer at a time on SQLite, a scoped transaction for reads on PostgreSQL."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.backends.sqlite3 import base as sqlite_base  # its ways of reading come first, ours over them
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX
from django.utils.dateparse import parse_datetime

from . import turns
from .write_ahead import KEPT, WriteAheadLog

# SQLite lets one connection write; waiting for a lock in Python is fairer and cheaper than polling its busy handler.
_writer = threading.RLock()
# Versions before this one can corrupt a WAL database when two connections checkpoint at once.
SQLITE_FIXED = (3, 51, 3)
_log = WriteAheadLog()
_mover = threading.Lock()
# How often it is looked for what was added meanwhile, and what is so little that it is not worth another look.
PASSES = 4
FEW_PAGES = 200


@contextmanager
def writing() -> Iterator[None]:
    """Holds the right to write for the length of a transaction (SQLite only; PostgreSQL has many writers)."""
    if connection.vendor != "sqlite":
        yield
        return
    with _alone():
        yield
    if not connection.in_atomic_block and _log.is_due(_log_bytes(), has_written=True) and not _mover.locked():
        # Whoever writes waits for their own commit only, not for the disk's work of a hundred.
        threading.Thread(target=_checkpoint, name="moving the log").start()


@contextmanager
def _alone() -> Iterator[None]:
    if not _writer.acquire(blocking=False):
        with turns.aside():
            _writer.acquire()
    try:
        yield
    finally:
        _writer.release()


def _log_bytes() -> int:
    return _log.size_of(connection.settings_dict["NAME"])


def _checkpoint() -> None:
    # One moves the log for all; whoever finds somebody at it has nothing to do.
    if not _mover.acquire(blocking=False):
        return
    try:
        if _log.is_due(_log_bytes()):
            _move_log()
            _log.moved(_log_bytes())
    finally:
        connection.close()
        _mover.release()


def _move_log() -> None:
    # The disk's work is done while others write, and again for what they added meanwhile; the little that is left then
    # under the writers' lock, so that the log begins anew. Where two checkpoints could meet and do harm, all of it
    # happens under the lock.
    if sqlite3.sqlite_version_info >= SQLITE_FIXED:
        before = 0
        for _ in range(PASSES):
            moved = _move_what_is_there()
            if moved - before <= FEW_PAGES:
                break
            before = moved
    with _alone():
        _move_what_is_there()


def _move_what_is_there() -> int:
    """Moves what no reader holds back; returns how many of the log's pages have been moved by now."""
    with connection.cursor() as cursor, turns.aside():
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        return int(cursor.fetchone()[2])


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
        cursor.execute(f"PRAGMA journal_size_limit={KEPT}")
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


@lru_cache(maxsize=4000)
def _with_question_marks(query: str) -> str:
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def _convert_query(_self: Any, query: str, *, param_names: list[str] | None = None) -> str:
    # The same statements come again and again: putting SQLite's marks into them took a twentieth of each request.
    if param_names is None:
        return _with_question_marks(query)
    return query % {name: f":{name}" for name in param_names}


sqlite_base.SQLiteCursorWrapper.convert_query = _convert_query  # type: ignore[method-assign,assignment]
connection_created.connect(prepare_connection)
for _declared in ("datetime", "timestamp"):
    sqlite3.register_converter(_declared, read_instant)
