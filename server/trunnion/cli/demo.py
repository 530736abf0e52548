"""`trunnion demo`: a small living system to look at, loaded and removed."""

import click

from .serve import first_sign_in, prepare


@click.group()
def demo() -> None:
    """Demo data: a hospital of its own with places, machines, people and a year of orders, dated around today."""


@demo.command()
def load() -> None:
    """Load the demo as an organisation of its own; running it again adds nothing."""
    from trunnion.integrations.demo import loader

    prepare()
    first = first_sign_in()
    if first is not None:
        click.echo(f"Your own, empty organisation: {first[0]}  {first[1]}")
    loader.load(click.echo)


@demo.command()
def remove() -> None:
    """Remove the demo; your own organisations are not touched."""
    from trunnion.integrations.demo import loader

    loader.remove(click.echo)
