"""A copy of the installation, made while others work: database, contents and secret of one moment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from trunnion.attach.commands import contents as places
from trunnion.identity.queries import list_organisations
from trunnion.integrations.moving import contents
from trunnion.kernel import clock
from trunnion.kernel.portable import beside, dump, series, state
from trunnion.kernel.portable.container import Writer
from trunnion.kernel.portable.snapshot import snapshot
from trunnion.kernel.worker import seal_all

from . import stock

CONTENT = "installation"
DATABASE = "database.sqlite3"
SECRET = "secret"  # noqa: S105  (the name of a member)
Told = Callable[[int, int], None]


def make(path: Path, told: Told = lambda *_: None) -> dict[str, Any]:
    """Writes a copy of the whole installation to `path`, whole or not at all; returns what it counts."""
    seal_all([one.id for one in list_organisations()])
    steps = _Steps(told)
    with places.held(), snapshot() as connection, Writer(path) as writer:
        writer.manifest = {
            **state.head(connection, CONTENT),
            "made_at": clock.now(),
            "database": connection.vendor,
        }
        wanted = contents.Wanted()
        take = _file if connection.vendor == "sqlite" else _rows
        found = take(writer, connection, wanted, steps.step)
        files, missing = contents.copy_out(writer, wanted.names, lambda _: steps.step())
        kept = settings.ENVIRONMENT.home / SECRET
        if kept.exists():
            with kept.open("rb") as source:
                writer.copy(SECRET, source)
        writer.manifest |= {"rows": found, "files": files, "missing_files": missing}
    return {"rows": sum(one["rows"] for one in found.values()), "files": files, "missing_files": missing}


class _Steps:
    """Says that work goes on, without knowing how much there is."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._done = 0

    def step(self) -> None:
        """One more step is done."""
        self._done += 1
        self._told(self._done, 0)


def _file(
    writer: Writer, connection: Any, wanted: contents.Wanted, step: Callable[[], None]
) -> stock.Digests:
    """The database file by SQLite's own online copy, of the very moment whose rows were digested."""
    found = stock.digests(connection, wanted, step)
    copy = writer.path.with_name(f"{writer.path.name}.{DATABASE}")
    try:
        beside.copy(connection, copy)
        with copy.open("rb") as source:
            writer.copy(DATABASE, source, packed=True)
    finally:
        copy.unlink(missing_ok=True)
    return found


def _rows(
    writer: Writer, connection: Any, wanted: contents.Wanted, step: Callable[[], None]
) -> stock.Digests:
    """Every table as rows: no tool of another version needed, and fit for either database."""
    found: stock.Digests = {}
    for name, table, organisation_id in stock.parts(connection):
        with writer.member(f"rows/{name}.jsonl") as out:
            for batch in dump.batches(connection, table, organisation_id, sign_ins=True):
                out.lines(dump.lines(batch), len(batch))
                if table.name == contents.TABLE:
                    for row in batch:
                        wanted.see(row)
        found[name] = {"rows": out.rows, "sha256": out.sha256}
        step()
    for organisation_id in stock.organisations(connection):
        _numbers(writer, connection, organisation_id)
    return found


def _numbers(writer: Writer, connection: Any, organisation_id: UUID) -> None:
    with writer.member(f"rows/{organisation_id}/numbers.json") as out:
        out.write(dump.line(series.read(connection, organisation_id)))
