"""A workbook that was just read and checked, kept for the moment until it is applied by the same thread."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from trunnion.integrations.cobie.memory import Line
from trunnion.integrations.cobie.reader import read
from trunnion.integrations.cobie.types import Finding, Row, Workbook
from trunnion.integrations.ifc import reader as ifc

READERS: dict[str, Callable[..., Workbook]] = {"cobie": read, "ifc": ifc.read}
"""How a file is read, by the kind of the import."""

# (source, version of what it said) that the findings were made against; none where nothing had come in before.
Against = tuple[object, int] | None
Lines = Mapping[str, Sequence[tuple[Row, Line]]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook, what was found in it, and its good rows with their lines."""

    workbook: Workbook
    against: Against = None
    findings: Sequence[Finding] | None = None
    lines: Lines | None = None

    def holds(self, against: Against) -> bool:
        """Whether what was found is still true."""
        return self.findings is not None and self.against == against


_kept = threading.local()


def keep(digest: str, zone: str, opened: Opened) -> None:
    """Keeps a workbook by the digest of its content."""
    _kept.last = (digest, zone, opened)


def take(digest: str, zone: str, path: Path, kind: str = "cobie") -> Opened:
    """The workbook that was kept, or the file read anew; it is kept no longer."""
    last = getattr(_kept, "last", None)
    _kept.last = None
    if last is not None and last[:2] == (digest, zone) and last[2].workbook.scheme == kind:
        found: Opened = last[2]
        return found
    return Opened(READERS[kind](path, zone=ZoneInfo(zone)))
