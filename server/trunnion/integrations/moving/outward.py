"""An organisation written into a container: every row of one moment, and the contents that the rows name."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from trunnion.attach.commands import contents as places
from trunnion.identity.queries import get_organisation
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.listing import exports, page
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.portable import dump, series, state
from trunnion.kernel.portable.container import Writer
from trunnion.kernel.portable.shape import Table, tables
from trunnion.kernel.portable.snapshot import show, snapshot
from trunnion.kernel.worker import seal_all

from . import contents, readme

CONTENT = "organisation"
TASK = "integrations.organisation.export"
NUMBERS = "journal/numbers.json"
Told = Callable[[int, int], None]


def write(
    ctx: Context, path: Path, *, sign_ins: bool = False, lists: bool = False, told: Told = lambda *_: None
) -> dict[str, Any]:
    """Writes the organisation of the context to `path`, whole or not at all; returns what the manifest counts."""
    seal_all([ctx.organisation_id])
    # Held before the moment is taken: no content that a row of it names goes meanwhile.
    with places.held(), snapshot() as connection, Writer(path) as writer:
        show(connection, ctx.organisation_id)
        writer.manifest = _manifest(connection, ctx.organisation_id, sign_ins)
        total = sum(dump.count(connection, t, ctx.organisation_id) for t in tables())
        counts, wanted = _rows(
            writer, connection, ctx.organisation_id, sign_ins, lambda done: told(done, total)
        )
        files, missing = contents.copy_out(writer, wanted.names, lambda _: told(total, total))
        with writer.member("README.txt") as out:
            out.write(readme.text(get_organisation(ctx.organisation_id).name).encode())
        if lists:
            _lists(ctx, writer, path)
        writer.manifest |= {"counts": counts, "files": files, "missing_files": missing}
    return {"rows": sum(counts.values()), "files": files, "missing_files": missing}


def _manifest(connection: Any, organisation_id: UUID, sign_ins: bool) -> dict[str, Any]:
    facts = get_organisation(organisation_id)
    about = {"id": str(facts.id), "name": facts.name, "currency": facts.currency, "zone": facts.zone}
    return {
        **state.head(connection, CONTENT), "made_at": clock.now(), "organisation": about, "with_sign_ins": sign_ins,
    }  # fmt: skip


def _rows(
    writer: Writer, connection: Any, organisation_id: UUID, sign_ins: bool, told: Callable[[int], None]
) -> tuple[dict[str, int], contents.Wanted]:
    counts: dict[str, int] = {}
    wanted, done = contents.Wanted(), 0
    for table in tables():
        with writer.member(table.member) as out:
            for batch in _leaving(connection, table, organisation_id, sign_ins):
                out.lines(dump.lines(batch), len(batch))
                if table.name == contents.TABLE:
                    for row in batch:
                        wanted.see(row)
                done += len(batch)
                if len(batch) == dump.STEP:
                    told(done)
        counts[table.name] = out.rows
    with writer.member(NUMBERS) as out:
        out.write(dump.line(series.read(connection, organisation_id)))
    return counts, wanted


def _leaving(
    connection: Any, table: Table, organisation_id: UUID, sign_ins: bool
) -> Iterator[list[dict[str, Any]]]:
    found = dump.batches(connection, table, organisation_id, sign_ins=sign_ins)
    if table.name != "kernel.job":
        return found
    # The job that writes this very file is nothing to go on with elsewhere.
    return ([row for row in batch if row["task"] != TASK] for batch in found)


def _lists(ctx: Context, writer: Writer, path: Path) -> None:
    """Beside the rows, each list as a person knows it: with the rights and in the language of who asked."""
    part = path.with_name(path.name + ".csv")
    for name, listing in sorted(LISTINGS.items()):
        if not ctx.may(listing.permission):
            continue
        # A list of one's own things has nothing to show to the software itself.
        with suppress(Refusal):
            exports.write(ctx, listing, page.Ask(), part, "csv", lambda *_: None)
            with part.open("rb") as source:
                writer.copy(f"lists/{name}.csv", source, packed=True)
    part.unlink(missing_ok=True)
