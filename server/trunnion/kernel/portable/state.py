"""The state of the schema that rows were written in, and whether rows of another state may come in here."""

from typing import Any

from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from trunnion import __version__
from trunnion.kernel.errors import Refusal

FORMAT = "trunnion-archive"
FORMAT_VERSION = (1, 0)
# What only adds: rows of before lack nothing that the fields themselves could not say.
_ADDING = (
    migrations.CreateModel, migrations.AddField, migrations.AddIndex, migrations.RemoveIndex, migrations.RenameIndex,
    migrations.AddConstraint, migrations.RemoveConstraint, migrations.AlterModelOptions, migrations.AlterModelManagers,
)  # fmt: skip


def of(connection: Any) -> dict[str, list[str]]:
    """The migrations that the database stands at, by room."""
    loader = MigrationLoader(connection)
    found: dict[str, list[str]] = {}
    for room, name in sorted(set(loader.applied_migrations) & set(loader.disk_migrations)):
        found.setdefault(room, []).append(name)
    return found


def head(connection: Any, what: str) -> dict[str, Any]:
    """What every manifest begins with."""
    return {
        "format": FORMAT, "format_version": ".".join(map(str, FORMAT_VERSION)), "content": what,
        "program_version": __version__, "schema": of(connection),
    }  # fmt: skip


def check_format(manifest: dict[str, Any], *contents: str) -> None:
    """Refuses what is no archive of ours, of another content, or of a newer format than this program knows."""
    if manifest.get("format") != FORMAT:
        raise Refusal("archive.unreadable")
    version = str(manifest.get("format_version", ""))
    parts = tuple(int(p) for p in version.split(".") if p.isdigit())
    if len(parts) != 2 or parts > FORMAT_VERSION or parts[0] != FORMAT_VERSION[0]:
        known = ".".join(map(str, FORMAT_VERSION))
        raise Refusal("archive.format_unknown", version=version[:20], known=known)
    if manifest.get("content") not in contents:
        raise Refusal(
            "archive.other_content", content=str(manifest.get("content"))[:40], wanted=list(contents)
        )


def is_older(manifest: dict[str, Any], *, adding_only: bool = True) -> bool:
    """Whether rows lack what came since; refuses those of a newer program.

    With `adding_only` those too that need more than the values that new fields have of themselves.
    """
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    there = _named(manifest.get("schema"))
    version = str(manifest.get("program_version", ""))[:40]
    if there - known.keys():
        room, name = min(there - known.keys())
        raise Refusal("archive.newer_program", version=version, migration=f"{room}.{name}", known=__version__)
    for one in sorted(known.keys() - there):
        if adding_only and not all(isinstance(operation, _ADDING) for operation in known[one].operations):
            raise Refusal("archive.too_old", version=version, migration=".".join(one))
    return bool(known.keys() - there)


def _named(told: Any) -> set[tuple[str, str]]:
    try:
        return {(str(room), str(name)) for room, names in told.items() for name in names}
    except (AttributeError, TypeError):
        raise Refusal("archive.unreadable") from None
