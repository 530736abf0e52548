"""SQL is written in the kernel only, where both databases and row security are looked after."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lints.source import Finding, Source, is_within

RULE = "raw-sql"
METHODS = ("cursor", "raw", "extra")
CLASSES = ("RawSQL", "RunSQL")
DRIVERS = ("sqlite3", "pysqlite3", "psycopg", "psycopg_pool")


def look(source: Source) -> Iterator[Finding]:
    """Name each way around the ORM."""
    if not source.is_python or source.parts[0] not in ("server", "stories") or source.in_kernel:
        return
    for call, name in source.calls():
        last = name.rpartition(".")[2]
        if "." in name and last in METHODS:
            yield source.finding(
                call.lineno, RULE, f".{last}() belongs to the kernel: ask it through the ORM or a listing"
            )
        elif last in CLASSES:
            yield source.finding(
                call.lineno, RULE, f"{last} belongs to the kernel: declare a constraint, index or expression"
            )
    for line, name in source.imported():
        # Settings choose the driver; they are no room.
        if source.rooms and is_within(name, DRIVERS):
            yield source.finding(
                line, RULE, f"{name} is the kernel's: rooms speak to the database through the ORM"
            )
