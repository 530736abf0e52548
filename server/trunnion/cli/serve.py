"""`trunnion serve`: the embedded default, one process that answers, works and streams."""

import gc
import logging
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection

from trunnion.environment import ENVIRONMENT
from trunnion.kernel import walls
from trunnion.kernel.ids import token
from trunnion.kernel.management.commands import migrate

WORKERS = 2
log = logging.getLogger(__name__)


@click.command()
@click.option(
    "--workers", default=WORKERS, show_default=True, help="Threads that deliver events and run jobs."
)
@click.option("--quiet", is_flag=True, help="Print the address only.")
def serve(workers: int, quiet: bool) -> None:
    """Start Trunnion: prepares the database, prints the address and the first sign-in, serves until stopped."""
    host, _, port = ENVIRONMENT.bind.rpartition(":")
    prepare()
    first = first_sign_in()
    _greet(first, quiet)
    from trunnion.http.api import mount
    from trunnion.http.application import application
    from trunnion.kernel.worker import Worker

    mount()
    threads = [Worker(f"worker-{i + 1}", courier=i == 0 and workers > 1) for i in range(workers)]
    for thread in threads:
        thread.start()
    _settle_memory()
    server = uvicorn.Server(
        uvicorn.Config(
            application, host=host or "127.0.0.1", port=int(port), log_level="warning", access_log=False,
            timeout_graceful_shutdown=3, server_header=False, date_header=True, lifespan="off",
        )
    )  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: setattr(server, "should_exit", True))
    try:
        server.run()
    finally:
        for thread in threads:
            thread.stop()
        for thread in threads:
            thread.join(timeout=5)


def _settle_memory() -> None:
    # What is loaded stays: looking through it for garbage stops every answer for a quarter of a second.
    gc.collect()
    gc.freeze()


def prepare() -> None:
    """Brings the database to this version's schema and sees that the walls stand."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        click.echo(f"The database cannot be reached: {error}".strip(), err=True)
        click.echo("Check TRUNNION_DATABASE_URL, and that the server runs and accepts this user.", err=True)
        sys.exit(1)
    bring_up_to_date()
    absent = walls.missing()
    if absent:
        walls.install()


class Migrating(migrate.Command):
    """Django's own command, which remembers the migration that it is at and those that it has done."""

    at: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Any] = []

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """Notes which migration begins and which is done."""
        if action == "apply_start":
            self.at = migration
        elif action == "apply_success":
            self.at = None
            self.done.append(migration)
        super().migration_progress_callback(action, migration, fake)


def bring_up_to_date() -> None:
    """Runs what migrations are due; where one fails, says which, what stands of it, and what to do."""
    command = Migrating()
    try:
        call_command(command, interactive=False, verbosity=0)
    except Exception as fault:
        if command.at is None and not isinstance(fault, DatabaseError):
            raise
        for line in _what_failed(command, fault):
            click.echo(line, err=True)
        log.debug("the database was not brought up to date", exc_info=fault)
        sys.exit(1)


def _what_failed(command: Migrating, fault: Exception) -> Iterator[str]:
    at, reason = command.at, f"{type(fault).__name__}: {str(fault).strip()}"
    if at is None:
        yield f"The database could not be brought up to date: {reason}"
    else:
        yield f"The migration {at.app_label}.{at.name} failed: {reason}"
        yield (
            "Nothing of it was changed." if at.atomic else "It does not run as one: a part of it may be done."
        )
    if not _answers():
        yield "The connection was lost meanwhile: see that the database server runs, then start Trunnion again."
        return
    if "locked" in str(fault):
        yield "Another program holds the database: stop the other Trunnion, then start again."
        return
    if command.done:
        names = ", ".join(f"{one.app_label}.{one.name}" for one in command.done)
        yield f"These were done before it and stay: {names}."
        yield "The version that ran before may not fit them; the newest copy in TRUNNION_HOME/backups does."
    else:
        yield "The database is as it was: the version that ran before works with it."
    yield "Send these lines to whoever maintains this installation."


def _answers() -> bool:
    try:
        connection.close()
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def first_sign_in() -> tuple[str, str] | None:
    """Makes the first organisation and its owner on an empty database; returns address and password once."""
    from trunnion.identity.commands.organisation import found_new
    from trunnion.identity.queries import has_people

    if has_people():
        return None
    password = token(128)
    found_new(name="My organisation", owner_name="Owner", email="owner@trunnion.local", password=password)
    return "owner@trunnion.local", password


def _greet(first: tuple[str, str] | None, quiet: bool) -> None:
    click.echo(f"\n  Trunnion   {settings.BASE_URL}/\n")
    if first is not None:
        click.echo("  First sign-in (shown this once; change the password afterwards)")
        click.echo("  首次登录(仅显示一次,登录后请修改密码)")
        click.echo(f"    e-mail    {first[0]}\n    password  {first[1]}\n")
    if not quiet:
        place: Any = connection.settings_dict["NAME"]
        kind = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
        click.echo(f"  database   {kind} {Path(place).name if connection.vendor == 'sqlite' else place}")
        click.echo(f"  data       {ENVIRONMENT.home}\n  stop       Ctrl+C\n")
    sys.stdout.flush()
