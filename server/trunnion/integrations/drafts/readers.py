"""Which formats are read as drafts."""

from collections.abc import Callable
from pathlib import Path

from trunnion.integrations.geojson import reader as geojson
from trunnion.integrations.haystack import reader as haystack
from trunnion.integrations.types import ImportKind

from .types import Batch

READERS: dict[ImportKind, Callable[[Path, str], Batch]] = {
    ImportKind.GEOJSON: geojson.read, ImportKind.HAYSTACK: haystack.read,
}  # fmt: skip


def read(kind: ImportKind, path: Path, name: str) -> Batch:
    """The drafts of a file; raises WorkbookRefused where it cannot be read."""
    return READERS[kind](path, name)
