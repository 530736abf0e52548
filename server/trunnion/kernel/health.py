"""The database's own state, for the health check: version, integrity, and whether its walls can hold."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection

from . import walls
from .database import SQLITE_FIXED


@dataclass(frozen=True, slots=True)
class Finding:
    """One look at the installation: what was seen, and what to do where it is not fine."""

    name: str
    fine: bool
    fact: str
    fix: str = ""


def database() -> Iterator[Finding]:
    """Every look at the database; raises DatabaseError when it cannot be reached."""
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
    pending = _pending()
    state = "older than the program" if pending else "up to date"
    yield Finding("schema", not pending, state, "run `trunnion serve` once")
    absent = [] if pending else walls.missing()
    standing = f"{len(absent)} missing, first {absent[0]}" if absent else "stand"
    yield Finding("walls", not absent, standing, "run `trunnion serve` once")


def _ask(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _sqlite() -> Iterator[Finding]:
    _ask("SELECT 1")
    fixed = sqlite3.sqlite_version_info >= SQLITE_FIXED
    how = "has the WAL fix" if fixed else "lacks the WAL fix; one writer checkpoints under its lock"
    yield Finding("database", True, f"SQLite {sqlite3.sqlite_version} ({how})")
    state = str(_ask("PRAGMA quick_check(1)"))
    yield Finding("integrity", state == "ok", state, "restore the newest backup; keep the damaged file")


def _postgresql() -> Iterator[Finding]:
    yield Finding("database", True, f"PostgreSQL {_ask('SHOW server_version')}")
    above = bool(_ask("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
    yield Finding(
        "role",
        not above,
        "bypasses row security" if above else "stands behind row security",
        "ALTER ROLE ... NOSUPERUSER NOBYPASSRLS for the role that Trunnion connects with",
    )


def _pending() -> bool:
    try:
        call_command("migrate", check_unapplied=True, verbosity=0, interactive=False)
    except SystemExit:
        return True
    return False
