"""`trunnion import ifc`: building models at the command line."""

import sys
from pathlib import Path

import click
from rich.progress import Progress

from trunnion.kernel.context import Door, system
from trunnion.kernel.errors import Refusal
from trunnion.kernel.words import say

from .people import chosen


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Count and check only; nothing is written.")
@click.option("--strict", is_flag=True, help="Refuse the whole file when any row is bad.")
@click.option("--organisation", help="Needed when there are several.")
@click.option(
    "--language", type=click.Choice(["en", "zh-CN"]), default="en", show_default=True, help="Of the report."
)
def ifc(file: Path, dry_run: bool, strict: bool, organisation: str | None, language: str) -> None:
    """Import an IFC building model without its geometry; exit code 1 when rows were set aside, 2 when unreadable."""
    from trunnion.integrations.cobie import importer
    from trunnion.integrations.cobie.types import WorkbookRefused
    from trunnion.integrations.types import ImportKind

    place = chosen(organisation)
    ctx = system(place.id, Door.IMPORT, zone=place.zone)
    try:
        with Progress(transient=True) as bar:
            task = bar.add_task(file.name, total=None)
            report = importer.run(
                ctx, file, dry_run=dry_run, strict=strict, kind=ImportKind.IFC,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
    except WorkbookRefused as refused:
        click.echo(importer.line_of(refused.finding, language), err=True)
        sys.exit(2)
    except Refusal as refusal:
        click.echo(refusal_text(refusal, language), err=True)
        sys.exit(2)
    for line in importer.lines(report, language):
        click.echo(line)
    sys.exit(1 if report.parked or report.refusal else 0)


def refusal_text(refusal: Refusal, language: str) -> str:
    """A refusal in words, each of its fields after it."""
    parts = [say(f"refusal.{refusal.code}", language, **refusal.facts)]
    parts += [say(f"refusal.{one.code}", language, **one.facts) for one in refusal.errors]
    return " ".join(parts)
