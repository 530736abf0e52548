"""`trunnion import ifc|geojson|haystack` and `trunnion export geojson|haystack|brick`: formats of other programs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.progress import Progress

from trunnion.kernel.context import Door, system
from trunnion.kernel.errors import Refusal
from trunnion.kernel.words import say

from .people import chosen

_OPTIONS = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option("--dry-run", is_flag=True, help="Count and check only; nothing is written."),
    click.option("--strict", is_flag=True, help="Refuse the whole file when any row is bad."),
)
_PLACE = (
    click.option("--organisation", help="Needed when there are several."),
    click.option(
        "--language",
        type=click.Choice(["en", "zh-CN"]),
        default="en",
        show_default=True,
        help="Of the report.",
    ),
)


def _with(*options: Callable[..., Any]) -> Callable[..., Any]:
    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@click.command()
@_with(*_OPTIONS, *_PLACE)
def ifc(**how: Any) -> None:
    """Import an IFC building model without its geometry; exit code 1 when rows were set aside, 2 when unreadable."""
    _bring("ifc", **how)


@click.command()
@_with(*_OPTIONS, *_PLACE)
def geojson(**how: Any) -> None:
    """Import places and assets from GeoJSON; exit code 1 when features were set aside, 2 when unreadable."""
    _bring("geojson", **how)


@click.command()
@_with(*_OPTIONS, *_PLACE)
def haystack(**how: Any) -> None:
    """Import a Project Haystack grid (JSON); exit code 1 when records were set aside, 2 when unreadable."""
    _bring("haystack", **how)


def _bring(
    kind: str, file: Path, dry_run: bool, strict: bool, organisation: str | None, language: str
) -> None:
    from trunnion.integrations.cobie import importer
    from trunnion.integrations.cobie.types import WorkbookRefused
    from trunnion.integrations.commands.drafts import APPLY
    from trunnion.integrations.drafts import importer as drafts
    from trunnion.integrations.types import ImportKind

    place, wanted = chosen(organisation), ImportKind(kind)
    ctx = system(place.id, Door.IMPORT, zone=place.zone)
    run: Callable[..., importer.Report] = drafts.run if wanted in APPLY else importer.run
    try:
        with Progress(transient=True) as bar:
            task = bar.add_task(file.name, total=None)
            report = run(
                ctx, file, kind=wanted, dry_run=dry_run, strict=strict,
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


_TARGET = (click.argument("file", type=click.Path(dir_okay=False, path_type=Path)), *_PLACE)


@click.command(name="geojson")
@_with(*_TARGET)
def export_geojson(**how: Any) -> None:
    """Write all places and assets as GeoJSON."""
    _send("geojson", **how)


@click.command(name="haystack")
@click.option("--zinc", is_flag=True, help="Write Zinc instead of JSON.")
@_with(*_TARGET)
def export_haystack(zinc: bool, **how: Any) -> None:
    """Write sites, spaces, equipment and points as a Project Haystack grid."""
    _send("haystack.zinc" if zinc else "haystack.json", **how)


@click.command(name="brick")
@_with(*_TARGET)
def export_brick(**how: Any) -> None:
    """Write sites, spaces, equipment and points as a Brick model in Turtle."""
    _send("brick", **how)


def _send(form: str, file: Path, organisation: str | None, language: str) -> None:
    from trunnion.integrations.formats import FORMATS

    ctx = system(chosen(organisation).id, Door.CLI)
    rows = FORMATS[form].write(ctx, file)
    click.echo(say("text.integrations.cobie.written", language, rows=rows, file=file))


def refusal_text(refusal: Refusal, language: str) -> str:
    """A refusal in words, each of its fields after it."""
    parts = [say(f"refusal.{refusal.code}", language, **refusal.facts)]
    parts += [say(f"refusal.{one.code}", language, **one.facts) for one in refusal.errors]
    return " ".join(parts)


IMPORTS = (ifc, geojson, haystack)
EXPORTS = (export_geojson, export_haystack, export_brick)
