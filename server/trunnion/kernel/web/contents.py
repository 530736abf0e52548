"""Contents as answers: nothing in them runs, parts can be asked for, and nobody but the reader keeps them."""

import re
from pathlib import Path
from typing import BinaryIO, Protocol

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

SEALED = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox"
_RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")


class Content(Protocol):
    """Where the bytes lie, and how they may be sent out."""

    @property
    def path(self) -> Path: ...
    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def is_inline(self) -> bool: ...
    @property
    def digest(self) -> str: ...


class Part:
    """So many bytes of an open file, from where it stands."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def read(self, most: int = -1) -> bytes:
        """The next bytes; none when the part is over."""
        wanted = self._left if most < 0 else min(most, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def send(request: HttpRequest, found: Content) -> HttpResponseBase:
    """The bytes as an answer: whole, a part of them where one is asked for, or that nothing has changed."""
    mark = f'"{found.digest[:40]}"'
    if request.headers.get("If-None-Match") == mark:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        response = _bytes(request, found, mark)
    response["ETag"] = mark
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = SEALED
    response["X-Content-Type-Options"] = "nosniff"
    return response


def hand(content: bytes, name: str, media_type: str = "application/pdf") -> HttpResponse:
    """What was just made, as a file to be kept."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bytes(request: HttpRequest, found: Content, mark: str) -> HttpResponseBase:
    size = found.path.stat().st_size
    asked = request.headers.get("Range", "")
    # A part of what has changed meanwhile would be joined to what is no longer there.
    part = _part(asked, size) if asked and request.headers.get("If-Range", mark) == mark else None
    file = found.path.open("rb")
    if part is None:
        return _file(file, found)
    first, last = part
    file.seek(first)
    response = _file(Part(file, last - first + 1), found)
    response.status_code = 206
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _file(file: "BinaryIO | Part", found: Content) -> HttpResponseBase:
    return FileResponse(
        file, as_attachment=not found.is_inline, filename=found.name, content_type=found.media_type
    )


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range; None where it is none, or lies beyond: then the whole is right."""
    found = _RANGE.match(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else None
    end = min(int(last), size - 1) if last else size - 1
    return (int(first), end) if int(first) <= end else None
