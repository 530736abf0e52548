"""Many locations at once, for imports: found or made, in one entry."""

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import BatchEnsured
from trunnion.assets.models import Location
from trunnion.assets.rules import tree
from trunnion.assets.types.lines import LocationLine
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.errors import Invalid
from trunnion.kernel.unit import emit

from .location import check_facts, check_path, lock_roots, new_serials, replant, stand_under
from .naming import STEP, assign, rows_by_id, tell_renamed, unknown

Lines = Annotated[list[LocationLine], Field(max_length=200_000)]
PLAIN = (
    "name", "code", "description", "zone", "lon", "lat", "original_crs", "geometry", "route", "from_measure",
    "to_measure", "measure_unit",
)  # fmt: skip


# The rows' differences say the same as the lines, each beside its record: the lines need not be kept twice.
@command("assets.location.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that these places exist; parents may be lines of the same batch."""
    levels = list(_levels(lines))
    known = _held(ctx, [line.id for line in lines] + [line.parent_id for line in lines])
    called = {row_id: row.name for row_id, row in known.items()}
    rows: dict[int, Location] = {}
    fresh: list[Location] = []
    changed = 0
    for level in levels:
        parents = {index: _parent(lines[index], index, rows, known) for index in level}
        standing = _standing(ctx, {p.id for p in parents.values() if p is not None and not p._state.adding})
        if any(p is None for p in parents.values()):
            standing |= _roots(ctx)
        for index in level:
            line, parent = lines[index], parents[index]
            row = _found(line, index, parent, known, standing)
            if row is None:
                row = _fresh(ctx, line, parent, index)
                fresh.append(row)
                standing[_key(row)] = row
            elif not row._state.adding:
                changed += _bring_up(ctx, row, line, parent, index)
            rows[index] = row
    _plant(ctx, fresh)
    emit(BatchEnsured(thing="location", created=len(fresh), changed=changed))
    renamed = [row_id for row_id, name in called.items() if known[row_id].name != name]
    tell_renamed([], renamed)
    same = len({r.id for r in rows.values()}) - len(fresh) - changed
    return Ensured([rows[i].id for i in range(len(lines))], len(fresh), changed, same)


def _held(ctx: Context, ids: list[UUID | None]) -> dict[UUID, Location]:
    """These places, in trees that nobody moves until the command ends."""
    known = rows_by_id(ctx, Location, ids)
    return rows_by_id(ctx, Location, ids) if known and lock_roots(ctx, known.values()) else known


def _levels(lines: list[LocationLine]) -> Iterator[list[int]]:
    """The lines' indexes, parents first; raises Invalid for a parent that is no line, or a circle."""
    for index, line in enumerate(lines):
        if line.parent_line is not None and not 0 <= line.parent_line < len(lines):
            raise Invalid.field(f"/lines/{index}/parent_line", "assets.line_unknown", line=line.parent_line)
    below: dict[int | None, list[int]] = {}
    for index, line in enumerate(lines):
        below.setdefault(line.parent_line, []).append(index)
    level, seen = below.get(None, []), 0
    while level:
        seen += len(level)
        yield level
        level = [child for index in level for child in below.get(index, ())]
    if seen != len(lines):
        raise Invalid.field("/lines", "assets.location_cycle")


def _parent(
    line: LocationLine, index: int, rows: dict[int, Location], known: dict[UUID, Location]
) -> Location | None:
    if line.parent_line is not None:
        return rows[line.parent_line]
    if line.parent_id is None:
        return None
    if line.parent_id not in known:
        raise unknown(f"/lines/{index}/parent_id", Location.kind)
    return known[line.parent_id]


def _key(row: Location) -> tuple[UUID | None, str, str]:
    return (row.parent_id, str(row.location_kind), row.name)


def _standing(ctx: Context, parent_ids: set[UUID]) -> dict[tuple[UUID | None, str, str], Location]:
    """The places below these parents, by parent, kind and name."""
    ids, found = list(parent_ids), {}
    for start in range(0, len(ids), STEP):
        step = ids[start : start + STEP]
        for row in Location.objects.of(ctx).filter(parent_id__in=step, merged_into=None).order_by("-id"):
            found[_key(row)] = row
    return found


def _roots(ctx: Context) -> dict[tuple[UUID | None, str, str], Location]:
    rows = Location.objects.of(ctx).filter(parent_id=None, merged_into=None).order_by("-id")
    return {_key(row): row for row in rows}


def _found(
    line: LocationLine, index: int, parent: Location | None, known: dict[UUID, Location],
    standing: dict[tuple[UUID | None, str, str], Location],
) -> Location | None:  # fmt: skip
    if line.id is None:
        return standing.get((parent.id if parent else None, str(line.kind), line.name))
    if line.id not in known:
        raise unknown(f"/lines/{index}/id", Location.kind)
    return known[line.id]


def _fresh(ctx: Context, line: LocationLine, parent: Location | None, index: int) -> Location:
    if parent is None and ctx.scope.location_ids is not None:
        raise Invalid.field(f"/lines/{index}/parent_id", "assets.location_needed")
    row = Location(location_kind=line.kind, **{name: getattr(line, name) for name in _given(line)})
    stand_under(row, parent, f"/lines/{index}")
    row.parent = parent
    check_facts(row, f"/lines/{index}")
    return row


def _given(line: LocationLine) -> list[str]:
    return [name for name in PLAIN if getattr(line, name) is not None]


def _bring_up(ctx: Context, row: Location, line: LocationLine, parent: Location | None, index: int) -> int:
    """Changes a standing place where the line says otherwise; returns whether it did."""
    facts = {name: getattr(line, name) for name in _given(line)}
    differing = {name: value for name, value in facts.items() if getattr(row, name) != value}
    replanted = (line.parent_id is not None or line.parent_line is not None) and row.parent_id != parent.id  # type: ignore[union-attr]
    assign(row, differing)
    if differing:
        check_facts(row, f"/lines/{index}")
    if replanted:
        replant(ctx, row, parent)
    elif differing:
        row.save()
    return int(bool(differing) or replanted)


def _plant(ctx: Context, fresh: list[Location]) -> None:
    """Gives the new rows their paths, parents first as they stand in the list, and stores them."""
    if not fresh:
        return
    for row, serial in zip(fresh, new_serials(ctx, len(fresh)), strict=True):
        row.path = (row.parent.path if row.parent else "") + tree.segment(serial)
        check_path(len(row.path), "/lines")
    Location.objects.bulk_create(fresh)
