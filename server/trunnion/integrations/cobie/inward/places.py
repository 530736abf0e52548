"""Facilities become a site and a building, floors and spaces the places in it."""

from uuid import UUID

from trunnion.assets.commands import location_batch
from trunnion.assets.queries.handover import PlaceFacts
from trunnion.assets.types.kinds import LocationKind as K
from trunnion.assets.types.lines import LocationLine
from trunnion.integrations.cobie.inward.work import CODE, NAME, Work, cut, given, text
from trunnion.integrations.cobie.plan import Step

PROSE = 20_000


def apply(work: Work) -> None:
    """Makes sure that the places of the file exist."""
    _facilities(work)
    if work.plan.building_id is None and any(
        work.pending(sheet) for sheet in ("Floor", "Space", "Component")
    ):
        line = LocationLine(K.BUILDING, cut(work.plan.source_name, NAME))
        work.plan.building_id = location_batch.ensure_many(work.ctx, [line]).ids[0]
    _floors(work)
    _spaces(work)


def _facilities(work: Work) -> None:
    steps = work.pending("Facility")
    lines: list[LocationLine] = []
    for step in steps:
        lines += _facility(work, step, len(lines))
    if not lines:
        return
    ids = location_batch.ensure_many(work.ctx, lines).ids
    buildings: list[UUID] = []
    for index, (line, row_id) in enumerate(zip(lines, ids, strict=True)):
        if line.kind is K.BUILDING:
            buildings.append(row_id)
            if index and lines[index - 1].kind is not K.BUILDING:
                work.sites[row_id] = ids[index - 1]
    for step, building_id in zip(steps, buildings, strict=True):
        work.became(step, building_id)
    work.plan.building_id = work.plan.building_id or buildings[0]


def _facility(work: Work, step: Step, at: int) -> list[LocationLine]:
    """The lines of a site and its building; `at` is the number of the first."""
    name = text(step.row, "Name") or work.plan.source_name
    known = _known(work, step)
    if known is not None:
        building = LocationLine(
            K.BUILDING, known.name, id=known.id, description=given(step, "Description", PROSE)
        )
        site = work.plan.stand.places.get(known.parent_id) if work.plan.stand and known.parent_id else None
        if site is None or not step.has("SiteDescription"):
            return [building]
        words = given(step, "SiteDescription", PROSE)
        return [LocationLine(K(site.kind), site.name, id=site.id, description=words), building]
    return [
        LocationLine(
            K.SITE, cut(text(step.row, "SiteName") or name, NAME), description=_some(step, "SiteDescription")
        ),
        LocationLine(K.BUILDING, cut(name, NAME), parent_line=at, description=_some(step, "Description")),
    ]


def _floors(work: Work) -> None:
    steps = work.pending("Floor")
    if not steps:
        return
    lines = []
    for step in steps:
        known = _known(work, step)
        lines.append(
            LocationLine(
                K(known.kind) if known else K.FLOOR,
                known.name if known else cut(step.row.text("Name") or "", NAME),
                id=known.id if known else None,
                parent_id=None if known else work.plan.building_id,
                description=given(step, "Description", PROSE) if known else _some(step, "Description"),
            )
        )
    _ensure(work, steps, lines)


def _spaces(work: Work) -> None:
    steps = work.pending("Space")
    if not steps:
        return
    lines = []
    for step in steps:
        known = _known(work, step)
        floor = work.find("Floor", step.row.text("FloorName")) or work.plan.building_id
        code = given(step, "RoomTag", CODE)
        if code is not None and code != text(step.row, "RoomTag"):
            work.leave(step, "RoomTag")
        lines.append(
            LocationLine(
                K(known.kind) if known else K.SPACE,
                known.name if known else cut(step.row.text("Name") or "", NAME),
                id=known.id if known else None,
                parent_id=floor if step.has("FloorName") else None,
                code=code,
                description=given(step, "Description", PROSE) if known else _some(step, "Description"),
            )
        )
    _ensure(work, steps, lines)


def _ensure(work: Work, steps: list[Step], lines: list[LocationLine]) -> None:
    ids: list[UUID] = location_batch.ensure_many(work.ctx, lines).ids
    for step, row_id in zip(steps, ids, strict=True):
        work.became(step, row_id)


def _known(work: Work, step: Step) -> PlaceFacts | None:
    found = work.plan.stand.places.get(step.subject_id) if work.plan.stand and step.subject_id else None
    return found if found is not None and found.merged_into_id is None else None


def _some(step: Step, column: str) -> str | None:
    """A text for a new place; one that says nothing leaves alone what a place of that name says already."""
    return cut(text(step.row, column), PROSE) or None
