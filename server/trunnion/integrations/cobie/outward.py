"""How rows go out: as they came in, letter by letter, wherever our record still says what it said then."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from trunnion.integrations.cobie.homes import HOMES
from trunnion.integrations.cobie.keys import Key, identifier_of, key_of
from trunnion.integrations.cobie.memory import Line, Memory
from trunnion.integrations.cobie.resolve import Anchors, Names, names_in
from trunnion.integrations.cobie.say import Said
from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.stand import Stand
from trunnion.integrations.cobie.types import Row

# Names are unique on these sheets; elsewhere rows of one name may stand side by side.
UNIQUE = frozenset({"Contact", "Facility", "Floor", "Space", "Type", "Component"})


@dataclass(slots=True)
class Out:
    """A row on its way out: what it says, the record that it tells of, and the line that it came in by."""

    sheet: str
    cells: dict[str, str]
    extra: dict[str, str] = field(default_factory=dict)
    subject_id: UUID | None = None
    line: Line | None = None

    def row(self) -> Row:
        """The same as a row of a workbook."""
        return Row(self.sheet, 0, self.cells, self.extra)


@dataclass(slots=True)
class Told:
    """A record and what it says: its own columns, and those that are kept as its attributes."""

    row_id: UUID
    said: Said
    more: Mapping[str, str]
    created_at: datetime
    line: Line | None = None


@dataclass(slots=True)
class Outward:
    """The rows of one building while they are put together, sheet after sheet in the order of the workbook."""

    memory: Memory
    stand: Stand
    known: Anchors
    building_id: UUID | None = None
    names: Names = field(default_factory=Names)
    # What each record is called on its own row, and on which sheet that is.
    called: dict[UUID, str] = field(default_factory=dict)
    sheet_of: dict[UUID, str] = field(default_factory=dict)
    renamed: dict[UUID, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = names_in(self.memory, self.known)

    def lines(self, sheet: str) -> Iterator[tuple[Line, UUID | None]]:
        """The lines that came in on a sheet, each with the record that it came in for."""
        for line in self.memory.lines[sheet].values():
            yield line, self.known.get((sheet, identifier_of(line.row(sheet))))

    def records(self, sheet: str, told: Iterable[Told]) -> Iterator[Out]:
        """The rows of these records, which keep their names before any newcomer may take them."""
        listed = list(told)
        column = SHEETS[sheet].key[0]
        taken = {
            one.line.cells[column].strip() for one in listed if one.line and not _is_renamed(one, column)
        }
        for one in listed:
            out = self._known(sheet, one, one.line) if one.line else self._fresh(sheet, one)
            name = out.cells.get(column, "").strip()
            if sheet in UNIQUE and (one.line is None or _is_renamed(one, column)):
                name = out.cells[column] = _free(name, taken)
                taken.add(name)
            if _is_renamed(one, column):
                self.renamed[one.row_id] = name
            if one.line is not None and one.line.aka:
                self.renamed[one.row_id] = name
            self.called.setdefault(one.row_id, name)
            self.sheet_of.setdefault(one.row_id, sheet)
            yield out

    def _known(self, sheet: str, one: Told, line: Line) -> Out:
        home = HOMES[sheet]
        cells, extra = dict(line.cells), dict(line.extra)
        for column in {c for own in home.own if _differs(one, line, own) for c in home.together(own)}:
            _put(cells, column, self.text(one.said, column))
        for column in home.loose:
            if _differs(one, line, column):
                _put(cells, column, one.more.get(column, ""))
        for column in line.extra:
            if _differs(one, line, column):
                _put(extra, column, one.more.get(column, ""))
        return Out(sheet, cells, extra, one.row_id, line)

    def _fresh(self, sheet: str, one: Told) -> Out:
        cells: dict[str, str] = {}
        for column in one.said.texts:
            _put(cells, column, self.text(one.said, column))
        for column, text in one.more.items():
            if column in HOMES[sheet].loose:
                _put(cells, column, text)
        cells["CreatedOn"] = instant(one.created_at)
        return Out(sheet, cells, {}, one.row_id)

    def text(self, said: Said, column: str) -> str:
        """A cell in the names that the records bear on their own rows."""
        if column not in said.refers:
            return said.texts[column]
        return ", ".join(self.called.get(i, name) if i else name for name, i in said.refers[column])


def _differs(one: Told, line: Line, column: str) -> bool:
    now = one.said.texts[column] if column in one.said.texts else one.more.get(column, "")
    then = line.said.get(column)
    if then is None:
        then = line.cells.get(column) or line.extra.get(column, "")
    return now != then


def _is_renamed(one: Told, column: str) -> bool:
    return one.line is not None and _differs(one, one.line, column)


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name} ({n})" for n in range(2, len(taken) + 3) if f"{name} ({n})" not in taken)


def _put(cells: dict[str, str], column: str, text: str) -> None:
    if text:
        cells[column] = text
    else:
        cells.pop(column, None)


def instant(at: datetime) -> str:
    """An instant as COBie writes it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def by_key(rows: Iterable[Out]) -> dict[tuple[str, Key], Out]:
    """The rows by sheet and key, numbered where keys are equal."""
    found: dict[tuple[str, Key], Out] = {}
    seen: dict[tuple[str, str], int] = {}
    for out in rows:
        key = key_of(out.row())
        seen[out.sheet, key] = seen.get((out.sheet, key), 0) + 1
        found[out.sheet, (key, seen[out.sheet, key])] = out
    return found
