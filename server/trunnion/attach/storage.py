"""Where contents lie: below the files folder by their digest, put there whole or not at all."""

import errno
import fcntl
import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from trunnion.kernel.errors import Invalid
from trunnion.kernel.ids import uuid7

MOST_BYTES = 50 * 1024 * 1024
# Films come in piece by piece only, so that a broken line does not lose them.
MOST_FILM_BYTES = 250 * 1024 * 1024
THUMBNAIL = ".webp"
# Whoever holds contents says so again and again; one who was killed is heard of no more, and holds nothing after this.
BEAT_SECONDS = 15
HELD_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Received:
    """A content that has arrived in the folder for incoming files and is not yet kept."""

    path: Path
    sha256: str
    size: int

    def discard(self) -> None:
        """Removes it, if it is still there."""
        self.path.unlink(missing_ok=True)


def receive(chunks: Iterable[bytes], most: int = MOST_BYTES) -> Received:
    """Writes a stream down as it comes; raises Invalid and leaves nothing when it grows too large or is empty."""
    handle, name = tempfile.mkstemp(prefix="upload-", dir=settings.ENVIRONMENT.folder("incoming"))
    path = Path(name)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise Invalid.field("/file", "file_too_large", most_mb=most // (1024 * 1024))
                digest.update(chunk)
                out.write(chunk)
        if not size:
            raise Invalid.field("/file", "file_empty")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Received(path, digest.hexdigest(), size)


def received(path: Path) -> Received:
    """A file in the incoming folder that was written by other means."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Received(path, digest, path.stat().st_size)


def path_of(sha256: str, suffix: str = "") -> Path:
    """Where a content lies, or will lie."""
    files: Path = settings.ENVIRONMENT.folder("files")
    return files / sha256[:2] / sha256[2:4] / f"{sha256}{suffix}"


def keep(content: Received, suffix: str = "", name: str = "") -> Path:
    """Moves a content to its place; after this returns a power cut cannot lose it. `name` is its digest by default."""
    target = path_of(name or content.sha256, suffix)
    if target.exists() and target.stat().st_size == content.size:
        # Young again, so that nobody sweeps it away before the new row is written.
        os.utime(target)
        content.discard()
        return target
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with content.path.open("rb") as file:
        os.fsync(file.fileno())
    content.path.replace(target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync(folder)
    return target


def _sync(folder: Path) -> None:
    # A rename is only as durable as the folder that holds the name.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def held() -> Iterator[None]:
    """Keeps every process from sweeping contents away for the length of the block.

    A file lock says so: the system lets go of it when the process ends, however that comes. Where the folder knows no
    locks, or lies where another machine's are not seen, the mark is made young again and again while it is meant.
    """
    mark = settings.ENVIRONMENT.folder("holds") / str(uuid7())
    over = threading.Event()
    with mark.open("wb") as file:
        _lock(file.fileno())
        beating = threading.Thread(target=_beat, args=(mark, over), name="holding contents", daemon=True)
        beating.start()
        try:
            yield
        finally:
            over.set()
            beating.join()
            mark.unlink(missing_ok=True)


def is_held() -> bool:
    """Whether somebody reads contents at this moment. Ask after looking for rows, before removing."""
    return any(_is_meant(mark) for mark in settings.ENVIRONMENT.folder("holds").iterdir())


def _is_meant(mark: Path) -> bool:
    """Whether whoever made a mark still lives; the mark of one who does not is removed."""
    try:
        with mark.open("rb") as file:
            if not _lock(file.fileno()):
                return True
            is_young = os.fstat(file.fileno()).st_mtime > time.time() - HELD_SECONDS
    except FileNotFoundError:
        return False
    if not is_young:
        mark.unlink(missing_ok=True)
    return is_young


def _lock(handle: int) -> bool:
    """Takes a file for oneself; False where another has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP):
            raise
    return True


def _beat(mark: Path, over: threading.Event) -> None:
    while not over.wait(BEAT_SECONDS):
        with suppress(FileNotFoundError):
            os.utime(mark)
