"""`trunnion import` and `trunnion export`: workbooks in and out."""

import sys
from pathlib import Path

import click
from rich.progress import Progress

from trunnion.kernel.context import Door, system

from .people import chosen


@click.group(name="import")
def import_() -> None:
    """Bring data in."""


@click.group()
def export() -> None:
    """Take data out."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Count and check only; nothing is written.")
@click.option("--strict", is_flag=True, help="Refuse the whole file when any row is bad.")
@click.option("--organisation", help="Needed when there are several.")
def cobie(file: Path, dry_run: bool, strict: bool, organisation: str | None) -> None:
    """Import a COBie 2.4 workbook; exit code 1 when rows were parked, 2 when nothing could be read."""
    from trunnion.integrations.cobie import importer

    ctx = system(chosen(organisation).id, Door.IMPORT)
    with Progress(transient=True) as bar:
        task = bar.add_task(file.name, total=None)
        report = importer.run(
            ctx, file, dry_run=dry_run, strict=strict,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )  # fmt: skip
    for line in importer.lines(report, "en"):
        click.echo(line)
    sys.exit(1 if report.parked else 0)


@export.command(name="cobie")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--organisation", help="Needed when there are several.")
def export_cobie(file: Path, organisation: str | None) -> None:
    """Write everything an organisation has as a COBie 2.4 workbook."""
    from trunnion.integrations.cobie import exporter

    rows = exporter.run(system(chosen(organisation).id, Door.CLI), file)
    click.echo(f"{rows} rows in {file}")
