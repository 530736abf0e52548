"""A database file beside the living one, opened by a connection that nobody else gets to know of."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.db.utils import ConnectionHandler, load_backend


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A SQLite file, made when it is not there."""
    described = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    # Filled up with every setting that Django expects of a database.
    filled = ConnectionHandler({DEFAULT_DB_ALIAS: described}).settings[DEFAULT_DB_ALIAS]
    beside = load_backend(described["ENGINE"]).DatabaseWrapper(filled)
    try:
        with beside.cursor() as cursor:
            # Rows are compared one by one in the end.
            cursor.execute("PRAGMA foreign_keys=OFF")
        yield beside
    finally:
        beside.close()


def copy(connection: Any, path: Path) -> None:
    """SQLite's own online copy of what a connection sees.

    All pages in one step, inside of the connection's read: writers go on, nothing is begun anew, and no checkpoint is
    made by anybody but them.
    """
    target = sqlite3.connect(str(path))
    try:
        connection.connection.backup(target)
    finally:
        target.close()


def lay_out(beside: Any) -> None:
    """Every table of this program, from the models: a migration that moves rows would reach for the living database."""
    with beside.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    with beside.schema_editor(atomic=False) as editor:
        for model in apps.get_models():
            editor.create_model(model)


def is_sound(path: Path) -> bool:
    """Whether SQLite itself finds nothing wrong with a file."""
    try:
        with opened(path) as found, found.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            return cursor.fetchone() == ("ok",)
    except DatabaseError:
        return False
