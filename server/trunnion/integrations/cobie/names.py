"""The names that rows can be referred to by, sheet by sheet, and which of them were parked."""

from collections import defaultdict
from collections.abc import Set

from trunnion.integrations.cobie.cells import matched
from trunnion.integrations.cobie.types import Row


class Known:
    """Finds the row a reference means: letter by letter first, else regardless of case and blanks."""

    def __init__(self) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._loose: dict[str, dict[str, str]] = defaultdict(dict)
        self._refused: dict[str, dict[str, Row]] = defaultdict(dict)

    def add(self, sheet: str, name: str, row: Row, *, parked: bool) -> None:
        """Make a row known by its name, and by what else people refer to it with."""
        for alias in (name, *_also(sheet, row)):
            if parked:
                self._refused[sheet].setdefault(matched(alias), row)
            else:
                self._exact[sheet].add(alias)
                self._loose[sheet].setdefault(matched(alias), alias)

    def find(self, sheet: str, name: str) -> str | None:
        """The name as its own row writes it, or nothing."""
        return name if name in self._exact[sheet] else self._loose[sheet].get(matched(name))

    def is_exact(self, sheet: str, name: str) -> bool:
        """Whether the reference is written as the row itself is."""
        return name in self._exact[sheet]

    def refused(self, sheet: str, name: str) -> Row | None:
        """The parked row that bears the name, or nothing."""
        return self._refused[sheet].get(matched(name))

    def spellings(self, sheet: str) -> Set[str]:
        """All known names as `matched` gives them, for taking lists apart."""
        return self._loose[sheet].keys()


def _also(sheet: str, row: Row) -> tuple[str, ...]:
    """Manufacturers are often written as the company, earlier jobs as their task number."""
    column = {"Contact": "Company", "Job": "TaskNumber"}.get(sheet)
    other = row.text(column) if column is not None else None
    return () if other is None else (other,)
