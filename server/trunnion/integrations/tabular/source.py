"""Opens whatever holds a table: text of any usual encoding, workbooks of three kinds; measured before it is parsed."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import python_calamine as calamine

from trunnion.kernel.errors import Invalid

from .measured import MOST_BYTES, errors_of, examined
from .text import LONGEST_CELL, delimiter_of, encoding_of, rows_of
from .types import Layout

T = TypeVar("T")
MOST_ROWS = 200_000
MOST_COLUMNS = 500
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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
    package = examined(content) if is_zip else None
    book = _parsed(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)))
    visible = calamine.SheetVisibleEnum.Visible
    sheets = tuple(tab.name for tab in book.sheets_metadata if tab.visible == visible)
    if not sheets:
        raise Invalid.field("/file", "table.empty")
    if layout.sheet and layout.sheet not in sheets:
        raise Invalid.field("/layout/sheet", "table.no_such_sheet", sheet=layout.sheet, known=list(sheets))

    # A sheet is asked for several times in turn: it is measured and parsed for the first.
    held: dict[str, tuple[Any, Mapping[tuple[int, int], str]]] = {}

    def rows(name: str) -> Iterator[list[str]]:
        if name not in held:
            held.clear()
            errors = errors_of(package, name)
            held[name] = (_parsed(lambda: book.get_sheet_by_name(name)), errors)
        sheet, errors = held[name]
        # The parser gives the empty rows above the first cell, but not the empty columns beside it.
        left = (sheet.start or (0, 0))[1]
        for number, row in enumerate(sheet.iter_rows(), start=1):
            found = [""] * left + [_told(value) for value in row]
            for (line, column), text in errors.items():
                if line == number and column <= len(found):
                    found[column - 1] = text
            yield found

    return Source(sheets, replace(layout, encoding=None, delimiter=None), rows)


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
        # The parser's thousandths come from a fraction of a day: the second is meant that is nearest.
        value += timedelta(milliseconds=500)
        at = value.replace(microsecond=0)
        return at.date().isoformat() if at.time() == time() else at.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)
