"""Contents on their way in: what has arrived of an upload lies in a file of its own, as long as what arrived."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from trunnion.kernel.errors import Refusal

STEP = 64 * 1024
# The disk of an installation is not filled to the brim by what may never be finished.
SPARE_BYTES = 256 * 1024 * 1024
POSTER = ".poster"


class Busy(Refusal):
    """Another request is adding to the same upload at this moment (423)."""

    status = 423

    def __init__(self) -> None:
        super().__init__("upload.busy")


class NoRoom(Refusal):
    """The disk has no room for it (507)."""

    status = 507

    def __init__(self) -> None:
        super().__init__("upload.no_room")


def folder() -> Path:
    """Where unfinished uploads lie."""
    found: Path = settings.ENVIRONMENT.folder("uploads")
    return found


def path_of(upload_id: UUID) -> Path:
    """Where the bytes of an upload lie."""
    return folder() / f"{upload_id}.part"


def poster_of(upload_id: UUID) -> Path:
    """Where the picture lies that a film will be shown by."""
    return folder() / f"{upload_id}{POSTER}"


def size_of(upload_id: UUID) -> int:
    """How many bytes have arrived and been kept."""
    try:
        return path_of(upload_id).stat().st_size
    except FileNotFoundError:
        return 0


def check_room(size: int) -> None:
    """Raises NoRoom where the disk could not hold it."""
    if shutil.disk_usage(folder()).free < size + SPARE_BYTES:
        raise NoRoom


@contextmanager
def adding(upload_id: UUID) -> Iterator[int]:
    """Holds an upload against every other request of every process; gives the handle to write to."""
    handle = os.open(path_of(upload_id), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield handle
    finally:
        os.close(handle)


def append(handle: int, read: Callable[[int], bytes], most: int) -> int:
    """Adds what is read, at most so much; when it returns a power cut cannot lose it. Returns the new size."""
    os.lseek(handle, 0, os.SEEK_END)
    left = most
    try:
        while left > 0 and (piece := read(min(STEP, left))):
            view = memoryview(piece)
            while view:
                view = view[os.write(handle, view) :]
            left -= len(piece)
    finally:
        # A line that broke keeps what it brought.
        os.fsync(handle)
    return os.fstat(handle).st_size


def drop(upload_id: UUID) -> None:
    """Removes what has arrived of an upload."""
    for path in (path_of(upload_id), poster_of(upload_id)):
        path.unlink(missing_ok=True)
