"""Many functional positions at once, for imports: found or made, in one entry."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import BatchEnsured
from trunnion.assets.models import Asset, Location, Position
from trunnion.assets.types.lines import PositionLine
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.errors import Invalid
from trunnion.kernel.unit import emit

from .assessing import state_criticality
from .naming import STEP, assign, check_lines, rows_by_id, unknown

Lines = Annotated[list[PositionLine], Field(max_length=200_000)]
PLAIN = ("name", "code", "description", "location_id", "equipment_class_id", "criticality")


@command("assets.position.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that these positions exist; what each is a part of may be a line of the same batch.

    A class of criticality that is new to a position is an assessment of today.
    """
    _check_lines(ctx, lines)
    holders = _holders(ctx, [line.code for line in lines if line.code])
    named = [row_id for line in lines for row_id in (line.id, line.parent_id)]
    known = rows_by_id(ctx, Position, [*named, *holders.values()])
    shown = {row.id: row.criticality for row in known.values()}
    rows: list[Position] = []
    fresh: list[Position] = []
    changed: dict[UUID, Position] = {}
    moved: dict[UUID, Position] = {}
    for index, line in enumerate(lines):
        row = _found(line, index, known, holders)
        facts = {name: getattr(line, name) for name in PLAIN if getattr(line, name) is not None}
        if row is None:
            row = _fresh(ctx, facts, index)
            fresh.append(row)
            known[row.id] = row
        elif not row._state.adding and any(getattr(row, name) != value for name, value in facts.items()):
            if row.location_id != facts.get("location_id", row.location_id):
                moved[row.id] = row
            assign(row, facts)
            changed[row.id] = row
        if line.code:
            holders[line.code] = row.id
        rows.append(row)
    changed |= _put_under(ctx, lines, rows, known)
    Position.objects.bulk_create(_topmost_first(fresh))
    for row in changed.values():
        row.save()
    _take_along(ctx, moved)
    state_criticality(ctx, {r.id: r for r in rows if r.criticality != shown.get(r.id, "")}.values())
    emit(BatchEnsured(thing="position", created=len(fresh), changed=len(changed)))
    same = len({row.id for row in rows}) - len(fresh) - len(changed)
    return Ensured([row.id for row in rows], len(fresh), len(changed), same)


def _check_lines(ctx: Context, lines: list[PositionLine]) -> None:
    for index, line in enumerate(lines):
        if line.parent_line is not None and not 0 <= line.parent_line < len(lines):
            raise Invalid.field(f"/lines/{index}/parent_line", "assets.line_unknown", line=line.parent_line)
    check_lines(ctx, lines, {"location_id": Location.kind, "equipment_class_id": "catalog.equipment_class"})


def _holders(ctx: Context, codes: list[str]) -> dict[str, UUID]:
    """Which positions bear these codes, in sight or not: each code is given once in the organisation."""
    found: dict[str, UUID] = {}
    for start in range(0, len(codes), STEP):
        rows = Position.objects.of(ctx).filter(code__in=codes[start : start + STEP])
        found.update(rows.values_list("code", "id"))
    return found


def _found(
    line: PositionLine, index: int, known: dict[UUID, Position], holders: dict[str, UUID]
) -> Position | None:
    holder = holders.get(line.code) if line.code else None
    if line.id is not None and line.id not in known:
        raise unknown(f"/lines/{index}/id", Position.kind)
    if holder is not None and (holder not in known or line.id not in (None, holder)):
        raise Invalid.field(f"/lines/{index}/code", "assets.code_taken", code=line.code)
    row_id = line.id or holder
    return known[row_id] if row_id is not None else None


def _fresh(ctx: Context, facts: dict[str, Any], index: int) -> Position:
    if facts.get("location_id") is None and ctx.scope.location_ids is not None:
        raise Invalid.field(f"/lines/{index}/location_id", "assets.location_needed")
    return Position(**facts)


def _put_under(
    ctx: Context, lines: list[PositionLine], rows: list[Position], known: dict[UUID, Position]
) -> dict[UUID, Position]:
    """Says what each position is a part of; returns the older ones that changed. Nothing is a part of itself."""
    put: dict[UUID, int] = {}
    for index, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if line.parent_id is not None and line.parent_id not in known:
            raise unknown(f"/lines/{index}/parent_id", Position.kind)
        above = rows[line.parent_line].id if line.parent_line is not None else line.parent_id
        if above is not None and row.parent_id != above:
            row.parent_id, put[row.id] = above, index
    if not put:
        return {}
    standing = Position.objects.of(ctx).exclude(parent=None)
    parents: dict[UUID, UUID | None] = dict(standing.values_list("id", "parent_id"))
    parents |= {row.id: row.parent_id for row in rows}
    _refuse_circles(parents, put)
    return {row.id: row for row in rows if row.id in put and not row._state.adding}


def _refuse_circles(parents: dict[UUID, UUID | None], put: dict[UUID, int]) -> None:
    clear: set[UUID] = set()
    for row_id, index in put.items():
        way: set[UUID] = set()
        at: UUID | None = row_id
        while at is not None and at not in clear:
            if at in way:
                raise Invalid.field(f"/lines/{index}/parent_id", "assets.position_cycle")
            way.add(at)
            at = parents.get(at)
        clear |= way


def _topmost_first(fresh: list[Position]) -> list[Position]:
    """The new positions, each behind what it is a part of."""
    below: dict[UUID | None, list[Position]] = {}
    ids = {row.id for row in fresh}
    for row in fresh:
        below.setdefault(row.parent_id if row.parent_id in ids else None, []).append(row)
    found = list(below.get(None, ()))
    for row in found:
        found.extend(below.get(row.id, ()))
    return found


def _take_along(ctx: Context, moved: dict[UUID, Position]) -> None:
    """What fills a position goes where it goes."""
    ids = list(moved)
    for start in range(0, len(ids), STEP):
        for asset in Asset.objects.of(ctx).filter(position_id__in=ids[start : start + STEP]):
            asset.location_id = moved[asset.position_id].location_id
            asset.save()
