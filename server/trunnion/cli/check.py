"""`trunnion check`: the health of an installation, each finding with its fix."""

import shutil
import sys
from collections.abc import Iterator

import click
from django.db import DatabaseError

from trunnion import __version__
from trunnion.environment import ENVIRONMENT
from trunnion.integrations.safekeeping import keeping
from trunnion.kernel import clock, health
from trunnion.kernel.health import Finding
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import JobState

DISK_LOW = 2 * 1024**3


@click.command()
def check() -> None:
    """Look at database, files, jobs, disk and versions; exit code 1 when something needs a hand."""
    good = True
    for found in findings():
        good &= found.fine
        click.echo(f"{'ok  ' if found.fine else 'BAD '} {found.name:<12} {found.fact}")
        if not found.fine:
            click.echo(f"     fix: {found.fix}")
    sys.exit(0 if good else 1)


def findings() -> Iterator[Finding]:
    """Every look, in the order in which a fault would matter."""
    yield Finding("version", True, f"Trunnion {__version__}, Python {sys.version.split()[0]}")
    try:
        yield from health.database()
    except DatabaseError as error:
        yield Finding(
            "database", False, str(error).strip(), "check TRUNNION_DATABASE_URL and that the server runs"
        )
        return
    yield _files()
    free = shutil.disk_usage(ENVIRONMENT.home).free
    fix = "free space on this disk or move TRUNNION_HOME"
    yield Finding("disk", free > DISK_LOW, f"{free / 1024**3:.1f} GiB free", fix)
    yield from _jobs()
    yield keeping.finding()


def _files() -> Finding:
    probe = ENVIRONMENT.folder("files") / ".probe"
    try:
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        return Finding("files", False, str(error), f"make {ENVIRONMENT.home} writable for this user")
    return Finding("files", True, str(ENVIRONMENT.home))


def _jobs() -> Iterator[Finding]:
    parked = Job.objects.filter(state=JobState.PARKED).count()
    yield Finding(
        "jobs", not parked, f"{parked} failed for good", "see them in the console under Jobs, and retry"
    )
    late = Job.objects.filter(state=JobState.READY, run_at__lt=clock.now() - clock.minutes(10)).count()
    yield Finding("queue", not late, f"{late} overdue", "is `trunnion serve` running?")
