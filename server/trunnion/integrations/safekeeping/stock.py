"""What a copy holds, counted and digested row by row, so that a restored one can be compared with its original."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from trunnion.integrations.moving.contents import TABLE, Wanted
from trunnion.kernel.portable import dump
from trunnion.kernel.portable.shape import Table, table, tables
from trunnion.kernel.portable.snapshot import show
from trunnion.kernel.tables import Row
from trunnion.kernel.walls import KERNEL_TABLES

Digests = dict[str, dict[str, Any]]
# They change with every beat of the clock, and are of no use after a restore.
PASSING = frozenset({"kernel.attempt", "kernel.schedule"})


def parts(connection: Any) -> Iterator[tuple[str, Table, UUID | None]]:
    """Each part of the stock: its name, its table, and whose rows; row security shows one organisation at a time."""
    guarded = [t for t in _lasting() if _is_guarded(t)]
    for one in _lasting():
        if one not in guarded:
            yield f"installation/{one.name}", one, None
    for organisation_id in organisations(connection):
        show(connection, organisation_id)
        for one in guarded:
            yield f"{organisation_id}/{one.name}", one, organisation_id


def organisations(connection: Any) -> list[UUID]:
    """Every organisation, in the order of their ids."""
    return [UUID(str(row["id"])) for row in dump.rows(connection, table("identity.organisation"), None)]


def _lasting() -> list[Table]:
    return [t for t in tables(whole=True) if t.name not in PASSING]


def _is_guarded(one: Table) -> bool:
    return issubclass(one.model, Row) or one.model._meta.db_table in KERNEL_TABLES


def digests(
    connection: Any, wanted: Wanted | None = None, told: Callable[[], None] = lambda: None
) -> Digests:
    """Count and digest of each part; notes on the way which contents rows name."""
    found: Digests = {}
    for name, one, organisation_id in parts(connection):
        count, sha256 = dump.digest(
            connection, one, organisation_id, wanted.see if wanted and one.name == TABLE else None
        )
        found[name] = {"rows": count, "sha256": sha256}
        told()
    return found
