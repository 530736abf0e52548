"""People who come in with an organisation and may be known here already: refused, or made one with who is here."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from trunnion.kernel.errors import Refusal
from trunnion.kernel.portable.load import BadRow
from trunnion.kernel.portable.shape import Table

TOLD = 10


class Linked:
    """Which id of the container is which id here."""

    def __init__(self) -> None:
        self.ids: dict[UUID, UUID] = {}
        self._texts: list[tuple[bytes, bytes]] = []

    def add(self, there: UUID, here: UUID) -> None:
        """Two ids are one person."""
        self.ids[there] = here
        if there != here:
            self._texts.append((str(there).encode(), str(here).encode()))

    def renamed(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Rows with the ids of here; an id names nothing else anywhere, so its text may be replaced."""
        for line in lines:
            for there, here in self._texts:
                line = line.replace(there, here)  # noqa: PLW2901
            yield line


def known(
    table: Table, rows: Iterable[Any], organisation_id: UUID, linked: Linked, link_people: bool
) -> Iterator[Any]:
    """The rows of people and of the organisation that are new here; of the others it is noted who they are."""
    is_organisation = table.model.is_organisation
    unique = [c.name for c in table.columns if c.field.unique and not c.field.primary_key]
    met: list[str] = []
    fresh: list[Any] = []
    for number, row in enumerate(rows, start=1):
        if is_organisation and row.id != organisation_id:
            raise Refusal("archive.foreign_row", table=table.name, line=number)
        _check_home(table, row, number, organisation_id)
        here = None if is_organisation else _here(table, unique, row)
        if here is None:
            fresh.append(row)
            continue
        met.append(str(getattr(row, unique[0])) if unique else str(row.id))
        linked.add(row.id, here)
    if met and not link_people:
        raise Refusal("archive.people_known", people=met[:TOLD], count=len(met))
    if is_organisation and len(fresh) != 1:
        raise BadRow(table, 1, "one organisation")
    yield from fresh


def _check_home(table: Table, row: Any, number: int, organisation_id: UUID) -> None:
    for one in table.columns:
        home = getattr(one.field.related_model, "is_organisation", False)
        if home and getattr(row, one.name) != organisation_id:
            raise Refusal("archive.foreign_row", table=table.name, line=number)


def _here(table: Table, unique: list[str], row: Any) -> UUID | None:
    found = table.model.objects.filter(id=row.id).first()
    for name in unique:
        found = found or table.model.objects.filter(**{name: getattr(row, name)}).first()
    return found.id if found else None
