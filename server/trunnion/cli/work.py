"""`trunnion work`: a process that works and answers nobody, beside processes that serve."""

import signal
import sys
import threading

import click
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


@click.command()
@click.option(
    "--threads", default=2, show_default=True, type=click.IntRange(1, 64), help="Threads that work."
)
def work(threads: int) -> None:
    """Deliver events and run jobs until stopped; for installations on PostgreSQL with several processes."""
    if connection.vendor == "sqlite":
        # One process writes there; `trunnion serve` has workers of its own.
        click.echo("This needs PostgreSQL: on SQLite `trunnion serve` works by itself.", err=True)
        sys.exit(2)
    _refuse_an_older_schema()
    from trunnion.http.api import mount
    from trunnion.kernel.worker import Worker

    mount()
    stopping = threading.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: stopping.set())
    crew = [Worker(f"worker-{i + 1}", courier=i == 0 and threads > 1) for i in range(threads)]
    for one in crew:
        one.start()
    click.echo(f"Trunnion works with {threads} threads")
    sys.stdout.flush()
    stopping.wait()
    for one in crew:
        one.stop()
    for one in crew:
        one.join(timeout=10)


def _refuse_an_older_schema() -> None:
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        click.echo(f"The database cannot be reached: {error}".strip(), err=True)
        sys.exit(1)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        click.echo("The database is older than this version: start `trunnion serve` first.", err=True)
        sys.exit(1)
