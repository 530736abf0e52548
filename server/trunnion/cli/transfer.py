"""`trunnion import` and `trunnion export`: workbooks and whole organisations in and out."""

import sys
from pathlib import Path

import click
from rich.progress import Progress

from trunnion.kernel.context import Door, system
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.words import say

from . import formats
from .people import chosen
from .serve import prepare

LANGUAGE = click.option(
    "--language", type=click.Choice(["en", "zh-CN"]), default="en", show_default=True, help="Of the report."
)


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
@LANGUAGE
def cobie(file: Path, dry_run: bool, strict: bool, organisation: str | None, language: str) -> None:
    """Import a COBie 2.4 workbook; exit code 1 when rows were set aside, 2 when nothing could be read."""
    from trunnion.integrations.cobie import importer
    from trunnion.integrations.cobie.types import WorkbookRefused

    place = chosen(organisation)
    ctx = system(place.id, Door.IMPORT, zone=place.zone)
    try:
        with Progress(transient=True) as bar:
            task = bar.add_task(file.name, total=None)
            report = importer.run(
                ctx, file, dry_run=dry_run, strict=strict,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
    except WorkbookRefused as refused:
        click.echo(importer.line_of(refused.finding, language), err=True)
        sys.exit(2)
    except Refusal as refusal:
        click.echo(_told(refusal, language), err=True)
        sys.exit(2)
    for line in importer.lines(report, language):
        click.echo(line)
    sys.exit(1 if report.parked or report.refusal else 0)


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--as", "target", required=True, help="What the rows become, such as assets, locations or orders."
)
@click.option(
    "--mapping", help="A mapping by its name; without it the headings are understood as far as possible."
)
@click.option("--sheet", help="The sheet of a workbook.")
@click.option("--header-row", type=click.IntRange(1), help="The row in which the headings stand.")
@click.option("--dry-run", is_flag=True, help="Look through and count only; no record is written.")
@click.option("--strict", is_flag=True, help="Refuse the whole file when any row is bad.")
@click.option("--organisation", help="Needed when there are several.")
@LANGUAGE
def table(
    file: Path, target: str, mapping: str | None, sheet: str | None, header_row: int | None, dry_run: bool,
    strict: bool, organisation: str | None, language: str,
) -> None:  # fmt: skip
    """Import a CSV, XLSX, XLS or ODS table; exit code 1 when rows were set aside, 2 when nothing could be read."""
    from trunnion.integrations.tabular import importer
    from trunnion.integrations.tabular.types import Layout

    place = chosen(organisation)
    ctx = system(place.id, Door.IMPORT, zone=place.zone, language=language)
    try:
        with Progress(transient=True) as bar:
            task = bar.add_task(file.name, total=None)
            report = importer.run(
                ctx, file, target, mapping, layout=Layout(sheet=sheet, header_row=header_row), dry_run=dry_run,
                strict=strict, progress=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
    except Refusal as refusal:
        click.echo(_told(refusal, language), err=True)
        sys.exit(2)
    for line in importer.lines(report, language):
        click.echo(line)
    sys.exit(2 if report.refusal else 1 if report.run.errors else 0)


@import_.command(name="undo")
@click.argument("number")
@click.option("--organisation", help="Needed when there are several.")
@LANGUAGE
def undo_import(number: str, organisation: str | None, language: str) -> None:
    """Undo the import NUMBER (IM-000001); exit code 1 when records stay because people touched them since."""
    from trunnion.integrations import takeback

    place = chosen(organisation)
    ctx = system(place.id, Door.IMPORT, zone=place.zone, language=language)
    try:
        with Progress(transient=True) as bar:
            task = bar.add_task(number, total=None)
            found = takeback.run(
                ctx, number, told=lambda done, total: bar.update(task, completed=done, total=total)
            )
    except Refusal as refusal:
        click.echo(_told(refusal, language), err=True)
        sys.exit(2)
    for line in takeback.lines(found, language):
        click.echo(line)
    sys.exit(1 if (found.undone or {}).get("kept") else 0)


@export.command(name="cobie")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--facility", help="One building by its name; without it each gets a workbook of its own.")
@click.option("--organisation", help="Needed when there are several.")
@LANGUAGE
def export_cobie(file: Path, facility: str | None, organisation: str | None, language: str) -> None:
    """Write a building as a COBie 2.4 workbook; of several buildings, a workbook for each beside FILE."""
    from trunnion.integrations.cobie import exporter

    ctx = system(chosen(organisation).id, Door.CLI)
    with reading(ctx.organisation_id):
        found = exporter.facilities(ctx)
    if facility is not None:
        found = [place for place in found if place.name == facility]
        if not found:
            raise click.UsageError(f"there is no building called {facility}")
    targets = exporter.targets(file, found) if len(found) > 1 else {file: found[0].id if found else None}
    for target, building_id in targets.items():
        rows = exporter.run(ctx, target, building_id)
        click.echo(say("text.integrations.cobie.written", language, rows=rows, file=target))


for _known in formats.IMPORTS:
    import_.add_command(_known)
for _known in formats.EXPORTS:
    export.add_command(_known)


@export.command(name="organisation")
@click.option("--to", "file", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--organisation", help="Needed when there are several.")
@click.option(
    "--with-sign-ins",
    is_flag=True,
    help="Take the passwords' hashes along, so that people can sign in there.",
)
@click.option("--lists", is_flag=True, help="Add each list as CSV, as people see it.")
@LANGUAGE
def export_organisation(
    file: Path, organisation: str | None, with_sign_ins: bool, lists: bool, language: str
) -> None:
    """Write everything that an organisation owns, files included, into one ZIP file of open formats."""
    from trunnion.integrations.moving import outward

    place = chosen(organisation)
    ctx = system(place.id, Door.CLI, zone=place.zone, language=language)
    with Progress(transient=True) as bar:
        task = bar.add_task(place.name, total=None)
        made = outward.write(
            ctx, file.resolve(), sign_ins=with_sign_ins, lists=lists,
            told=lambda done, total: bar.update(task, completed=done, total=total),
        )  # fmt: skip
    click.echo(
        say("text.integrations.moving.written", language, rows=made["rows"], files=made["files"], file=file)
    )
    if made["missing_files"]:
        click.echo(
            say("text.integrations.moving.missing", language, count=len(made["missing_files"])), err=True
        )
        sys.exit(1)


@import_.command(name="organisation")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--link-people", is_flag=True, help="People whose e-mail is known here are the same people.")
@LANGUAGE
def import_organisation(file: Path, link_people: bool, language: str) -> None:
    """Bring an exported organisation in, all of it or nothing; exit code 2 when it is refused."""
    from trunnion.integrations.moving import inward

    prepare()
    try:
        with Progress(transient=True) as bar:
            task = bar.add_task(file.name, total=None)
            found = inward.read(
                file.resolve(), link_people=link_people,
                told=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
    except Refusal as refusal:
        click.echo(_told(refusal, language), err=True)
        sys.exit(2)
    facts = {"name": found.name, "rows": found.rows, "files": found.files, "entries": found.entries}
    click.echo(say("text.integrations.moving.arrived", language, **facts))


def _told(refusal: Refusal, language: str) -> str:
    parts = [say(f"refusal.{refusal.code}", language, **refusal.facts)]
    parts += [say(f"refusal.{one.code}", language, **one.facts) for one in refusal.errors]
    return " ".join(parts)
