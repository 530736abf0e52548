"""`trunnion backup` and `trunnion restore`: a copy of the installation, and an installation out of a copy."""

from pathlib import Path

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
def backup(file: Path | None, night: bool, prove: bool) -> None:
    """Copy database, files and secret of one moment into FILE, while others work."""
    from trunnion.integrations.safekeeping import keeping, making, proving, tasks

    if night == (file is not None):
        raise click.UsageError("say where to: `trunnion backup FILE`, or --night")
    with Progress(transient=True) as bar:
        task = bar.add_task("backup", total=None)
        told = lambda done, _total: bar.update(task, completed=done)  # noqa: E731
        if file is None:
            made = keeping.keep_one(told)
            tasks.forgive()
            file = proving.home() / made["file"]
        else:
            made = making.make(file.resolve(), told)
            if prove:
                proving.prove(file.resolve())
    click.echo(f"{file}: {made['rows']} rows, {made['files']} files{_lost(made['missing_files'])}")


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
