"""Resumable uploads over HTTP: the tus 1.0 (core, creation, termination, checksum, expiration), without a store."""

import base64
import binascii
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.encoding import encode
from trunnion.kernel.errors import Invalid, NotVisible, Refusal

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
MOST_METADATA = 4096
# What the content became; the protocol leaves that to the server.
FILE_HEADER = "Upload-File"
METHODS = ("HEAD", "PATCH", "POST", "DELETE")
# With which statuses its routes say that it went well.
BEGUN, EMPTY = ("201",), ("204",)
DONE = {method: ("200",) if method == "HEAD" else EMPTY for method in METHODS}


class State(Protocol):
    """How far an upload is."""

    @property
    def id(self) -> UUID: ...
    @property
    def size(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def file_id(self) -> UUID | None: ...
    @property
    def expires_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Store:
    """What a door needs of whoever keeps uploads; each function knows its caller already."""

    most_bytes: int
    begin: Callable[[str, int], State]
    state_of: Callable[[UUID], State]
    # id, offset, length, read, (name of the digest, its value in base64)
    add: Callable[[UUID, int, int, Callable[[int], bytes], tuple[str, str] | None], State]
    drop: Callable[[UUID], None]
    add_poster: Callable[[UUID, bytes], None]


class OtherVersion(Refusal):
    """The caller speaks another version of the protocol, or does not say which (412)."""

    status = 412

    def __init__(self) -> None:
        super().__init__("upload.protocol_version", supported=VERSION)


class WrongContent(Refusal):
    """A piece is told by its content type (415)."""

    status = 415

    def __init__(self) -> None:
        super().__init__("content_type_wrong", expected=PIECE)


def named(view: Callable[..., Any], method: str) -> Callable[..., Any]:
    """The same view under a name of its own for each method, as the contract needs it."""

    @functools.wraps(view)
    def own(request: HttpRequest, **arguments: Any) -> HttpResponse:
        found: HttpResponse = view(request, **arguments)
        return found

    own.__name__ = f"{view.__name__}_{method.lower()}"
    return own


def options(most_bytes: int) -> HttpResponse:
    """What this server can do."""
    response = _answer(204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = "creation,termination,checksum,expiration"
    response["Tus-Checksum-Algorithm"] = "sha1,sha256"
    response["Tus-Max-Size"] = str(most_bytes)
    return response


def create(request: HttpRequest, store: Store) -> HttpResponse:
    """Announces an upload; its address is in the answer."""
    _check_version(request)
    size = _number(request, "Upload-Length")
    if size is None or size < 1:
        raise Invalid.field("/headers/Upload-Length", "upload.length_unknown")
    state = store.begin(metadata(request).get("filename") or "file", size)
    response = _told(state, 201)
    response["Location"] = f"{request.path.rstrip('/')}/{state.id}"
    return response


def one(request: HttpRequest, upload_id: UUID, store: Store) -> HttpResponse:
    """What is asked of one upload: how far it is, one more piece, or to give it up."""
    # Some proxies let neither PATCH nor DELETE through.
    method = request.headers.get("X-HTTP-Method-Override", request.method or "").upper()
    if method == "HEAD":
        return _told(store.state_of(upload_id), 200, body=False)
    _check_version(request)
    if method == "DELETE":
        store.drop(upload_id)
        return _answer(204)
    if method != "PATCH":
        raise NotVisible
    offset, length = _number(request, "Upload-Offset"), _number(request, "Content-Length")
    # A last, empty piece only asks for the end.
    if length and request.headers.get("Content-Type", "").split(";")[0].strip() != PIECE:
        raise WrongContent
    if offset is None:
        raise Invalid.field("/headers/Upload-Offset", "field.missing")
    return _told(store.add(upload_id, offset, length or 0, request.read, _digest(request)), 204, body=False)


def poster(request: HttpRequest, upload_id: UUID, store: Store) -> HttpResponse:
    """The picture that a film will be shown by."""
    store.add_poster(upload_id, request.read())
    return _answer(204)


def metadata(request: HttpRequest) -> dict[str, str]:
    """What was said of the content: names, and values in base64."""
    sent = request.headers.get("Upload-Metadata", "")
    found = {}
    for pair in sent[:MOST_METADATA].split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Invalid.field("/headers/Upload-Metadata", "field.unfit") from None
    return found


def _digest(request: HttpRequest) -> tuple[str, str] | None:
    name, _, value = request.headers.get("Upload-Checksum", "").partition(" ")
    return (name, value) if name else None


def _number(request: HttpRequest, header: str) -> int | None:
    text = request.headers.get(header, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _check_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise OtherVersion


def _told(state: State, status: int, *, body: bool = True) -> HttpResponse:
    facts: dict[str, Any] = {
        "id": state.id, "size": state.size, "offset": state.offset, "file_id": state.file_id,
        "expires_at": state.expires_at,
    }  # fmt: skip
    response = _answer(status, encode(facts) if body else b"")
    response["Upload-Offset"] = str(state.offset)
    response["Upload-Length"] = str(state.size)
    response["Upload-Expires"] = format_datetime(state.expires_at, usegmt=True)
    if state.file_id is not None:
        response[FILE_HEADER] = str(state.file_id)
    return response


def _answer(status: int, content: bytes = b"") -> HttpResponse:
    response = HttpResponse(content, status=status, content_type="application/json")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    return response
