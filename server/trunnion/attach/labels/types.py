"""Values of labels: what they are printed on, what stands on them, and what is said of a print."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field, StringConstraints

Millimetres = Annotated[Decimal, Field(ge=0, le=1000, max_digits=8, decimal_places=3)]
Side = Annotated[Decimal, Field(ge=5, le=1000, max_digits=8, decimal_places=3)]
Offset = Annotated[Decimal, Field(ge=-20, le=20, max_digits=6, decimal_places=3)]
Points = Annotated[Decimal, Field(ge=4, le=72, max_digits=5, decimal_places=2)]
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class Page(StrEnum):
    """The sheets of paper that labels are sold on."""

    A4 = "a4"
    LETTER = "letter"


class Medium(StrEnum):
    """What labels are printed on."""

    SHEET = "sheet"
    ROLL = "roll"


class Dpi(StrEnum):
    """The dots per inch of a label printer's head."""

    DPI_203 = "203"
    DPI_300 = "300"


class CodeSide(StrEnum):
    """Where on the label the symbol stands."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"


class LabelLanguage(StrEnum):
    """In which language a label names its fields."""

    ENGLISH = "english"
    CHINESE = "chinese"
    BOTH = "both"


class Form(StrEnum):
    """What is made: pages for a printer of paper, or commands for a printer of labels."""

    PDF = "pdf"
    ZPL = "zpl"


@dataclass(frozen=True)
class Sheet:
    """A sheet of labels; lengths in millimetres, margins to the first label."""

    page: Page
    rows: Annotated[int, Field(ge=1, le=100)]
    columns: Annotated[int, Field(ge=1, le=100)]
    label_width: Side
    label_height: Side
    margin_top: Millimetres = Decimal(0)
    margin_left: Millimetres = Decimal(0)
    gap_x: Millimetres = Decimal(0)
    gap_y: Millimetres = Decimal(0)


@dataclass(frozen=True)
class Roll:
    """A roll of labels; lengths in millimetres."""

    label_width: Side
    label_height: Side
    gap: Millimetres = Decimal(3)
    dpi: Dpi = Dpi.DPI_203


@dataclass(frozen=True)
class LabelField:
    """A fact that stands on the label: how large, on how many lines, and whether it is named."""

    name: FieldName
    size_pt: Points = Decimal(8)
    lines: Annotated[int, Field(ge=1, le=4)] = 1
    is_named: bool = False
    is_bold: bool = False


@dataclass(frozen=True)
class Content:
    """What stands on a label, fields in their order; a size of 0 leaves the thing out."""

    code_mm: Annotated[Decimal, Field(ge=0, le=200, max_digits=6, decimal_places=3)] = Decimal(20)
    code_side: CodeSide = CodeSide.LEFT
    short_code_pt: Annotated[Decimal, Field(ge=0, le=72, max_digits=5, decimal_places=2)] = Decimal(7)
    logo_mm: Annotated[Decimal, Field(ge=0, le=100, max_digits=6, decimal_places=3)] = Decimal(0)
    padding_mm: Annotated[Decimal, Field(ge=0, le=50, max_digits=6, decimal_places=3)] = Decimal(2)
    has_border: bool = False
    fields: Annotated[tuple[LabelField, ...], Field(max_length=12)] = field(default=())


class LabelFacts(msgspec.Struct, frozen=True):
    """One label's facts: what the symbol holds, what people read instead of it, and the fields by name."""

    code: str
    short_code: str
    fields: dict[str, str]


class PrintDone(msgspec.Struct, frozen=True):
    """A print that was recorded; with a job its file is the job's, else the print's own."""

    id: UUID
    version: int
    labels: int
    pages: int
    job_id: UUID | None
