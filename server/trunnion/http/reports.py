"""Where browsers report what the content security policy stopped: counted, logged without contents, never answered."""

import json
import logging
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from trunnion.kernel.errors import TooMany
from trunnion.kernel.limits import allow
from trunnion.kernel.metrics import counter
from trunnion.kernel.web.cookies import address_of

log = logging.getLogger("trunnion.security")
LARGEST = 16 * 1024
# One broken page reports a few lines; whoever sends more is no browser of ours.
MOST, WINDOW = 60, timedelta(minutes=15)
STOPPED = counter("trunnion_policy_reports_total", "What browsers said that the content policy stopped.")


def receive(request: HttpRequest) -> HttpResponse:
    """Takes a report in; whoever sends nonsense learns nothing from it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        return HttpResponse(status=413)
    try:
        allow(f"policy-report:{address_of(request)}", MOST, WINDOW)
    except TooMany as refusal:
        return HttpResponse(status=429, headers={"Retry-After": str(refusal.retry_after)})
    for directive, page in _told(request.body):
        STOPPED.add()
        log.warning("content policy stopped %s on %s", directive, page)
    return HttpResponse(status=204)


def _told(body: bytes) -> list[tuple[str, str]]:
    # Both spellings of the standard: one report of the older kind, a list of the newer.
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return []
    found: list[Any] = sent if isinstance(sent, list) else [sent]
    reports = [one.get("body") or one.get("csp-report") for one in found if isinstance(one, dict)]
    return [
        (_plain(one.get("effectiveDirective") or one.get("effective-directive") or one.get("violated-directive")),
         _path(one.get("documentURL") or one.get("document-uri")))
        for one in reports[:20]
        if isinstance(one, dict)
    ]  # fmt: skip


def _plain(value: Any) -> str:
    return "".join(c for c in str(value or "something")[:60] if c.isascii() and c.isprintable())


def _path(value: Any) -> str:
    # A token may stand in the path of a guest's page: only its first word is told.
    try:
        path = urlsplit(str(value or "")[:500]).path
    except ValueError:
        return "/"
    return "/" + _plain(path.strip("/").partition("/")[0] or " ").strip()
