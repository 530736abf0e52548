"""`trunnion contracts`: writes the generated contracts, or says which of them are out of date."""

import sys
from pathlib import Path

import click

from trunnion.http.api import mount
from trunnion.kernel import contracts as generator


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file differs.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("contracts"), show_default=True)
def contracts(check: bool, folder: Path) -> None:
    """Write contracts/ (OpenAPI, moves, events, permissions, listings, words) from the program."""
    openapi = mount().get_openapi_schema(path_prefix="/api/")
    open_routes = generator.undeclared(openapi)
    for route in open_routes:
        click.echo(
            f"{route}: a route without a permission; declare it through kernel.web.routes.Room", err=True
        )
    if open_routes:
        sys.exit(1)
    made = generator.generate(openapi)
    if check:
        stale = generator.drift(folder, made)
        for name in stale:
            click.echo(
                f"{folder / name}: differs from the program; run `make contracts` and commit it", err=True
            )
        sys.exit(1 if stale else 0)
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in made.items():
        (folder / name).write_text(generator.dump(value), "utf-8")
    click.echo(f"{len(made)} contracts in {folder}")
