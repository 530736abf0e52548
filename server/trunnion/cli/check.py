"""`trunnion check`: the health of an installation, each finding with its fix."""

import sys

import click

from trunnion.kernel import health
from trunnion.kernel.health import State

_MARKS = {State.OK: "ok  ", State.WARNING: "WARN", State.BROKEN: "BAD "}


@click.command()
@click.option(
    "--language", type=click.Choice(["en", "zh-CN"]), default="en", show_default=True, help="Of the findings."
)
def check(language: str) -> None:
    """Look at database, files, jobs, disk and versions; exit code 1 when something needs a hand."""
    good = True
    for found in health.findings(thorough=True):
        good &= found.fine
        click.echo(f"{_MARKS[found.state]} {found.name:<12} {found.fact(language)}")
        if not found.fine:
            click.echo(f"     fix: {found.fix(language)}")
    sys.exit(0 if good else 1)
