"""`trunnion demo`: small living systems to look at or to start from, by trade; loaded and removed."""

import click

from .serve import first_sign_in, prepare

TRADES = click.Choice(["hospital", "factory", "lifts", "water", "property"])


@click.group()
def demo() -> None:
    """Demo data: an organisation of its own with places, machines, people and orders, dated around today."""


@demo.command()
@click.option("--trade", type=TRADES, default="hospital", show_default=True)
@click.option("--size", type=click.Choice(["small", "large"]), default="small", show_default=True)
@click.option(
    "--without-history",
    is_flag=True,
    help="Only sites, models, teams, own fields and inspections: a template to start from.",
)
def load(trade: str, size: str, without_history: bool) -> None:
    """Load a demo as an organisation of its own; running it again adds nothing."""
    from trunnion.integrations.demo import loader
    from trunnion.integrations.demo.types import SIZES, TradeKey

    prepare()
    first = first_sign_in()
    if first is not None:
        click.echo(f"Your own, empty organisation: {first[0]}  {first[1]}")
    loader.load(click.echo, TradeKey(trade), SIZES[size], with_history=not without_history)


@demo.command()
@click.option("--trade", type=TRADES, help="Only the demo of this trade; otherwise all of them.")
def remove(trade: str | None) -> None:
    """Remove demos; your own organisations, and templates that you started from, are not touched."""
    from trunnion.integrations.demo import loader
    from trunnion.integrations.demo.types import TradeKey

    loader.remove(click.echo, TradeKey(trade) if trade else None)
