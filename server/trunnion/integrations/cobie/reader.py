"""Reads a COBie workbook into frozen rows; nothing is evaluated, guessed away or dropped without a word."""

import io
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import python_calamine as calamine

from trunnion.integrations.cobie import cells
from trunnion.integrations.cobie.package import Extent, Limits, Package, column_letters
from trunnion.integrations.cobie.sheets import (
    HEADERS,
    SHEETS,
    WITHOUT_RECORDS,
    Kind,
    Sheet,
    folded,
    sheet_name_of,
)
from trunnion.integrations.cobie.types import Finding, Row, Severity, Skipped, Workbook, WorkbookRefused

_HEADER_WITHIN = 20
T = TypeVar("T")
Place = tuple[str | None, int | None, str | None]

_VISIBLE = calamine.SheetVisibleEnum.Visible


@dataclass(slots=True)
class _Found:
    """What has been gathered so far of one workbook."""

    sheets: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    extra: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def note(self, place: Place, code: str, **facts: object) -> None:
        self.findings.append(Finding(*place, code, MappingProxyType(facts)))

    def error(self, place: Place, code: str, **facts: object) -> None:
        self.findings.append(Finding(*place, code, MappingProxyType(facts), Severity.ERROR))


@dataclass(frozen=True, slots=True)
class _Header:
    """Which row is the header, and what each column of the spreadsheet (counted from one) means."""

    row: int
    canonical: Mapping[int, str]
    other: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Tab:
    """One worksheet while it is read; `left` is the spreadsheet's number of the first column."""

    sheet: Sheet
    header: _Header
    left: int
    extent: Extent
    zone: tzinfo
    from_1904: bool
    dates: frozenset[int]


def read(source: bytes | str | Path, *, zone: tzinfo = UTC, limits: Limits | None = None) -> Workbook:
    """Read a workbook; times without an offset are meant in `zone`. Raises WorkbookRefused."""
    content = _content(source, limits or Limits())
    package = Package(content, limits or Limits())
    opened = _parsed(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)), "xl/workbook.xml")
    found = _Found()
    for tab in opened.sheets_metadata:
        name = _wanted(tab, package, found)
        if name is not None:
            _read_sheet(opened, package, (tab.name, name), found, zone)
    if not found.sheets:
        raise WorkbookRefused("cobie.no_cobie_sheets", sheets=", ".join(opened.sheet_names[:20]))
    ordered = {name: found.sheets.get(name, ()) for name in SHEETS}
    return Workbook(
        MappingProxyType(ordered), tuple(found.findings), tuple(found.skipped), MappingProxyType(found.extra)
    )


def _parsed(work: Callable[[], T], entry: str) -> T:
    """Run the parser; a panic of its own is no `Exception`, and must not end a worker either."""
    try:
        return work()
    except calamine.CalamineError as problem:
        raise WorkbookRefused("cobie.damaged", entry=entry) from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        raise WorkbookRefused("cobie.damaged", entry=entry) from problem


