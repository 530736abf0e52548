"""The rows of each sheet as our records fill them: first what came in, then what was added here."""

from collections.abc import Callable, Iterator
from uuid import UUID

from trunnion.assets.queries.handover import GroupFacts, PlaceFacts
from trunnion.catalog.queries import handover as catalog
from trunnion.integrations.cobie import say
from trunnion.integrations.cobie.homes import HOMES
from trunnion.integrations.cobie.memory import Line
from trunnion.integrations.cobie.outward import Out, Outward, Told
from trunnion.integrations.cobie.say import Named, Said
from trunnion.kernel import clock
from trunnion.parties.types import PartyCard


def told(work: Outward, sheet: str) -> Iterator[Told]:
    """What our records say on a sheet whose rows are records: those that came in first, then the others."""
    return _TOLD[sheet](work)


def entity_rows(work: Outward) -> Iterator[Out]:
    """The rows of those sheets; each may name records of the sheets before it."""
    for sheet in HOMES:
        yield from work.records(sheet, told(work, sheet))


def _contacts(work: Outward) -> Iterator[Told]:
    stand, came = work.stand, set[UUID]()
    for line, row_id in work.lines("Contact"):
        facts = stand.contacts.get(row_id) if row_id else None
        if facts is not None:
            came.add(facts.id)
            yield Told(
                facts.id, say.contact(facts), say.loose(stand, "Contact", facts.id), facts.created_at, line
            )
    for facts in stand.contacts.values():
        if facts.id not in came:
            said = say.contact(facts)
            said.texts["Email"] = facts.email or facts.name
            yield Told(facts.id, said, say.loose(stand, "Contact", facts.id), facts.created_at)
    represented = {facts.party_id for facts in stand.contacts.values()}
    for party in stand.parties.values():
        if party.id not in represented:
            yield _company(work, party)


def _company(work: Outward, party: PartyCard) -> Told:
    texts = {"Email": party.email or party.name, "Company": party.name, "Phone": party.phone}
    # A card says nothing of its age; the oldest model that names a company is as old as a row about it need be.
    at = min((model.created_at for model in work.stand.models.values()), default=clock.now())
    return Told(party.id, Said(texts), {}, at)


def _facilities(work: Outward) -> Iterator[Told]:
    stand, came = work.stand, set[UUID | None]()
    for line, row_id in work.lines("Facility"):
        place = stand.places.get(row_id) if row_id else None
        if place is not None:
            came.add(place.id)
            yield _place(work, "Facility", place, say.facility(stand, place), line)
    if work.building_id in stand.places and work.building_id not in came:
        place = stand.places[work.building_id]
        yield _place(work, "Facility", place, say.facility(stand, place))


def _floors(work: Outward) -> Iterator[Told]:
    came = set[UUID]()
    for line, place in _standing(work, "Floor"):
        came.add(place.id)
        yield _place(work, "Floor", place, say.floor(place), line)
    for place in work.stand.places.values():
        is_wing = place.kind == "building" and work.stand.is_under(place, work.building_id)
        if (place.kind == "floor" or is_wing) and place.id not in came:
            yield _place(work, "Floor", place, say.floor(place))


def _spaces(work: Outward) -> Iterator[Told]:
    came = set[UUID]()
    for line, place in _standing(work, "Space"):
        came.add(place.id)
        yield _place(work, "Space", place, say.space(work.stand, place), line)
    for place in work.stand.places.values():
        if say.is_room(place) and place.id not in came:
            yield _place(work, "Space", place, say.space(work.stand, place))


def _standing(work: Outward, sheet: str) -> Iterator[tuple[Line, PlaceFacts]]:
    for line, row_id in work.lines(sheet):
        place = work.stand.places.get(row_id) if row_id else None
        # A place that was merged goes out as the one that it became.
        if place is not None and place.merged_into_id is None:
            yield line, place


def _place(work: Outward, sheet: str, place: PlaceFacts, said: Said, line: Line | None = None) -> Told:
    return Told(place.id, said, say.loose(work.stand, sheet, place.id), place.created_at, line)


