"""What the databases' plans rest on: how many rows share a value, presumed for small tables, counted for large ones.

Without counts SQLite takes "of this organisation" for a narrower condition than "one of these ids", and reads a whole
organisation to find two rows. Counts of a small table are as misleading, since it may be a large one by tonight.
"""

from typing import Any

from django.db import connection

from .database import writing

# A table is small below this; what is presumed of it is how a large one looks.
SMALL = 10_000
ROWS, OF_ONE_ORGANISATION, ALIKE = 1_000_000, 200_000, 20
# How many rows of an index are looked at; the counts need not be exact.
LOOKED_AT = 1000
OWNER = "organisation_id"


def gather(*, count: bool = True) -> None:
    """Counts what lies in large tables and presumes the rest; after many rows came in, and from time to time."""
    if connection.vendor == "postgresql":
        if count:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        return
    with connection.cursor() as cursor:
        if count:
            cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
            for table in _tables(cursor):
                # Writers get in between: what is not in memory yet takes a slow disk half a minute in all.
                with writing():
                    cursor.execute(f'ANALYZE "{table}"')
    with writing(), connection.cursor() as cursor:
        # Makes the table of counts where there is none.
        cursor.execute("ANALYZE sqlite_schema")
        _presume(cursor)
        # And this makes the connection read it again.
        cursor.execute("ANALYZE sqlite_schema")


def _presume(cursor: Any) -> None:
    cursor.execute("SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl")
    counted = dict(cursor.fetchall())
    for table in _tables(cursor):
        if counted.get(table, 0) >= SMALL:
            continue
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [table])
        cursor.execute('SELECT name, "unique" FROM pragma_index_list(%s)', [table])
        for index, is_unique in cursor.fetchall():
            cursor.execute("SELECT name FROM pragma_index_info(%s) ORDER BY seqno", [index])
            told = presumed([name for (name,) in cursor.fetchall()], bool(is_unique))
            cursor.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", [table, index, told]
            )


def _tables(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'index' AND tbl_name NOT LIKE 'sqlite%%'"
    )
    return [name for (name,) in cursor.fetchall()]


def presumed(columns: list[str | None], is_unique: bool) -> str:
    """How an index of a large table would be counted: all rows, then how many share the first 1, 2, ... columns."""
    counts, left = [ROWS], ROWS
    for position, column in enumerate(columns):
        is_last = position == len(columns) - 1
        if column == "id" or (is_unique and is_last):
            left = 1
        else:
            left = min(left, OF_ONE_ORGANISATION if column == OWNER else ALIKE)
        counts.append(left)
    return " ".join(map(str, counts))
