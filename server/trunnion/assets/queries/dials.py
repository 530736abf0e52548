"""What readings would mean to their meters' ledgers: which are there already, which cannot be right and why."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from trunnion.assets.models import Asset, Meter, MeterReading
from trunnion.assets.rules.readings import Dial, Implausible, Neighbours, Point, total_of
from trunnion.assets.types.kinds import ReadingKind
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.kernel.tables import ScopedQuerySet

from .places import zone_or_home

STEP = 400
# Clocks of phones run ahead a little.
AHEAD = timedelta(minutes=5)
# The rest of a second that was told without its fraction.
SECOND = timedelta(microseconds=999_999)
_FIELDS = ("id", "meter_id", "read_at", "entry", "value", "total", "reverses_id")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a meter showed, as it would be entered."""

    meter_id: UUID
    value: Decimal
    read_at: datetime
    rolled_over: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """The entry that says so already, or why it cannot be entered; neither for a good one."""

    reading_id: UUID | None = None
    about: str = ""
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Strand:
    """The entries of one meter in the order of their times: those that stand, and all that were ever made."""

    dial: Dial
    is_active: bool
    standing: list[tuple[datetime, int, Point]] = field(default_factory=list)
    known: dict[datetime, list[tuple[bool, Decimal, UUID | None]]] = field(default_factory=dict)
    # The same by the second: a table that came from here through a spreadsheet does not tell more.
    within: dict[datetime, list[tuple[bool, Decimal, UUID | None]]] = field(default_factory=dict)

    def add(self, at: datetime, point: Point, row_id: UUID | None, stands: bool) -> None:
        """Takes an entry in."""
        self.known.setdefault(at, []).append((stands, point.value, row_id))
        if at.microsecond:
            self.within.setdefault(at.replace(microsecond=0), []).append((stands, point.value, row_id))
        if stands:
            insort(self.standing, (at, len(self.standing), point), key=lambda one: one[:2])

    def already(self, line: Shown) -> tuple[bool, UUID | None]:
        """Whether an entry of the instant says the same, or stands there; and which."""
        there = self.known.get(line.read_at, [])
        later = self.within.get(line.read_at, []) if not there else []
        same = [one for one in there or later if one[1] == line.value]
        standing = [one for one in there if one[0]]
        found = next(iter(sorted(same, key=lambda one: not one[0]) or standing), None)
        return (found is not None, found[2] if found else None)

    def last_by(self, at: datetime) -> tuple[datetime, Decimal] | None:
        """When the entry was made that stands right before an instant or at it, and what it says."""
        place = bisect_right(self.standing, at, key=lambda one: one[0])
        return (self.standing[place - 1][0], self.standing[place - 1][2].value) if place else None

    def near(self, at: datetime) -> Neighbours:
        """The entries right before and after."""
        place = bisect_right(self.standing, at, key=lambda one: one[0])
        before = self.standing[place - 1][2] if place else None
        return Neighbours(before, self.standing[place][2] if place < len(self.standing) else None)


def standing_entries(ctx: Context) -> ScopedQuerySet:
    """The readings that were not taken back."""
    against = MeterReading.objects.of(ctx).filter(reverses_id=OuterRef("pk"))
    rows: ScopedQuerySet = MeterReading.objects.of(ctx)
    return rows.exclude(entry=ReadingKind.REVERSAL).exclude(Exists(against))


def weigh(ctx: Context, lines: Sequence[Shown]) -> list[Weighed]:
    """What each of these readings would be to its visible meter, were they entered in the order of their times."""
    if not lines:
        return []
    strands = strands_of(ctx, lines)
    found: dict[int, Weighed] = {}
    for index, line in sorted(enumerate(lines), key=lambda pair: pair[1].read_at):
        found[index] = _weighed(strands[line.meter_id], line)
    return [found[index] for index in range(len(lines))]


def units_of(ctx: Context, meter_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What these meters count in."""
    return dict(_many(visible(ctx, Meter), "id", meter_ids, "id", "unit"))


def zones_of(ctx: Context, asset_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The time zone of each asset's site; the organisation's where it has none."""
    rows = list(_many(visible(ctx, Asset), "id", asset_ids, "id", "location__site__zone"))
    home = zone_or_home(ctx, None) if any(not zone for _, zone in rows) else ""
    return {row_id: zone or home for row_id, zone in rows}


def _weighed(strand: Strand, line: Shown) -> Weighed:
    there, row_id = strand.already(line)
    if row_id is not None:
        return Weighed(row_id)
    if there:
        return Weighed(None, "read_at", "assets.read_already", {"at": line.read_at.isoformat()})
    if not strand.is_active:
        return Weighed(None, "meter_id", "assets.meter_retired")
    if line.read_at > clock.now() + AHEAD:
        return Weighed(None, "read_at", "assets.in_future", {"now": clock.now().isoformat()})
    entry = ReadingKind.ROLLOVER if line.rolled_over else ReadingKind.READING
    try:
        total = total_of(strand.dial, strand.near(line.read_at), entry, line.value)
    except Implausible as fault:
        facts = {name: None if fact is None else str(fact) for name, fact in fault.facts.items()}
        return Weighed(None, "value", fault.code, facts)
    strand.add(line.read_at, Point(entry, line.value, total), None, True)
    return Weighed()


def strands_of(ctx: Context, lines: Sequence[Shown]) -> dict[UUID, Strand]:
    """The stretch of each ledger that the readings fall into, with the entries right before and after it."""
    first, last = min(line.read_at for line in lines), max(line.read_at for line in lines) + SECOND
    of = standing_entries(ctx).filter(meter_id=OuterRef("pk"))
    before = of.filter(read_at__lt=first).order_by("-read_at", "-id").values("id")[:1]
    after = of.filter(read_at__gt=last).order_by("read_at", "id").values("id")[:1]
    meters = visible(ctx, Meter).annotate(before_id=Subquery(before), after_id=Subquery(after))
    ids = {line.meter_id for line in lines}
    strands: dict[UUID, Strand] = {}
    edges: set[UUID] = set()
    columns = ("id", "meter_kind", "rolls_over_at", "is_active", "before_id", "after_id")
    for row_id, kind, turn, is_active, *near in _many(meters, "id", ids, *columns):
        strands[row_id] = Strand(Dial(kind, turn), is_active)
        edges.update(one for one in near if one is not None)
    entries = MeterReading.objects.of(ctx)
    rows = [*_many(entries.filter(read_at__gte=first, read_at__lte=last), "meter_id", ids, *_FIELDS)]
    rows += _many(entries, "id", edges, *_FIELDS)
    # A reversal bears the time of what it takes back, so both are here.
    gone = {row[-1] for row in rows if row[-1] is not None}
    for row_id, meter_id, at, entry, value, total, reverses in sorted(rows, key=lambda row: (row[2], row[0])):
        stands = reverses is None and row_id not in gone
        strands[meter_id].add(at, Point(entry, value, total), row_id, stands)
    return strands


def _many(rows: Any, column: str, values: Iterable[Any], *columns: str) -> Iterable[tuple[Any, ...]]:
    listed = list(dict.fromkeys(values))
    for start in range(0, len(listed), STEP):
        yield from rows.filter(**{f"{column}__in": listed[start : start + STEP]}).values_list(*columns)
