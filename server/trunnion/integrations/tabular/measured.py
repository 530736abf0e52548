"""Workbooks measured before a parser opens them: what they repeat, how large their texts become cell by cell."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any
from xml.parsers import expat

from trunnion.integrations.cobie.package import Limits, Package
from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.kernel.errors import Invalid

MOST_BYTES = 100 << 20
# Far more than a table of the longest kind fills; below what the parser would take the server down with.
LIMITS = Limits(file_bytes=MOST_BYTES, unpacked_bytes=400 << 20, cells=6_000_000)
# A value is not repeated a thousand times by hand; empty rows and columns between values are, at most, a whole sheet.
MOST_REPEATED = 1000
MOST_EMPTY_ROWS, MOST_EMPTY_COLUMNS = 1_048_576, 16_384
MOST_STYLED_ROWS = 400_000
# The texts of a sheet's cells, each written out where it stands.
MOST_TEXT = 200 << 20
SHARED = "xl/sharedStrings.xml"
_USES = re.compile(rb"<c\s[^<>]{0,300}?\bt=[\"']s[\"'][^<>]{0,300}>\s*<v>\s*(\d{1,9})")
_OVERLAP = 2_000
_CELLS = ("table:table-cell", "table:covered-table-cell")


class Workbook(Package):
    """A workbook of the usual kind; its texts are kept once and shared by any number of cells."""

    def _worksheets(self) -> tuple[Any, bool]:
        if _is_another_kind(self._entries):
            raise Invalid.field("/file", "cobie.not_a_workbook")
        return super()._worksheets()

    def check_texts(self, sheet: str) -> None:
        """Refuses a sheet whose cells repeat long texts so often that they would not fit into memory."""
        if SHARED not in self._entries:
            return
        lengths = self._lengths()
        size = self._entries[self.parts[sheet]].file_size
        # The shortest cell that uses a text takes twenty signs.
        if max(lengths, default=0) * (size // 20) <= MOST_TEXT:
            return
        total, tail = 0, b""
        for chunk in self.chunks(self.parts[sheet]):
            data = tail + chunk
            cut = max(data.rfind(b"<c "), 0) if len(data) > _OVERLAP else len(data)
            for index, count in Counter(_USES.findall(data[:cut])).items():
                total += count * (lengths[int(index)] if int(index) < len(lengths) else 0)
            if total > MOST_TEXT:
                raise Invalid.field("/file", "table.too_much_text", sheet=sheet, most=MOST_TEXT)
            tail = data[cut:]

    def _lengths(self) -> list[int]:
        """How long each shared text is at most, in bytes with its markup."""
        lengths: list[int] = []
        rest = 0
        for chunk in self.chunks(SHARED):
            pieces = chunk.split(b"</si>")
            lengths += [rest + len(pieces[0]), *map(len, pieces[1:-1])] if len(pieces) > 1 else []
            rest = len(pieces[-1]) if len(pieces) > 1 else rest + len(chunk)
        return lengths


class OpenDocument(Package):
    """The same container with another table of contents, whose cells say "the same again" instead of repeating."""

    def _worksheets(self) -> tuple[Any, bool]:
        if any(name.startswith("xl/") for name in self._entries):
            raise Invalid.field("/file", "table.damaged")
        _Repeats().read(self)
        return MappingProxyType({}), False


class _Repeats:
    """One look through the rows and cells of an OpenDocument table, as the parser will unfold them."""

    def __init__(self) -> None:
        self.columns = self.widest = self.rows = self.pending_rows = self.row_repeat = 0
        self.open_cell = 0
        self.has_value = False

    def read(self, package: Package) -> None:
        """Refuses what would unfold beyond all measure, and what no spreadsheet program writes."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for chunk in package.chunks("content.xml"):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, KeyError) as fault:
            raise Invalid.field("/file", "table.damaged") from fault

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.rows = self.widest = self.pending_rows = 0
        elif name == "table:table-row":
            self.row_repeat = _count(attributes.get("table:number-rows-repeated"))
            self.columns, self.has_value = 0, False
        elif name in _CELLS:
            self.open_cell = _count(attributes.get("table:number-columns-repeated"))
            if any(key.endswith((":value-type", ":formula")) for key in attributes):
                self._value()
        elif name == "text:p" and self.open_cell:
            self._value()

    def _value(self) -> None:
        """The cell that is open says something, so that everything empty before it is unfolded as well."""
        if self.open_cell > MOST_REPEATED or self.row_repeat > MOST_REPEATED:
            raise Invalid.field("/file", "table.repeats_too_often", most=MOST_REPEATED)
        if self.columns > MOST_EMPTY_COLUMNS:
            raise Invalid.field("/file", "table.repeats_too_often", most=MOST_EMPTY_COLUMNS)
        self.has_value = True
        self.widest = max(self.widest, self.columns + self.open_cell)

    def _end(self, name: str) -> None:
        if name in _CELLS:
            self.columns += self.open_cell
            self.open_cell = 0
        elif name == "table:table-row":
            if not self.has_value:
                self.pending_rows += self.row_repeat
                return
            if self.pending_rows > MOST_EMPTY_ROWS:
                raise Invalid.field("/file", "table.repeats_too_often", most=MOST_EMPTY_ROWS)
            self.rows += self.pending_rows + self.row_repeat
            self.pending_rows = 0
            if self.rows * self.widest > LIMITS.cells:
                raise Invalid.field("/file", "table.unfolds_too_far", rows=self.rows, columns=self.widest)


def _count(text: str | None) -> int:
    # What is no number the parser refuses by itself.
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 20 else 1


def _refuse_doctype(*_: Any) -> None:
    raise Invalid.field("/file", "cobie.unsafe_xml")


def examined(content: bytes) -> Package:
    """The container of a workbook, looked at as its kind is; refuses what would hurt."""
    is_open = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in content[:200]
    with _refusing():
        return OpenDocument(content, LIMITS) if is_open else Workbook(content, LIMITS)


def errors_of(package: Package | None, sheet: str) -> Mapping[tuple[int, int], str]:
    """The error cells of a sheet; refuses one that would not fit into memory."""
    if not isinstance(package, Workbook) or sheet not in package.parts:
        return {}
    rows = sum(chunk.count(b"<row") for chunk in package.chunks(package.parts[sheet]))
    if rows > MOST_STYLED_ROWS:
        # Told apart from real ones by nobody but a parser, which would take long.
        raise Invalid.field("/file", "cobie.sheet_too_large", sheet=sheet, rows=rows, columns=1)
    with _refusing():
        errors = package.extent(sheet).errors
    package.check_texts(sheet)
    return errors


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except WorkbookRefused as refused:
        raise Invalid.field("/file", refused.finding.code, **refused.finding.facts) from refused


def _is_another_kind(names: Iterable[str]) -> bool:
    """Whether the parser, failing with one kind of workbook, would go on to read the container as another."""
    return not {"content.xml", "mimetype", "xl/workbook.bin"}.isdisjoint(names)
