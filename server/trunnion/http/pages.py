"""The clients' pages and files: built ahead, served from the same process."""

import gzip
import mimetypes
from functools import cache, lru_cache
from pathlib import Path

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)

from trunnion.kernel.web.answers import language_of
from trunnion.kernel.words import say

from .packing import unpacks

ROOT = Path(__file__).parent / "static"
# What a browser insists on and not every system's list knows.
TYPES = {
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".js": "text/javascript",
}
# What becomes a good deal smaller; pictures and fonts are packed already.
PACKABLE = frozenset({".js", ".css", ".svg", ".json", ".webmanifest", ".wasm"})
FOR_EVER = "public, max-age=31536000, immutable"


def home(_request: HttpRequest) -> HttpResponse:
    """The address without a path leads to the console."""
    return HttpResponseRedirect("/app/")


def console(request: HttpRequest) -> HttpResponse:
    """The console's page, whatever its inner path."""
    return _page(request, "console")


def field(request: HttpRequest) -> HttpResponse:
    """The engineer's page, whatever its inner path."""
    return _page(request, "field")


def field_worker(request: HttpRequest) -> HttpResponseBase:
    """The engineer's service worker: from its own path, because that is as far as it reaches."""
    return static(request, "field/worker.js")


def portal(request: HttpRequest) -> HttpResponse:
    """The guest's page: a scanned code or a progress link."""
    return _page(request, "portal")


@cache
def _source(client: str) -> str | None:
    path = ROOT / client / "index.html"
    return path.read_text("utf-8") if path.exists() else None


def _page(request: HttpRequest, client: str) -> HttpResponse:
    source = _source(client)
    if source is None:
        text = say("page.not_built", language_of(request))
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(source.replace("__NONCE__", request.csp_nonce))  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-cache"
    return response


def static(request: HttpRequest, path: str) -> HttpResponseBase:
    """A built file; only what lies inside the built folder, packed for whoever can unpack it."""
    try:
        target = (ROOT / path).resolve()
        found = target.is_relative_to(ROOT.resolve()) and target.is_file()
    except (OSError, ValueError):
        # A name that no file system knows.
        found = False
    if not found or any(part.startswith(".") for part in path.split("/")):
        raise Http404
    kind = TYPES.get(target.suffix) or mimetypes.guess_type(target.name)[0] or "application/octet-stream"
    response: HttpResponseBase
    if target.suffix not in PACKABLE:
        response = FileResponse(target.open("rb"), content_type=kind)
    elif unpacks(request.headers.get("Accept-Encoding", "")):
        response = HttpResponse(_packed(target, target.stat().st_mtime_ns), content_type=kind)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(target.read_bytes(), content_type=kind)
    if target.suffix in PACKABLE:
        response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = FOR_EVER if "/assets/" in f"/{path}" else "no-cache"
    return response


@lru_cache(maxsize=512)
def _packed(target: Path, _changed_ns: int) -> bytes:
    """A file as it is sent, packed once; one that was built anew is packed anew."""
    return gzip.compress(target.read_bytes(), mtime=0)
