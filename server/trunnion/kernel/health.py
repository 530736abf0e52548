"""The state of an installation, look by look, each with its fix: for the command line and for the console."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from trunnion import __version__

from . import clock, walls
from .database import SQLITE_FIXED
from .models import Job
from .models.jobs import JobState
from .words import say

GIB = 1024**3
DISK_LOW, DISK_FULL = 2 * GIB, GIB // 4
LATE_MINUTES = 10


class State(StrEnum):
    """How a look came out: a warning can wait until tomorrow, what is broken cannot."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One look at the installation: what was seen, and what to do where it is not fine.

    The words stand at `check.<code>.fact` and `check.<code>.fix`.
    """

    name: str
    state: State
    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def fine(self) -> bool:
        """Whether nobody has to do anything."""
        return self.state is State.OK

    def fact(self, language: str = "en") -> str:
        """What was seen."""
        return say(f"check.{self.code}.fact", language, **self.facts)

    def fix(self, language: str = "en") -> str:
        """What to do; nothing where it is fine."""
        return "" if self.fine else say(f"check.{self.code}.fix", language, **self.facts)


Look = Callable[[], Iterator[Finding]]
LOOKS: list[Look] = []


def look(found: Look) -> Look:
    """Adds what a room looks at."""
    LOOKS.append(found)
    return found


def findings(*, thorough: bool = False) -> Iterator[Finding]:
    """Every look, in the order in which a fault would matter; a thorough one reads the whole database."""
    version = {"version": __version__, "python": sys.version.split()[0]}
    yield Finding("version", State.OK, "version", version)
    try:
        yield from database(thorough=thorough)
    except DatabaseError as error:
        yield Finding("database", State.BROKEN, "unreachable", {"reason": str(error).strip()})
        return
    yield _files()
    yield _disk()
    yield from _jobs()
    for one in LOOKS:
        yield from one()


def database(*, thorough: bool = True) -> Iterator[Finding]:
    """Every look at the database; raises DatabaseError when it cannot be reached."""
    yield from _sqlite(thorough=thorough) if connection.vendor == "sqlite" else _postgresql()
    pending = _pending()
    yield (
        Finding("schema", State.BROKEN, "schema_older") if pending else Finding("schema", State.OK, "schema")
    )
    absent = [] if pending else walls.missing()
    if absent:
        yield Finding("walls", State.BROKEN, "walls_missing", {"count": len(absent), "first": absent[0]})
    else:
        yield Finding("walls", State.OK, "walls")


def _ask(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _sqlite(*, thorough: bool) -> Iterator[Finding]:
    _ask("SELECT 1")
    code = "sqlite" if sqlite3.sqlite_version_info >= SQLITE_FIXED else "sqlite_careful"
    yield Finding("database", State.OK, code, {"version": sqlite3.sqlite_version})
    if thorough:
        said = str(_ask("PRAGMA quick_check(1)"))
        is_sound = said == "ok"
        code = "integrity" if is_sound else "integrity_lost"
        yield Finding("integrity", State.OK if is_sound else State.BROKEN, code, {"reason": said})


def _postgresql() -> Iterator[Finding]:
    yield Finding("database", State.OK, "postgresql", {"version": str(_ask("SHOW server_version"))})
    above = bool(_ask("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
    yield Finding("role", State.BROKEN, "role_above") if above else Finding("role", State.OK, "role")


def _pending() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _files() -> Finding:
    home = settings.ENVIRONMENT.home
    probe = settings.ENVIRONMENT.folder("files") / ".probe"
    try:
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        return Finding("files", State.BROKEN, "files_closed", {"home": str(home), "reason": str(error)})
    return Finding("files", State.OK, "files", {"home": str(home)})


def _disk() -> Finding:
    free = shutil.disk_usage(settings.ENVIRONMENT.home).free
    facts = {"free": f"{free / GIB:.1f}", "home": str(settings.ENVIRONMENT.home)}
    if free > DISK_LOW:
        return Finding("disk", State.OK, "disk", facts)
    return Finding("disk", State.WARNING if free > DISK_FULL else State.BROKEN, "disk_low", facts)


def _jobs() -> Iterator[Finding]:
    parked = Job.objects.filter(state=JobState.PARKED).count()
    is_fine = not parked
    yield Finding(
        "jobs",
        State.OK if is_fine else State.WARNING,
        "jobs" if is_fine else "jobs_parked",
        {"count": parked},
    )
    since = clock.now() - clock.minutes(LATE_MINUTES)
    late = Job.objects.filter(state=JobState.READY, run_at__lt=since).count()
    yield Finding(
        "queue", State.WARNING if late else State.OK, "queue_late" if late else "queue",
        {"count": late, "minutes": LATE_MINUTES},
    )  # fmt: skip
