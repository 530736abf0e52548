"""A building as a COBie workbook: what came in goes out as it was written, what was added here goes with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from trunnion.assets.queries import handover as assets
from trunnion.integrations.cobie import memory as memories
from trunnion.integrations.cobie import resolve, stand
from trunnion.integrations.cobie.outward import Out, Outward
from trunnion.integrations.cobie.plan import SCHEME
from trunnion.integrations.cobie.rest import collector_rests
from trunnion.integrations.cobie.rows import entity_rows
from trunnion.integrations.cobie.satellites import satellite_rows
from trunnion.integrations.cobie.writer import write
from trunnion.integrations.models import Source
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotVisible


def run(ctx: Context, path: Path | BinaryIO, facility_id: UUID | None = None) -> int:
    """Writes one building, or the only one there is; returns how many rows."""
    with collector_rests():
        with reading(ctx.organisation_id):
            building_id, is_alone = chosen(ctx, facility_id)
            source = _source(ctx, building_id)
            listed = list(rows(ctx, source, building_id, alone=is_alone))
            extra = {sheet: list(names) for sheet, names in source.extra_columns.items()} if source else {}
        return write(path, ((out.sheet, [{**out.extra, **out.cells}]) for out in listed), extra_columns=extra)


def chosen(ctx: Context, facility_id: UUID | None) -> tuple[UUID | None, bool]:
    """The building to be written, and whether it is the only one; raises Invalid where that must be said."""
    found = facilities(ctx)
    if facility_id is None and len(found) > 1:
        names = ", ".join(place.name for place in found)
        raise Invalid.field("/facility_id", "cobie.choose_facility", facilities=names)
    if facility_id is not None and facility_id not in {place.id for place in found}:
        raise NotVisible
    return facility_id or (found[0].id if found else None), len(found) < 2


def facilities(ctx: Context) -> list[assets.PlaceFacts]:
    """The buildings of which each has a workbook of its own; a wing goes out with its building."""
    found = assets.list_buildings(ctx)
    paths = {place.path for place in found}
    return [place for place in found if not any(place.path != p and place.path.startswith(p) for p in paths)]


def targets(path: Path, found: list[assets.PlaceFacts]) -> dict[Path, UUID]:
    """A file for each building, named after it, beside the one that was asked for."""
    named: dict[Path, UUID] = {}
    for place in found:
        plain = "".join(letter if letter.isalnum() or letter in "-_. " else "-" for letter in place.name)
        target = path.with_name(f"{path.stem} - {plain}{path.suffix or '.xlsx'}")
        if target in named:
            target = path.with_name(f"{path.stem} - {plain} {place.id.hex[-6:]}{path.suffix or '.xlsx'}")
        named[target] = place.id
    return named


def rows(ctx: Context, source: Source | None, building_id: UUID | None, *, alone: bool) -> Iterator[Out]:
    """Every row of the workbook."""
    memory = memories.load(ctx, source)
    known = resolve.anchors(ctx, source.name, memory) if source else {}
    now = stand.load(ctx, building_id, known, alone=alone)
    work = Outward(memory, now, known, building_id)
    yield from entity_rows(work)
    yield from satellite_rows(work)


def _source(ctx: Context, building_id: UUID | None) -> Source | None:
    sources = Source.objects.of(ctx).filter(scheme=SCHEME)
    if building_id is None:
        return sources.filter(building=None).first()
    return sources.filter(building_id=building_id).order_by("id").first()