def _content(source: bytes | str | Path, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        return source
    size = Path(source).stat().st_size
    if size > limits.file_bytes:
        raise WorkbookRefused("cobie.file_too_large", bytes=size, limit_bytes=limits.file_bytes)
    return Path(source).read_bytes()


def _wanted(tab: calamine.SheetMetadata, package: Package, found: _Found) -> str | None:
    """The canonical name of a tab that is read, or nothing after saying why it is not."""
    if folded(tab.name) in WITHOUT_RECORDS:
        found.skipped.append(Skipped(tab.name, "without_records"))
        return None
    name = sheet_name_of(tab.name)
    if name is None or tab.name not in package.parts:
        found.skipped.append(Skipped(tab.name, "unknown"))
        found.note((tab.name, None, None), "cobie.unknown_sheet")
        return None
    if tab.visible != _VISIBLE:
        found.skipped.append(Skipped(tab.name, "hidden"))
        found.note((tab.name, None, None), "cobie.hidden_sheet")
        return None
    if name in found.sheets:
        found.skipped.append(Skipped(tab.name, "repeated"))
        found.error((tab.name, None, None), "cobie.repeated_sheet", sheet=name)
        return None
    return name


def _read_sheet(
    opened: calamine.CalamineWorkbook, package: Package, names: tuple[str, str], found: _Found, zone: tzinfo
) -> None:
    tab_name, name = names
    extent = package.extent(tab_name)
    worksheet = _parsed(lambda: opened.get_sheet_by_name(tab_name), tab_name)
    found.sheets[name] = ()
    if worksheet.start is None:
        return
    lines = enumerate(worksheet.iter_rows(), start=1)
    top = list(islice(lines, _HEADER_WITHIN))
    left = worksheet.start[1] + 1
    header = _header(top, SHEETS[name], left)
    if header is None:
        found.error((name, None, None), "cobie.no_header", expected=SHEETS[name].names[0])
        return
    dates = frozenset(
        at for at, column in header.canonical.items() if SHEETS[name].column(column).kind is Kind.DATE
    )
    tab = _Tab(SHEETS[name], header, left, extent, zone, package.from_1904, dates)
    rows = (_row(tab, number, values) for number, values in chain(top[header.row :], lines))
    found.sheets[name] = tuple(row for row in rows if row is not None)
    _tell_columns(tab, found)
    _tell_errors(tab, found)


def _header(grid: Sequence[tuple[int, Sequence[object]]], sheet: Sheet, left: int) -> _Header | None:
    """The first row that names the key column and at least one more (titles may stand above it)."""
    spellings = HEADERS[sheet.name]
    for number, values in grid:
        canonical: dict[int, str] = {}
        other: dict[int, str] = {}
        for column, value in enumerate(values, start=left):
            text = cells.text_of(value).strip()
            name = spellings.get(folded(text))
            if name is not None and name not in canonical.values():
                canonical[column] = name
            else:
                # A second column of a known name must not be taken for the first one anywhere.
                other[column] = _unique(text or column_letters(column), {*other.values(), *sheet.names})
        if sheet.key[0] in canonical.values() and len(canonical) > 1:
            return _Header(number, MappingProxyType(canonical), MappingProxyType(other))
    return None


def _unique(text: str, taken: Set[str]) -> str:
    if text not in taken:
        return text
    return next(name for n in range(2, len(taken) + 3) if (name := f"{text} ({n})") not in taken)


def _row(tab: _Tab, number: int, values: Sequence[object]) -> Row | None:
    kept: dict[str, str] = {}
    extra: dict[str, str] = {}
    canonical, errors = tab.header.canonical, tab.extent.errors
    for column, value in enumerate(values, start=tab.left):
        text = value if isinstance(value, str) else _text(tab, column, value)
        if not text:
            if (number, column) not in errors:
                continue
            text = errors[number, column]
        name = canonical.get(column)
        if name is not None:
            kept[name] = text
        else:
            extra[tab.header.other[column]] = text
    if not any(map(str.strip, (*kept.values(), *extra.values()))):
        return None
    return Row(tab.sheet.name, number, MappingProxyType(kept), MappingProxyType(extra), tab.zone)


def _text(tab: _Tab, column: int, value: object) -> str:
    """Numbers in a date column are day counts that nobody formatted."""
    if column in tab.dates and isinstance(value, int | float) and not isinstance(value, bool):
        return cells.day_of_serial(value, from_1904=tab.from_1904) or cells.text_of(value)
    return cells.text_of(value)


def _tell_columns(tab: _Tab, found: _Found) -> None:
    name, header = tab.sheet.name, tab.header
    present = set(header.canonical.values())
    for column in tab.sheet.columns:
        if column.required and column.name not in present:
            found.note((name, header.row, column.name), "cobie.missing_column")
    used = {column for row in found.sheets[name] for column in row.extra}
    if used:
        found.extra[name] = tuple(column for column in header.other.values() if column in used)
    for column_name in found.extra.get(name, ()):
        found.note((name, header.row, column_name), "cobie.unknown_column")


def _tell_errors(tab: _Tab, found: _Found) -> None:
    sheet, header = tab.sheet, tab.header
    for (row, at), text in sorted(tab.extent.errors.items()):
        column = header.canonical.get(at) or header.other.get(at)
        if row <= header.row or column is None:
            continue
        fatal = column in sheet.key or (at in header.canonical and sheet.column(column).binding)
        tell = found.error if fatal else found.note
        tell((sheet.name, row, column), "cobie.error_cell", text=text)
