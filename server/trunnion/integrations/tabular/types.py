"""Values of table imports: how a file is read, what its columns mean, and what becomes of each row."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field as Limit

from trunnion.kernel.inputs import Line, Zone

Column = Annotated[int, Limit(ge=0, lt=1000)]
Texts = Annotated[dict[str, str], Limit(max_length=1000)]
SCHEME = "table"


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"
    LEFT_OUT = "left_out"


class DateOrder(StrEnum):
    """In which order day, month and year stand where a date is written in digits only."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"


class Decimals(StrEnum):
    """Which sign stands before the fraction of a number."""

    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True)
class Layout:
    """How a file is read; what is None is found out."""

    sheet: Line | None = None
    header_row: Annotated[int, Limit(ge=1, le=100_000)] | None = None
    encoding: Line | None = None
    delimiter: Line | None = None


@dataclass(frozen=True)
class ColumnUse:
    """What one column means: the field that it fills, and what is done to its cells on the way.

    `separator` and `part` take one piece of each cell; `template` puts it into a text such as `Pump {}`. `zone` is
    that of instants which do not say theirs.
    """

    column: Column
    field: Line
    date_order: DateOrder | None = None
    decimals: Decimals | None = None
    unit: Line = ""
    values: Texts = dataclasses.field(default_factory=dict)
    separator: Line = ""
    part: Column = 0
    template: Line = ""
    look_up_by: Line = ""
    may_create: bool = False
    zone: Zone | None = None


@dataclass(frozen=True)
class Mapping:
    """What the columns of a table mean. `constants` fill fields that no column has; `empty` are cells that say nothing.

    `match_on` is the field by which a row finds its record.
    """

    columns: Annotated[tuple[ColumnUse, ...], Limit(max_length=500)] = ()
    constants: Texts = dataclasses.field(default_factory=dict)
    match_on: Line = ""
    empty: Annotated[tuple[str, ...], Limit(max_length=100)] = ()

    def use_of(self, name: str) -> ColumnUse | None:
        """The column that fills a field."""
        return next((use for use in self.columns if use.field == name), None)

    @property
    def fields(self) -> set[str]:
        """Every field that is filled."""
        return {use.field for use in self.columns} | set(self.constants)


@dataclass(frozen=True)
class Cell:
    """What one cell is to say, by its column, counted from nought."""

    column: Column
    text: Annotated[str, Limit(max_length=32_767)]


@dataclass(frozen=True)
class Amendment:
    """Cells of one row put right, or the row left out or taken up again."""

    row: Annotated[int, Limit(ge=1)]
    cells: Annotated[tuple[Cell, ...], Limit(max_length=500)] = ()
    leave_out: bool | None = None


class Reason(msgspec.Struct, array_like=True):
    """Why a cell is wrong (or worth a note), with what would be right among the facts."""

    column: int | None
    field: str
    code: str
    facts: dict[str, object] = {}
    is_error: bool = True


class Staged(msgspec.Struct, array_like=True):
    """One row of the file: its number there, its cells as texts, and what becomes of it.

    `level` is how many rows of the same file stand above it; `fields` what would change.
    """

    number: int
    cells: list[str]
    verdict: str = ""
    subject_id: UUID | None = None
    reasons: list[Reason] = []
    level: int = 0
    fields: list[str] = []
    is_done: bool = False
