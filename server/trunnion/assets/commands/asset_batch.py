"""Many assets at once, for imports: found or made, with their places, in one entry."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import BatchEnsured
from trunnion.assets.models import Asset, AssetMove, Installation, Location, Position
from trunnion.assets.types.kinds import AssetState
from trunnion.assets.types.lines import AssetLine
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.errors import Invalid
from trunnion.kernel.unit import emit

from .assessing import state_classes
from .asset import CHOICES, CLASSES, PARTIES, check_days, check_parent, names_of
from .moves import (
    Place,
    close_installation,
    installed_at,
    is_standing,
    open_installation,
    record_move,
    stand_in,
)
from .naming import assign, check_all, rows_by_id, tell_renamed, unknown
from .numbering import check_number, give_numbers
from .qr import issue_all

Lines = Annotated[list[AssetLine], Field(max_length=200_000)]
PLAIN = (
    "name", "tag", "serial", "barcode", "batch", "description", "model_id", "made_on", "owner_party_id",
    "user_party_id", "supplier_party_id", "criticality", "condition", "purchased_on", "price", "currency",
    "installed_on", "in_service_on", "warranty_from_on", "warranty_until_on", "expected_end_on",
)  # fmt: skip


@command("assets.asset.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines, with_codes: bool = True) -> Ensured:
    """Makes sure that these assets exist and stand where the lines say; fresh ones get QR codes."""
    _check_references(ctx, lines)
    places = _places(ctx, lines)
    known = rows_by_id(ctx, Asset, [line.id for line in lines] + [line.parent_id for line in lines])
    rows, named, changed, stated = [], list[tuple[Asset, int, AssetLine]](), set[UUID](), []
    now, called = clock.now(), {row_id: names_of(row) for row_id, row in known.items()}
    for index, line in enumerate(lines):
        stated.append(_stated(line, known.get(line.id) if line.id else None))
        if line.id is None:
            row = _fresh(ctx, line, places[index], index, now)
            named.append((row, index, line))
        elif line.id not in known:
            raise unknown(f"/lines/{index}/id", Asset.kind)
        else:
            row = known[line.id]
            check_number(row, line, index)
            if _bring_up(ctx, row, line, places[index], index, now):
                changed.add(row.id)
        rows.append(row)
    give_numbers(ctx, named)
    fresh = [row for row, _, _ in named]
    _store(ctx, fresh, now)
    state_classes(ctx, rows, stated)
    changed |= _assemble(ctx, lines, rows, known, {row.id for row in fresh})
    if with_codes:
        issue_all(ctx, fresh)
    emit(BatchEnsured(thing="asset", created=len(fresh), changed=len(changed)))
    renamed = [row_id for row_id, names in called.items() if names_of(known[row_id]) != names]
    tell_renamed(renamed, [])
    same = len({r.id for r in rows}) - len(fresh) - len(changed)
    return Ensured([r.id for r in rows], len(fresh), len(changed), same)


def _check_references(ctx: Context, lines: list[AssetLine]) -> None:
    kinds = {"model_id": "catalog.model", **dict.fromkeys(PARTIES, "parties.party")}
    for field, kind in kinds.items():
        named_in: dict[UUID, str] = {}
        for index, line in enumerate(lines):
            if getattr(line, field) is not None:
                named_in.setdefault(getattr(line, field), f"/lines/{index}/{field}")
        check_all(ctx, kind, named_in)


def _places(ctx: Context, lines: list[AssetLine]) -> list[Place]:
    positions = rows_by_id(ctx, Position, [line.position_id for line in lines])
    wanted = [line.location_id for line in lines] + [p.location_id for p in positions.values()]
    locations = rows_by_id(ctx, Location, wanted)
    # The sites' zones are read by `installed_at`: at hand, they cost no query each.
    sites = rows_by_id(ctx, Location, [row.site_id for row in locations.values()])
    for row in locations.values():
        if row.site_id in sites:
            row.site = sites[row.site_id]
    found = []
    for index, line in enumerate(lines):
        position = positions.get(line.position_id) if line.position_id else None
        if line.position_id and position is None:
            raise unknown(f"/lines/{index}/position_id", Position.kind)
        location_id = line.location_id or (position.location_id if position else None)
        if location_id is not None and location_id not in locations:
            raise unknown(f"/lines/{index}/location_id", Location.kind)
        found.append(Place(locations.get(location_id) if location_id else None, position))
    return found


def _facts(line: AssetLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in PLAIN if getattr(line, name) is not None}


def _stated(line: AssetLine, row: Asset | None) -> dict[str, Any]:
    """The classes that a line states anew: each becomes an assessment of today."""
    found = {name: getattr(line, name) for name in CLASSES if getattr(line, name) is not None}
    return {name: value for name, value in found.items() if row is None or getattr(row, name) != value}


def _fresh(ctx: Context, line: AssetLine, place: Place, index: int, now: datetime) -> Asset:
    if place.location is None and ctx.scope.location_ids is not None:
        raise Invalid.field(f"/lines/{index}/location_id", "assets.location_needed")
    row = Asset.fresh(
        state=line.state or AssetState.IN_SERVICE, state_since_at=now, location=place.location,
        position=place.position, **_facts(line),
    )  # fmt: skip
    check_days(row, f"/lines/{index}")
    return row


def _store(ctx: Context, fresh: list[Asset], now: datetime) -> None:
    if not fresh:
        return
    Asset.objects.bulk_create(fresh)
    AssetMove.objects.bulk_create([record_move(ctx, row, "create", "", now, "", None) for row in fresh])
    standing = [row for row in fresh if is_standing(row.state) and (row.location_id or row.position_id)]
    Installation.objects.bulk_create(
        Installation.fresh(
            asset=row,
            location=row.location,
            position=row.position,
            from_at=installed_at(ctx, row, Place(row.location, row.position), now),
        )
        for row in standing
    )


def _bring_up(ctx: Context, row: Asset, line: AssetLine, place: Place, index: int, now: datetime) -> bool:
    """Changes a standing asset where the line says otherwise; returns whether it did."""
    facts = _facts(line)
    differing = {name: value for name, value in facts.items() if getattr(row, name) != value}
    moved = bool(place) and (row.location_id, row.position_id) != (_id(place.location), _id(place.position))
    assign(row, {name: value or "" if name in CHOICES else value for name, value in differing.items()})
    if differing:
        check_days(row, f"/lines/{index}")
    if moved:
        close_installation(ctx, row, now)
        if is_standing(row.state):
            open_installation(ctx, row, place, now)
        stand_in(row, place)
        record_move(ctx, row, "move", row.state, now, "", None).save()
    if differing or moved:
        row.save()
    return bool(differing) or moved


def _assemble(
    ctx: Context, lines: list[AssetLine], rows: list[Asset], known: dict[UUID, Asset], fresh: set[UUID]
) -> set[UUID]:
    """Puts parts under their assemblies, which may be lines of the same batch; returns the older ones that changed."""
    changed = set()
    for index, (line, row) in enumerate(zip(lines, rows, strict=True)):
        parent = known.get(line.parent_id) if line.parent_id else None
        if line.parent_line is not None:
            if not 0 <= line.parent_line < len(rows):
                raise Invalid.field(
                    f"/lines/{index}/parent_line", "assets.line_unknown", line=line.parent_line
                )
            parent = rows[line.parent_line]
        elif line.parent_id and parent is None:
            raise unknown(f"/lines/{index}/parent_id", Asset.kind)
        if parent is not None and row.parent_id != parent.id:
            check_parent(ctx, row, parent)
            row.parent = parent
            row.save()
            if row.id not in fresh:
                changed.add(row.id)
    return changed


def _id(row: Any) -> UUID | None:
    return getattr(row, "id", None)
