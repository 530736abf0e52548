"""From what a file calls a thing to our record of it: by the outside names that were given before, or now."""

from collections.abc import Iterable, Set
from uuid import UUID

from trunnion.attach.queries import find_many_by_reference
from trunnion.integrations.cobie.cells import matched, split_list
from trunnion.integrations.cobie.homes import HOMES
from trunnion.integrations.cobie.keys import SCHEME, identifier_of, name_of
from trunnion.integrations.cobie.memory import Memory
from trunnion.integrations.cobie.types import Row
from trunnion.kernel.context import Context

Anchors = dict[tuple[str, str], UUID]
"""(sheet, identifier) -> the id of our record."""


class Names:
    """The records that rows can refer to, sheet by sheet: letter by letter first, else whatever case and blanks."""

    def __init__(self) -> None:
        self._exact: dict[str, dict[str, UUID]] = {}
        self._loose: dict[str, dict[str, UUID]] = {}

    def add(self, row: Row, row_id: UUID, aka: Iterable[str] = ()) -> None:
        """Makes a record known by its row's name and by what else people refer to it with."""
        also = row.text("Company") if row.sheet == "Contact" else None
        for name in (name_of(row), also, *aka):
            if name:
                self._exact.setdefault(row.sheet, {}).setdefault(name, row_id)
                self._loose.setdefault(row.sheet, {}).setdefault(matched(name), row_id)

    def find(self, sheet: str, text: str | None) -> UUID | None:
        """The record that a cell means, or nothing."""
        if not text:
            return None
        return self._exact.get(sheet, {}).get(text) or self._loose.get(sheet, {}).get(matched(text))

    def spellings(self, sheet: str) -> Set[str]:
        """All known names in the form that lists are taken apart by."""
        return self._loose.get(sheet, {}).keys()

    def split(self, sheet: str, text: str | None) -> list[tuple[str, UUID | None]]:
        """The names of a list cell, each with the record that it means."""
        if not text:
            return []
        return [(name, self.find(sheet, name)) for name in split_list(text, self.spellings(sheet))]


def anchors(ctx: Context, source_name: str, memory: Memory) -> Anchors:
    """The records of all rows that came in before."""
    wanted = {identifier_of(row) for sheet in HOMES for row in memory.rows(sheet)}
    return anchors_of(ctx, source_name, wanted)


def anchors_of(ctx: Context, source_name: str, identifiers: Iterable[str]) -> Anchors:
    """The records that a source calls so."""
    found = find_many_by_reference(ctx, SCHEME, list(identifiers))
    return {(one.object_type, one.identifier): one.row_id for one in found if one.system == source_name}


def names_in(memory: Memory, known: Anchors) -> Names:
    """What the rows that came in before can be referred to by."""
    names = Names()
    for sheet in HOMES:
        for line in memory.lines[sheet].values():
            row = line.row(sheet)
            row_id = known.get((sheet, identifier_of(row)))
            if row_id is not None:
                names.add(row, row_id, line.aka)
    return names
