"""What tells one row of a sheet from another, and what its record is called in the register of outside names."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.types import Row

SCHEME = "cobie.name"
"""The scheme of the external references by which a record is found again, whatever it is called here by now."""

EXTERNAL = "cobie"
"""The scheme of the identifiers that the authoring systems gave."""

LONGEST = 300
_BETWEEN = "\x1f"
# These stand in as many rows as they have members; the rows of one name and category are one record.
SPREAD = frozenset({"Zone", "System"})

Key = tuple[str, int]


def key_of(row: Row) -> str:
    """The texts of the key columns, side by side."""
    return _BETWEEN.join(row.text(column) or "" for column in SHEETS[row.sheet].key)


def numbered(rows: Iterable[Row]) -> Iterator[tuple[Key, Row]]:
    """Each row with its key and, since rows of equal key may stand side by side, which of them it is."""
    seen: Counter[str] = Counter()
    for row in rows:
        key = key_of(row)
        seen[key] += 1
        yield (key, seen[key]), row


def name_of(row: Row) -> str:
    """The name by which other rows refer to this one."""
    return row.text(SHEETS[row.sheet].key[0]) or ""


def identifier_of(row: Row) -> str:
    """What the external reference of the row's record says, within its source and sheet."""
    name = name_of(row)
    if row.sheet == "Spare":
        return fitting(f"{name} | {row.text('TypeName') or ''}")
    if row.sheet in SPREAD:
        return fitting(f"{name} | {row.text('Category') or ''}")
    return fitting(name)


def fitting(text: str) -> str:
    """The text as an identifier: where it is too long its digest tells it from others that begin alike."""
    text = text.replace("\x00", "")
    if len(text) <= LONGEST:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"{text[: LONGEST - 17]}~{digest}"


def source_name(site: str | None, facility: str | None, fallback: str) -> str:
    """What a building's workbooks are known by: its facility within its site, else the file's own name."""
    if not facility:
        return fitting(fallback)
    return fitting(f"{site} / {facility}" if site and site != facility else facility)
