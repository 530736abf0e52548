"""Values of integrations that cross its boundary."""

from enum import StrEnum
from uuid import UUID

import msgspec


class ImportKind(StrEnum):
    """Which format a file is read as."""

    COBIE = "cobie"
    IFC = "ifc"
    GEOJSON = "geojson"
    HAYSTACK = "haystack"
    TABLE = "table"


# What tells of a whole building and comes again and again; what it last said is remembered.
BUILDINGS = frozenset({ImportKind.COBIE, ImportKind.IFC})


class ImportState(StrEnum):
    """Where an import is."""

    STAGED = "staged"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"


class FindingSeverity(StrEnum):
    """An error parks its row; a note leaves it in."""

    ERROR = "error"
    NOTE = "note"


class SheetCount(msgspec.Struct, frozen=True):
    """What becomes of the rows of one sheet; of the cells that the format asks for, how many say something."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    error: int = 0
    needed: int = 0
    filled: int = 0


class Found(msgspec.Struct, frozen=True):
    """One thing to tell about a file; `code` has its words at `refusal.<code>`."""

    sheet: str
    row: int | None
    column: str
    code: str
    facts: dict[str, object]
    severity: str


class ImportDone(msgspec.Struct, frozen=True):
    """The answer of a verb on an import."""

    id: UUID
    version: int
    number: str
    state: str
    job_id: UUID | None = None
