"""`trunnion backup` and `trunnion restore`: a copy of the installation, and an installation out of a copy."""

import sys
from pathlib import Path
from typing import Any

import click
from rich.progress import Progress


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--night",
    is_flag=True,
    help="What the clock does each night: into the backups folder, proved, thinned out.",
)
@click.option(
    "--prove",
    is_flag=True,
    help="Restore the copy into a scratch place and compare before saying it is good.",
)
@click.option("--told", is_flag=True, hidden=True, help="Says line by line how far it is, for the server.")
def backup(file: Path | None, night: bool, prove: bool, told: bool) -> None:
    """Copy database, files and secret of one moment into FILE, while others work."""
    from trunnion.integrations.safekeeping import apart, keeping

    if told:
        sys.exit(apart.work(keeping.keep_one, sys.stdout.buffer))
    if night == (file is not None):
        raise click.UsageError("say where to: `trunnion backup FILE`, or --night")
    made, path = _made(file, prove)
    click.echo(f"{path}: {made['rows']} rows, {made['files']} files{_lost(made['missing_files'])}")


def _made(file: Path | None, prove: bool) -> tuple[dict[str, Any], Path]:
    from trunnion.integrations.safekeeping import keeping, making, proving, tasks

    with Progress(transient=True) as bar:
        task = bar.add_task("backup", total=None)
        step = lambda done, _total: bar.update(task, completed=done)  # noqa: E731
        if file is None:
            made = keeping.keep_one(step)
            tasks.forgive()
            return made, proving.home() / made["file"]
        made = making.make(file.resolve(), step)
        if prove:
            proving.prove(file.resolve())
        return made, file


def _lost(missing: list[str]) -> str:
    return f"; MISSING on this disk: {len(missing)} files, first {missing[0]}" if missing else ""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--check-only", is_flag=True, help="Restore into a scratch place, compare, and take it away again."
)
def restore(file: Path, check_only: bool) -> None:
    """Bring a copy back into this installation, which must be empty."""
    from trunnion.integrations.safekeeping import proving, restoring

    if check_only:
        proving.prove(file.resolve())
        click.echo(f"{file}: every byte, file and row is as it was copied")
        return
    found = restoring.restore(file.resolve())
    click.echo(f"restored: {found.organisations} organisations, {found.rows} rows, {found.files} files")