def _types(work: Outward) -> Iterator[Told]:
    stand, came = work.stand, set[UUID]()
    for line, row_id in work.lines("Type"):
        facts = stand.models.get(row_id) if row_id else None
        if facts is not None:
            came.add(facts.id)
            more = say.loose(stand, "Type", facts.id)
            yield Told(facts.id, say.model(stand, facts), more, facts.created_at, line)
    for facts in stand.models.values():
        if facts.id not in came:
            more = say.loose(stand, "Type", facts.id)
            yield Told(facts.id, say.model(stand, facts), more, facts.created_at)


def _components(work: Outward) -> Iterator[Told]:
    stand, came = work.stand, set[UUID]()
    for line, row_id in work.lines("Component"):
        facts = stand.assets.get(row_id) if row_id else None
        if facts is not None:
            came.add(facts.id)
            more = say.loose(stand, "Component", facts.id)
            yield Told(facts.id, say.component(stand, facts), more, facts.created_at, line)
    for facts in stand.assets.values():
        if facts.id not in came:
            more = say.loose(stand, "Component", facts.id)
            yield Told(facts.id, say.component(stand, facts), more, facts.created_at)


def _groups(work: Outward, sheet: str, column: str, target: str) -> Iterator[Told]:
    """A zone or system stands in as many rows as came in, and in one more for members that were added here."""
    groups = work.stand.zones if sheet == "Zone" else work.stand.systems
    told: dict[UUID, set[UUID]] = {group_id: set() for group_id in groups}
    # A system may stand in thousands of rows: what it holds is gathered once.
    held = {group_id: frozenset(facts.member_ids) for group_id, facts in groups.items()}
    for line, row_id in work.lines(sheet):
        facts = groups.get(row_id) if row_id else None
        if facts is None:
            continue
        members = list(named_members(work, held[facts.id], target, line.cells.get(column)))
        told[facts.id].update(i for _, i in members if i is not None)
        if members or not line.cells.get(column):
            yield _group(work, sheet, facts, say.group(facts, column, members), line)
    for facts in groups.values():
        left = [i for i in facts.member_ids if i not in told[facts.id] and i in work.called]
        if left:
            named = [(name_here(work, target, i), i) for i in left]
            yield _group(work, sheet, facts, say.group(facts, column, named))


def named_members(work: Outward, members: frozenset[UUID], target: str, text: str | None) -> Iterator[Named]:
    """The members that a cell names, without those that have left; a name that means nothing here stays."""
    for name, row_id in work.names.split(target, text):
        if row_id is None:
            yield (name, None)
        elif row_id in members:
            yield (name_here(work, target, row_id), row_id)


def name_here(work: Outward, sheet: str, row_id: UUID) -> str:
    """What our own record is called."""
    if sheet == "Component":
        asset = work.stand.assets.get(row_id)
        return asset.name if asset else ""
    place = work.stand.places.get(row_id)
    return place.name if place else ""


def _group(work: Outward, sheet: str, facts: GroupFacts, said: Said, line: Line | None = None) -> Told:
    return Told(facts.id, said, say.loose(work.stand, sheet, facts.id), facts.created_at, line)


def _spares(work: Outward) -> Iterator[Told]:
    stand, came = work.stand, set[UUID]()
    parts = {(part.model_id, part.item_id): part for part in stand.parts}
    for line, item_id in work.lines("Spare"):
        model_id = work.names.find("Type", line.row("Spare").text("TypeName"))
        part = parts.get((model_id, item_id)) if model_id and item_id else None
        if part is not None:
            # Two rows may have become one line of the spare list.
            came.add(part.id)
        if item_id in stand.items and (part is not None or model_id is None):
            yield _spare(work, stand.items[item_id], part, line)
    for part in parts.values():
        if part.id not in came and part.item_id in stand.items:
            yield _spare(work, stand.items[part.item_id], part)


def _spare(
    work: Outward, item: catalog.ItemFacts, part: catalog.PartFacts | None, line: Line | None = None
) -> Told:
    more = say.loose(work.stand, "Spare", item.id)
    return Told(item.id, say.spare(work.stand, item, part), more, (part or item).created_at, line)


_TOLD: dict[str, Callable[[Outward], Iterator[Told]]] = {
    "Contact": _contacts, "Facility": _facilities, "Floor": _floors, "Space": _spaces,
    "Zone": lambda work: _groups(work, "Zone", "SpaceNames", "Space"), "Type": _types, "Component": _components,
    "System": lambda work: _groups(work, "System", "ComponentNames", "Component"), "Spare": _spares,
}  # fmt: skip
