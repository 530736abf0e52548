"""Taking a content in: received, recognised, made harmless, kept, with a small picture beside it."""

import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from trunnion.kernel.errors import Invalid

from . import media, pictures, storage

MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a content that lies in its place."""

    sha256: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None
    has_thumbnail: bool = False


def take_in(name: str, chunks: Iterable[bytes], zone: str) -> Kept:
    """Keeps a stream; raises Invalid, and leaves nothing, when it may not or cannot be kept. `zone` is the sender's."""
    return take_over(name, storage.receive(chunks), zone)


def take_over(
    name: str, content: storage.Received, zone: str, poster: Path | None = None,
    check: Callable[[Path, str], None] = lambda _path, _type: None,
) -> Kept:  # fmt: skip
    """The same with a content that has arrived already; a film's small picture is made of `poster`.

    `check(path, media type)` may refuse what the sender is not allowed to send, before anything is kept.
    """
    extra: list[Path] = []
    try:
        media_type = media.recognise(content.path, name)
        check(content.path, media_type)
        name = renamed(name, media_type)
        if media_type not in media.PICTURES:
            is_shown = media_type in media.FILMS and poster is not None
            has_thumbnail = is_shown and _keep_poster(content.sha256, poster, zone, extra)
            storage.keep(content)
            return Kept(content.sha256, name, media_type, content.size, has_thumbnail=has_thumbnail)
        picture = pictures.prepare(content.path, zone, lambda: _beside(extra))
        if picture.cleaned is not None:
            content.discard()
            content = storage.received(picture.cleaned)
        storage.keep(storage.received(picture.thumbnail), storage.THUMBNAIL, content.sha256)
        storage.keep(content)
        return Kept(
            content.sha256,
            name,
            media_type,
            content.size,
            picture.width,
            picture.height,
            picture.taken_at,
            True,
        )
    finally:
        content.discard()
        for path in extra:
            path.unlink(missing_ok=True)


def _keep_poster(sha256: str, poster: Path | None, zone: str, extra: list[Path]) -> bool:
    # Equal films lie on the disk once: the first one's picture stays, whatever another sender says it shows.
    if poster is None or storage.path_of(sha256, storage.THUMBNAIL).exists():
        return poster is not None
    try:
        picture = pictures.prepare(poster, zone, lambda: _beside(extra))
    except Invalid:
        # The film is what matters; it is shown without a picture.
        return False
    storage.keep(storage.received(picture.thumbnail), storage.THUMBNAIL, sha256)
    return True


def take_in_strokes(data: bytes) -> Kept:
    """Keeps the picture of a signature; raises Invalid unless it is a real PNG with something drawn on it."""
    width, height = pictures.check_strokes(data)
    content = storage.receive([data])
    try:
        storage.keep(content)
    finally:
        content.discard()
    return Kept(content.sha256, "signature.png", "image/png", content.size, width, height)


def renamed(name: str, media_type: str) -> str:
    """A name that is safe to store and whose ending says what the content is."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in plain if c.isprintable() and c not in '<>:"|?*').strip(" .") or "file"
    known = media.KNOWN[media_type]
    own = media.ending_of(plain)
    if media_type in media.PICTURES and own in _OF_PICTURES and own not in known.endings:
        # Cameras and chat programs often call a picture by another picture's ending.
        plain = plain.rpartition(".")[0]
    elif own in known.endings:
        stem, _, ending = plain.rpartition(".")
        return f"{stem[: MOST_NAME - len(ending) - 1]}.{ending}"
    elif media_type == "text/plain" and own and own not in _CLAIMED:
        return plain[:MOST_NAME]
    return f"{plain[: MOST_NAME - 6]}.{known.endings[0]}"


_OF_PICTURES = {ending for type_ in media.PICTURES for ending in media.KNOWN[type_].endings}
# Endings that promise another type; a text may carry any other one.
_CLAIMED = frozenset(ending for known in media.KNOWN.values() for ending in known.endings) | media.DANGEROUS


def _beside(made: list[Path]) -> Path:
    handle, name = tempfile.mkstemp(prefix="picture-", dir=settings.ENVIRONMENT.folder("incoming"))
    os.close(handle)
    made.append(Path(name))
    return made[-1]
