"""What a source last said, row by row and letter by letter, kept in pages of some hundred rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from trunnion.integrations.cobie import cells
from trunnion.integrations.cobie.keys import Key, numbered
from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.types import Row
from trunnion.integrations.models import ImportRun, Source, SourcePage, SourcePast
from trunnion.kernel.context import Context

PAGE = 500


class Line(msgspec.Struct, array_like=True):
    """One row: its cells, those of unknown columns, and where our record says it otherwise, what it said then.

    An export gives a cell back as it was written as long as our record still says what it said then.
    """

    key: str
    nth: int
    number: int
    cells: dict[str, str]
    extra: dict[str, str]
    said: dict[str, str] = {}
    # Category and name of the attribute that a row without a record of its own became.
    home: tuple[str, str] | None = None
    # Earlier names of the row's record, by which rows that did not come again still refer to it.
    aka: list[str] = []

    def row(self, sheet: str) -> Row:
        """The same as a row of a workbook."""
        return Row(sheet, self.number, self.cells, self.extra)


@dataclass(slots=True)
class Memory:
    """All lines of a source by sheet and key; `dirty` sheets are written by `store`."""

    lines: dict[str, dict[Key, Line]] = field(default_factory=lambda: {name: {} for name in SHEETS})
    dirty: set[str] = field(default_factory=set)

    def put(self, sheet: str, line: Line) -> None:
        """Remembers a line in the place of the one of the same key."""
        self.lines[sheet][line.key, line.nth] = line
        self.dirty.add(sheet)

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet as they last came in."""
        return (line.row(sheet) for line in self.lines[sheet].values())


def stated(written: Mapping[str, str]) -> dict[str, str]:
    """The cells that say something, as written; an empty one and n/a are the same."""
    return {c: t for c, t in written.items() if t != cells.NOT_STATED and (s := t.strip()) and s != "n/a"}


def line_of(key: Key, row: Row) -> Line:
    """A row as it is remembered."""
    return Line(key[0], key[1], row.number, stated(row.cells), stated(row.extra))


def lines_of(rows: Iterable[Row]) -> Iterator[tuple[Line, Row]]:
    """The rows of a sheet with their lines."""
    return ((line_of(key, row), row) for key, row in numbered(rows))


def load(ctx: Context, source: Source | None) -> Memory:
    """Everything that a source last said."""
    memory = Memory()
    if source is None:
        return memory
    pages = SourcePage.objects.of(ctx).filter(source_id=source.id).order_by("sheet", "page")
    for sheet, body in pages.values_list("sheet", "body"):
        if sheet in memory.lines:
            found = _decoder.decode(body)
            memory.lines[sheet].update({(line.key, line.nth): line for line in found})
    return memory


def store(ctx: Context, source: Source, memory: Memory, run: ImportRun) -> None:
    """Writes the sheets that changed, inside the running command; what they said before is kept with the import."""
    standing = {(p.sheet, p.page): p for p in SourcePage.objects.of(ctx).filter(source_id=source.id)}
    fresh, past = [], []
    for sheet in sorted(memory.dirty):
        for page, body in enumerate(_pages(memory.lines[sheet])):
            row = standing.get((sheet, page))
            if row is None:
                fresh.append(SourcePage(source=source, sheet=sheet, page=page, body=body))
            elif row.body != body:
                past.append(SourcePast(run=run, sheet=sheet, page=page, body=row.body))
                row.body = body
                row.save()
    SourcePage.objects.bulk_create(fresh, batch_size=100)
    SourcePast.objects.bulk_create(past, batch_size=100)
    memory.dirty.clear()


def _pages(lines: Mapping[Key, Line]) -> Iterator[str]:
    listed = list(lines.values())
    for start in range(0, len(listed), PAGE):
        yield msgspec.json.encode(listed[start : start + PAGE]).decode()


_decoder = msgspec.json.Decoder(list[Line])
