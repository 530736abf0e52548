"""`trunnion journal`: proves that the journal was not tampered with."""

import sys

import click

from trunnion.identity.queries import list_organisations
from trunnion.kernel.verification import verify as walk


@click.group()
def journal() -> None:
    """The journal of every organisation."""


@journal.command()
def verify() -> None:
    """Walk every organisation's chain and name the first row that does not hold (exit code 1)."""
    broken = False
    for organisation in list_organisations():
        count, fault = walk(organisation.id)
        if fault is None:
            click.echo(f"{organisation.name}: {count} entries hold")
            continue
        broken = True
        where = f"entry {fault.entry_id}" if fault.entry_id else "no such entry"
        click.echo(
            f"{organisation.name}: broken at sequence {fault.sequence} ({where}): {fault.reason}", err=True
        )
    sys.exit(1 if broken else 0)
