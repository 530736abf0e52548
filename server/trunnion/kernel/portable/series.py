"""Numbers that go on where they were: the last one given out in each series, on both databases."""

from typing import Any
from uuid import UUID

from .snapshot import key


def read(connection: Any, organisation_id: UUID) -> dict[str, int]:
    """The last number of each series of an organisation."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(
                "SELECT upper(series), last FROM kernel_counter WHERE organisation_id = %s ORDER BY series",
                [key(connection, organisation_id)],
            )
            return dict(cursor.fetchall())
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'S' AND relname LIKE %s ORDER BY relname",
            [f"number\\_{organisation_id.hex}\\_%"],
        )
        found = {}
        for (name,) in cursor.fetchall():
            # A sequence that gave nothing out yet says 1 and that it was not called.
            cursor.execute(f'SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM "{name}"')
            found[name.rsplit("_", 1)[1].upper()] = int(cursor.fetchone()[0])
        return found


def write(connection: Any, organisation_id: UUID, lasts: dict[str, int]) -> None:
    """Lets each series of an organisation go on after its last number."""
    with connection.cursor() as cursor:
        for series, last in lasts.items():
            if connection.vendor != "postgresql":
                cursor.execute(
                    "INSERT INTO kernel_counter (organisation_id, series, last) VALUES (%s, %s, %s)",
                    [key(connection, organisation_id), series, last],
                )
                continue
            name = f"number_{organisation_id.hex}_{series.lower()}"
            cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{name}"')
            cursor.execute("SELECT setval(%s, %s, %s)", [f'"{name}"', max(last, 1), last > 0])
