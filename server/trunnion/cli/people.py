"""`trunnion user`: people with a login."""

import click

from trunnion.identity.commands import membership
from trunnion.identity.commands.password import give
from trunnion.identity.factors.commands import reset_by_address
from trunnion.identity.queries import list_organisations
from trunnion.identity.types import Place
from trunnion.kernel.context import Door, system
from trunnion.kernel.ids import token


def chosen(name: str | None) -> Place:
    """The organisation of this name, or the only one."""
    found = [o for o in list_organisations() if name in (None, o.name)]
    if len(found) != 1:
        raise click.UsageError("say which organisation: --organisation NAME")
    return Place(found[0].id, found[0].name, found[0].zone)


@click.group()
def user() -> None:
    """People with a login."""


@user.command()
@click.argument("email")
@click.option("--name", required=True)
@click.option(
    "--role", "roles", multiple=True, default=["read_only"], show_default=True, help="May be repeated."
)
@click.option("--organisation", help="Needed when there are several.")
@click.option("--language", type=click.Choice(["en", "zh-CN"]), default="en", show_default=True)
@click.option("--password", help="Made and printed when not given.")
def create(
    email: str,
    name: str,
    roles: tuple[str, ...],
    organisation: str | None,
    language: str,
    password: str | None,
) -> None:
    """Make a person with a login a member of the organisation."""
    place = chosen(organisation)
    secret = password or token(128)
    membership.create(
        system(place.id, Door.CLI), name=name, email=email, password=secret, roles=list(roles), language=language,
        zone=place.zone,
    )  # fmt: skip
    click.echo(f"{email} can sign in" + ("" if password else f" with the password {secret}"))


@user.command(name="password")
@click.argument("email")
@click.option("--organisation", help="Needed when there are several.")
@click.option("--password", help="Made and printed when not given.")
def give_password(email: str, organisation: str | None, password: str | None) -> None:
    """Give a member a new password, such as after a move without sign-ins."""
    secret = password or token(128)
    give(system(chosen(organisation).id, Door.CLI), email=email, password=secret)
    click.echo(f"{email} can sign in" + ("" if password else f" with the password {secret}"))


@user.command(name="reset-factors")
@click.argument("email")
@click.option("--organisation", help="Needed when there are several.")
def reset_factors(email: str, organisation: str | None) -> None:
    """Take away a member's second factors when phone, keys and recovery codes are lost; the password opens again."""
    reset_by_address(system(chosen(organisation).id, Door.CLI), email=email)
    click.echo(f"{email} signs in with the password alone until a second factor is set up again")
