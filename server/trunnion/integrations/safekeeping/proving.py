"""A copy proved by restoring it: into a scratch database beside the backups, compared, and taken away again."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from trunnion.integrations.moving import contents
from trunnion.kernel.portable import beside, load
from trunnion.kernel.portable.container import Reader, check_room

from . import restoring, stock
from .making import DATABASE

SCRATCH = "scratch"


def prove(path: Path) -> None:
    """Raises Refusal unless every byte, every content and every row of a copy is what it was when it was made."""
    with Reader(path) as reader:
        entries = restoring.check(reader)
        contents.prove(reader, entries)
        for name in reader.members:
            for _ in reader.chunks(name):
                pass
        check_room(reader, path.parent)
        with _place(path.parent) as folder, _database(folder / DATABASE, reader) as scratch:
            restoring.compare(reader, scratch)
            wanted = contents.Wanted()
            stock.digests(scratch, wanted)
            contents.check_complete(wanted.names, set(entries), reader.manifest.get("missing_files", []))
            for organisation_id in stock.organisations(scratch):
                load.strays(scratch, organisation_id)


@contextmanager
def _place(parent: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{SCRATCH}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(path: Path, reader: Reader) -> Iterator[Any]:
    """A scratch SQLite database with what the copy holds; any copy can be restored into one."""
    is_file = DATABASE in reader.members
    if is_file:
        restoring.unpack_database(reader, path)
    with beside.opened(path) as scratch:
        if not is_file:
            beside.lay_out(scratch)
            restoring.put_rows(reader, scratch)
        yield scratch


def remove_scratch(folder: Path) -> None:
    """Removes what a killed proof has left behind."""
    for left in folder.glob(f".{SCRATCH}-*"):
        shutil.rmtree(left, ignore_errors=True)
    for ending in ("*.part", f"*.{DATABASE}"):
        for part in folder.glob(ending):
            part.unlink(missing_ok=True)


def home() -> Path:
    """Where copies are kept."""
    return settings.ENVIRONMENT.folder("backups")
