"""Writes a COBie 2.4 workbook row by row, in constant memory and with no cell that could act as a formula."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from trunnion.integrations.cobie import cells
from trunnion.integrations.cobie.sheets import CONTENTS, SHEETS, Kind, Sheet
from trunnion.integrations.cobie.types import Row, Workbook, WorkbookRefused

LONGEST_TEXT = 32_767
LAST_ROW = 1_048_576

Value = str | int | Decimal | date | datetime | Sequence[str] | None

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ABOUT = (("Title", "COBie2"), ("Version", "2"), ("Release", "4"), ("Status", "IFC2x3"))


def write(
    target: str | Path | BinaryIO,
    sheets: Iterable[tuple[str, Iterable[Mapping[str, Value]]]],
    *,
    extra_columns: Mapping[str, Sequence[str]] | None = None,
) -> int:
    """Write all sheets in canonical order and say how many rows; extra columns follow the canonical ones.

    The sheets may come in any order and in pieces. Raises WorkbookRefused for what a spreadsheet cannot hold.
    """
    extra = extra_columns or {}
    book = xlsxwriter.Workbook(target if not isinstance(target, Path) else str(target), _OPTIONS)
    bold = book.add_format({"bold": True, "bg_color": "#FFF2CC"})
    try:
        _write_contents(book.add_worksheet(CONTENTS), bold)
        tabs = {
            name: _Tab(book.add_worksheet(name), sheet, extra.get(name, ())) for name, sheet in SHEETS.items()
        }
        for tab in tabs.values():
            tab.write_header(bold)
        for name, rows in sheets:
            for row in rows:
                tabs[name].write_row(row)
    finally:
        book.close()
    return sum(tab.last for tab in tabs.values())


def rows_of(workbook: Workbook) -> Iterable[tuple[str, Iterable[Mapping[str, Value]]]]:
    """What was read, as it was written: for handing a workbook on with other rows in it."""
    for name, rows in workbook.sheets.items():
        yield name, (_as_written(row) for row in rows)


def _as_written(row: Row) -> Mapping[str, Value]:
    return {**row.extra, **row.cells}


class _Tab:
    """One worksheet while it grows downwards."""

    def __init__(self, worksheet: Worksheet, sheet: Sheet, extra: Sequence[str]) -> None:
        self.worksheet = worksheet
        self.sheet = sheet
        self.names = (*sheet.names, *extra)
        self.numeric = {column.name for column in sheet.columns if column.kind in (Kind.NUMBER, Kind.VALUE)}
        self.last = 0

    def write_header(self, bold: Format) -> None:
        self.worksheet.freeze_panes(1, 1)
        for at, name in enumerate(self.names):
            self.worksheet.set_column(at, at, 18)
            self.worksheet.write_string(0, at, name, bold)

    def write_row(self, row: Mapping[str, Value]) -> None:
        unknown = row.keys() - set(self.names)
        if unknown:
            raise WorkbookRefused(
                "cobie.no_such_column", sheet=self.sheet.name, columns=", ".join(sorted(unknown))
            )
        self.last += 1
        if self.last >= LAST_ROW:
            raise WorkbookRefused("cobie.too_many_rows", sheet=self.sheet.name, limit=LAST_ROW - 1)
        for at, name in enumerate(self.names):
            text = _text(row.get(name)) or cells.NOT_STATED
            number = _number(text) if name in self.numeric else None
            if number is not None:
                self.worksheet.write_number(self.last, at, number)
            elif len(text) > LONGEST_TEXT:
                raise WorkbookRefused(
                    "cobie.text_too_long",
                    sheet=self.sheet.name,
                    row=self.last + 1,
                    column=name,
                    limit=LONGEST_TEXT,
                )
            else:
                self.worksheet.write_string(self.last, at, text)


def _text(value: Value) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        text = value.isoformat(timespec="microseconds" if value.microsecond else "seconds")
        return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
    if value is None or isinstance(value, str | int | date):
        return cells.text_of(value)
    return ", ".join(value)


def _number(text: str) -> float | None:
    """The number, when a spreadsheet would give back exactly this text for it (`007` and 1.50 are text)."""
    if cells.decimal_of(text) is None:
        return None
    number = float(text)
    return number if cells.exact_number(number) == text else None


def _write_contents(worksheet: Worksheet, bold: Format) -> None:
    worksheet.set_column(0, 1, 24)
    lines = [*_ABOUT, ("", ""), *((name, ", ".join(sheet.key)) for name, sheet in SHEETS.items())]
    for line, (left, right) in enumerate(lines):
        worksheet.write_string(line, 0, left, bold)
        worksheet.write_string(line, 1, right)
