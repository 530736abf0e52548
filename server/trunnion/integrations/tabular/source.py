"""Opens whatever holds a table: text of any usual encoding, workbooks of three kinds; measured before it is parsed."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import python_calamine as calamine

from trunnion.integrations.cobie.package import Limits, Package
from trunnion.kernel.errors import Invalid

from .text import LONGEST_CELL, delimiter_of, encoding_of, rows_of
from .types import Layout

T = TypeVar("T")
MOST_BYTES = 100 << 20
MOST_ROWS = 200_000
MOST_COLUMNS = 500
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LIMITS = Limits(file_bytes=MOST_BYTES)
# A spreadsheet says "the same again" in such attributes; a value is not repeated a thousand times by hand.
_REPEATED = re.compile(
    rb"number-(?:columns|rows)-repeated\s*=\s*[\"'](\d{1,12})[\"'][^<>]{0,2000}?value-type"
)
_REPEATED_AFTER = re.compile(rb"value-type[^<>]{0,2000}?-repeated\s*=\s*[\"'](\d{1,12})[\"']")
_ROWS_REPEATED = re.compile(
    rb"number-rows-repeated\s*=\s*[\"'](\d{1,12})[\"'][^<>]{0,500}>\s*<[^<>]{0,500}value-type"
)
MOST_REPEATED = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds tables; `layout` says how its chosen one is read."""

    sheets: tuple[str, ...]
    layout: Layout
    _rows: Callable[[str], Iterator[list[str]]]

    def rows(self, sheet: str | None = None) -> Iterator[tuple[int, list[str]]]:
        """The rows of a sheet that say something, with their numbers, counted from one."""
        count = 0
        for number, row in enumerate(self._rows(sheet or self.layout.sheet or ""), start=1):
            while row and not row[-1].strip():
                row.pop()
            if not row:
                continue
            count += 1
            if count > MOST_ROWS:
                raise Invalid.field("/file", "table.too_many_rows", most=MOST_ROWS)
            if len(row) > MOST_COLUMNS:
                raise Invalid.field("/file", "table.too_many_columns", most=MOST_COLUMNS, row=number)
            yield number, row


def open_source(path: Path, layout: Layout) -> Source:
    """Opens a file; refuses what is too large, damaged, or no table, before anything of it is kept."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Invalid.field("/file", "table.too_large", bytes=size, most=MOST_BYTES)
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise Invalid.field("/file", "table.empty")
    if head.startswith((_ZIP, _OLE)):
        return _workbook(path, layout, head.startswith(_ZIP))
    if head.startswith(
        (b"%PDF", b"\x89PNG", b"MZ", b"\x7fELF", b"GIF8", b"\xff\xd8\xff", b"Rar!", b"\x1f\x8b")
    ):
        raise Invalid.field("/file", "table.not_a_table")
    encoding = encoding_of(path, layout.encoding)
    delimiter = delimiter_of(path, encoding, layout.delimiter)
    layout = replace(layout, sheet="", encoding=encoding, delimiter=delimiter)
    return Source((), layout, lambda _: rows_of(path, encoding, delimiter))


def _workbook(path: Path, layout: Layout, is_zip: bool) -> Source:
    content = path.read_bytes()
    package = _examined(content) if is_zip else None
    book = _parsed(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)))
    visible = calamine.SheetVisibleEnum.Visible
    sheets = tuple(tab.name for tab in book.sheets_metadata if tab.visible == visible)
    if not sheets:
        raise Invalid.field("/file", "table.empty")
    if layout.sheet and layout.sheet not in sheets:
        raise Invalid.field("/layout/sheet", "table.no_such_sheet", sheet=layout.sheet, known=list(sheets))

    def rows(name: str) -> Iterator[list[str]]:
        errors = package.extent(name).errors if package is not None and name in package.parts else {}
        sheet = _parsed(lambda: book.get_sheet_by_name(name))
        # The parser gives the empty rows above the first cell, but not the empty columns beside it.
        left = (sheet.start or (0, 0))[1]
        for number, row in enumerate(sheet.iter_rows(), start=1):
            found = [""] * left + [_told(value) for value in row]
            for (line, column), text in errors.items():
                if line == number and column <= len(found):
                    found[column - 1] = text
            yield found

    return Source(sheets, replace(layout, encoding=None, delimiter=None), rows)


class _OpenDocument(Package):
    """The same container with another table of contents."""

    def _worksheets(self) -> tuple[Any, bool]:
        for chunk in self.chunks("content.xml"):
            for pattern in (_REPEATED, _REPEATED_AFTER, _ROWS_REPEATED):
                if any(int(count) > MOST_REPEATED for count in pattern.findall(chunk)):
                    raise Invalid.field("/file", "table.repeats_too_often", most=MOST_REPEATED)
        return MappingProxyType({}), False


def _examined(content: bytes) -> Package | None:
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in content[:200]:
        return _OpenDocument(content, LIMITS)
    return Package(content, LIMITS)


def _parsed(work: Callable[[], T]) -> T:
    """Runs the parser; a panic of its own is no `Exception`, and must not end a worker either."""
    try:
        return work()
    except calamine.CalamineError as problem:
        raise Invalid.field("/file", "table.damaged") from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        raise Invalid.field("/file", "table.damaged") from problem


def _told(value: Any) -> str:
    """A cell as a text, the way it would be written by hand."""
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)
