"""`trunnion demo`: a small living system to look at, loaded and removed."""

import click

from trunnion.kernel.context import Door, system

from .people import chosen
from .serve import first_sign_in, prepare


@click.group()
def demo() -> None:
    """Demo data: one site, its equipment, people and orders, dated around today."""


@demo.command()
@click.option("--organisation", help="Needed when there are several.")
def load(organisation: str | None) -> None:
    """Load the demo data; running it again adds nothing."""
    from trunnion.integrations.demo import loader

    prepare()
    first = first_sign_in()
    if first is not None:
        click.echo(f"First sign-in (shown this once): {first[0]}  {first[1]}")
    for line in loader.load(system(chosen(organisation).id, Door.CLI)):
        click.echo(line)


@demo.command()
@click.option("--organisation", help="Needed when there are several.")
def remove(organisation: str | None) -> None:
    """Remove the demo data and keep everything else."""
    from trunnion.integrations.demo import loader

    for line in loader.remove(system(chosen(organisation).id, Door.CLI)):
        click.echo(line)
