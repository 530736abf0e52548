"""Numbers that people read: per organisation and series, unique, never used twice; gaps are allowed, waiting is not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import ProgrammingError, connection, transaction

from . import clock
from .context import Context
from .patterns import Restart, counter_of, write
from .portable import series as held

LONGEST = 20
WIDTH = 6
# So many are tried at once where the next ones are taken; what is left over of them stays unused.
STRIDE = 500


@dataclass(frozen=True, slots=True)
class Series:
    """A series that an organisation may write in its own way: what bears its numbers, and in which column."""

    key: str
    kind: str
    table: str
    column: str

    @property
    def pattern(self) -> str:
        """How its numbers are written where nobody chose otherwise."""
        return f"{self.key}-{{n:{WIDTH}}}"


@dataclass(frozen=True, slots=True)
class Written:
    """How an organisation writes the numbers of a series."""

    pattern: str
    restarts: Restart
    zone: str


SERIES: dict[str, Series] = {}
Chosen = Callable[[Context, str], Written | None]
_CHOSEN: list[Chosen] = []


def series_of(key: str, kind: str, column: str = "number", table: str = "") -> str:
    """Makes a series known whose pattern may be chosen; answers its key."""
    SERIES[key] = Series(key, kind, table or kind, column)
    return key


def written_by(chosen: Chosen) -> None:
    """Tells who knows how organisations write their numbers."""
    _CHOSEN[:] = [chosen]


def next_number(ctx: Context, series: str, width: int = WIDTH) -> str:
    """The next number of a series such as `WO`, written `WO-000123`."""
    return next_numbers(ctx, series, 1, width)[0]


def next_numbers(ctx: Context, series: str, count: int, width: int = WIDTH) -> list[str]:
    """Several numbers of a series at once, for imports."""
    # Longer names of sequences would be cut by PostgreSQL, and two series would become one.
    if not (series.isascii() and series.isalnum() and len(series) <= LONGEST):
        raise ValueError(f"a series is at most {LONGEST} letters and digits: {series!r}")
    own = _CHOSEN[0](ctx, series) if _CHOSEN and count and series in SERIES else None
    if own is None:
        return [f"{series}-{n:0{width}d}" for n in _take(ctx.organisation_id, series, count)]
    day = clock.today(own.zone)
    counter = counter_of(series, own.restarts, day)
    return [write(own.pattern, n, day) for n in _take(ctx.organisation_id, counter, count)]


def lasts(organisation_id: UUID) -> dict[str, int]:
    """The last number of each counter of an organisation."""
    return held.read(connection, organisation_id)


def go_on_after(organisation_id: UUID, counter: str, last: int) -> None:
    """Lets a counter go on after a number, never back."""
    before = lasts(organisation_id).get(counter, 0)
    if last <= before:
        return
    if connection.vendor != "postgresql":
        _take(organisation_id, counter, last - before)
        return
    name = f"number_{organisation_id.hex}_{counter.lower()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SEQUENCE IF NOT EXISTS "{name}"')
        cursor.execute("SELECT setval(%s, %s)", [f'"{name}"', last])


def free_numbers(
    ctx: Context, series: str, count: int, taken: Callable[[list[str]], Iterable[str]]
) -> list[str]:
    """The next numbers that nobody has chosen by hand before; `taken` answers which of some are."""
    found: list[str] = []
    tries = 0
    while len(found) < count:
        # After a file with numbers of ours thousands in a row may be taken: the steps grow.
        fresh = next_numbers(ctx, series, min(max(count - len(found), 2**tries // 2), STRIDE))
        used = set(taken(fresh))
        found += [number for number in fresh if number not in used]
        tries += 1
    return found[:count]


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
