"""Numbers that people read: per organisation and series, unique, never used twice; gaps are allowed, waiting is not."""

from uuid import UUID

from django.db import ProgrammingError, connection, transaction

from .context import Context

LONGEST = 20


def next_number(ctx: Context, series: str, width: int = 6) -> str:
    """The next number of a series such as `WO`, written `WO-000123`."""
    return next_numbers(ctx, series, 1, width)[0]


def next_numbers(ctx: Context, series: str, count: int, width: int = 6) -> list[str]:
    """Several numbers of a series at once, for imports."""
    # Longer names of sequences would be cut by PostgreSQL, and two series would become one.
    if not (series.isascii() and series.isalnum() and len(series) <= LONGEST):
        raise ValueError(f"a series is at most {LONGEST} letters and digits: {series!r}")
    return [f"{series}-{n:0{width}d}" for n in _take(ctx.organisation_id, series, count)]


def _take(organisation_id: UUID, series: str, count: int) -> list[int]:
    if connection.vendor == "postgresql":
        return _from_sequence(organisation_id, series, count)
    return _from_counter(organisation_id, series, count)


def _from_sequence(organisation_id: UUID, series: str, count: int) -> list[int]:
    # A sequence never makes writers wait for each other, and a rolled-back order leaves a gap, not a duplicate.
    name = f"number_{organisation_id.hex}_{series.lower()}"
    for _ in range(2):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [f'"{name}"', count])
                return [int(row[0]) for row in cursor.fetchall()]
        except ProgrammingError:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
                cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{name}"')
    raise RuntimeError(f"the sequence {name} could not be made")


def _from_counter(organisation_id: UUID, series: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (organisation_id, series, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (organisation_id, series) DO UPDATE SET last = last + excluded.last RETURNING last",
            [organisation_id.hex, series, count],
        )
        last = int(cursor.fetchone()[0])
    return list(range(last - count + 1, last + 1))
