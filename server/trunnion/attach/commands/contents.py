"""Contents that leave and come back with their rows: where they lie, how one is put there, how sweeping rests."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from trunnion.attach import storage
from trunnion.kernel.errors import Refusal


@contextmanager
def held() -> Iterator[None]:
    """No content is swept away for the length of the block: whoever reads rows of a moment finds their contents."""
    with storage.held():
        yield


def take_in(chunks: Iterable[bytes], most: int) -> str:
    """Receives a file that is no content of a record; answers the name under which it waits, a day at most."""
    return storage.receive(chunks, most).path.name


def waiting(name: str) -> Path:
    """Where a file lies that was received; raises Refusal where it waits no longer."""
    found: Path = settings.ENVIRONMENT.folder("incoming") / name
    if found.parent != settings.ENVIRONMENT.folder("incoming") or not found.is_file():
        raise Refusal("archive.not_waiting")
    return found


def names_of(sha256: str, has_thumbnail: bool) -> list[str]:
    """Under which names a row's contents lie: its own, and that of its small picture."""
    return [sha256, sha256 + storage.THUMBNAIL] if has_thumbnail else [sha256]


def path_of(name: str) -> Path:
    """Where a content of such a name lies, or will lie."""
    return storage.path_of(name[:64], name[64:])


def is_thumbnail(name: str) -> bool:
    """Whether a name is that of a small picture, whose digest is not its name."""
    return name.endswith(storage.THUMBNAIL)


def put(name: str, sha256: str, chunks: Iterable[bytes], most: int) -> bool:
    """Keeps a content under its name once its digest is proved; returns whether it was not there before."""
    target = path_of(name)
    known = target.exists()
    content = storage.receive(chunks, most)
    if content.sha256 != sha256:
        content.discard()
        raise Refusal("archive.damaged", member=name, reason="digest")
    storage.keep(content, name[64:], name[:64])
    return not known


def take_back(names: Iterable[str]) -> None:
    """Removes contents that were put there for rows that did not come in after all."""
    for name in names:
        path_of(name).unlink(missing_ok=True)
