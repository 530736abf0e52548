"""`trunnion check`: the health of an installation, each finding with its fix."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator

import click
from django.core.management import call_command
from django.db import DatabaseError, connection

from trunnion import __version__
from trunnion.environment import ENVIRONMENT
from trunnion.kernel import clock, walls
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import JobState

# Versions before this one can corrupt a WAL database when two connections checkpoint at once.
SQLITE_FIXED = (3, 51, 3)
DISK_LOW = 2 * 1024**3
Finding = tuple[str, bool, str, str]


@click.command()
def check() -> None:
    """Look at database, files, jobs, disk and versions; exit code 1 when something needs a hand."""
    good = True
    for name, fine, fact, fix in findings():
        good &= fine
        click.echo(f"{'ok  ' if fine else 'BAD '} {name:<12} {fact}" + ("" if fine else f"\n     fix: {fix}"))
    sys.exit(0 if good else 1)


def findings() -> Iterator[Finding]:
    """Every look, in the order in which a fault would matter."""
    yield ("version", True, f"Trunnion {__version__}, Python {sys.version.split()[0]}", "")
    try:
        yield from _database()
    except DatabaseError as error:
        yield ("database", False, str(error).strip(), "check TRUNNION_DATABASE_URL and that the server runs")
        return
    yield _files()
    yield _disk()
    yield from _jobs()


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor == "sqlite":
        version = sqlite3.sqlite_version_info
        fixed = version >= SQLITE_FIXED
        how = "has the WAL fix" if fixed else "lacks the WAL fix; one writer checkpoints under its lock"
        yield ("database", True, f"SQLite {sqlite3.sqlite_version} ({how})", "")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            state = cursor.fetchone()[0]
        yield ("integrity", state == "ok", state, "restore the newest backup; keep the damaged file")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            yield ("database", True, f"PostgreSQL {cursor.fetchone()[0]}", "")
            cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            above = cursor.fetchone()[0]
        yield (
            "role", not above, "bypasses row security" if above else "stands behind row security",
            "ALTER ROLE ... NOSUPERUSER NOBYPASSRLS for the role that Trunnion connects with",
        )  # fmt: skip
    pending = _pending()
    yield (
        "schema",
        not pending,
        "up to date" if not pending else "older than the program",
        "run `trunnion serve` once",
    )
    absent = walls.missing() if not pending else []
    yield (
        "walls",
        not absent,
        "stand" if not absent else f"{len(absent)} missing: {absent[0]}",
        "run `trunnion serve` once",
    )


def _pending() -> bool:
    try:
        call_command("migrate", check_unapplied=True, verbosity=0, interactive=False)
    except SystemExit:
        return True
    return False


def _files() -> Finding:
    probe = ENVIRONMENT.folder("files") / ".probe"
    try:
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        return ("files", False, str(error), f"make {ENVIRONMENT.home} writable for this user")
    return ("files", True, str(ENVIRONMENT.home), "")


def _disk() -> Finding:
    free = shutil.disk_usage(ENVIRONMENT.home).free
    return (
        "disk",
        free > DISK_LOW,
        f"{free / 1024**3:.1f} GiB free",
        "free space on this disk or move TRUNNION_HOME",
    )


def _jobs() -> Iterator[Finding]:
    parked = Job.objects.filter(state=JobState.PARKED).count()
    yield ("jobs", not parked, f"{parked} failed for good", "see them in the console under Jobs, and retry")
    late = Job.objects.filter(state=JobState.READY, run_at__lt=clock.now() - clock.minutes(10)).count()
    yield ("queue", not late, f"{late} overdue", "is `trunnion serve` running?")
