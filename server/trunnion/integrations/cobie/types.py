"""What a workbook is once read, and what can be said about it: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from trunnion.integrations.cobie import cells


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


class Severity(StrEnum):
    """An error parks its row (or refuses the file); a note leaves it in."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell about one cell, row, sheet or the file; `code` has its words at `refusal.<code>`."""

    sheet: str | None
    row: int | None
    column: str | None
    code: str
    facts: Mapping[str, object] = field(default_factory=_nothing)
    severity: Severity = Severity.NOTE


class WorkbookRefused(Exception):
    """The file as a whole cannot be read; nothing of it was kept."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.finding = Finding(None, None, None, code, MappingProxyType(facts), Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the spreadsheet numbers it; `cells` and `extra` hold what was written, letter by letter."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=_nothing)
    zone: tzinfo = UTC
    # What was asked before: each cell is looked at by the checks, the plan and the application.
    _texts: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def text(self, column: str) -> str | None:
        """The trimmed text; nothing for an empty cell, `n/a` and an error such as #REF!."""
        try:
            return self._texts[column]
        except KeyError:
            found = self._texts[column] = cells.meaning(self.cells.get(column))
            return found

    def number_of(self, column: str) -> Decimal | None:
        """The exact number, or nothing when the cell holds none."""
        text = self.text(column)
        return None if text is None else cells.decimal_of(text)

    def moment(self, column: str) -> datetime | None:
        """The instant; a time without an offset is meant in the zone that the workbook was read with."""
        text = self.text(column)
        return None if text is None else cells.moment_of(text, self.zone)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A worksheet that was left aside: it holds no records, is hidden, or is not part of COBie."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """All rows by sheet in canonical order, and what reading them brought up."""

    sheets: Mapping[str, tuple[Row, ...]]
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    extra_columns: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    # Which format the rows come from; one that does not know all columns leaves alone what it does not state.
    scheme: str = "cobie"
    is_partial: bool = False

    @property
    def count(self) -> int:
        """Number of rows in all sheets."""
        return sum(len(rows) for rows in self.sheets.values())
