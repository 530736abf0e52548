"""What a request says beyond its body: who asks, the replay key, the version seen."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotSignedIn, VersionNeeded
from trunnion.kernel.words import LANGUAGES

MAX_KEY = 100
_SPOKEN = {language[:2]: language for language in LANGUAGES}


def context_of(request: HttpRequest) -> Context:
    """The context that the door put on the request, with the headers of this call; raises NotSignedIn."""
    ctx: Context | None = getattr(request, "ctx", None)
    if ctx is None:
        raise NotSignedIn
    return with_headers(ctx, request)


def with_headers(ctx: Context, request: HttpRequest) -> Context:
    """The context with the call's replay key, seen version, device time and language."""
    changes: dict[str, Any] = {}
    # The page may be shown in another language than the one that its reader is written to in.
    asked = request.headers.get("Accept-Language", "")[:2].lower()
    if asked in _SPOKEN:
        changes["language"] = _SPOKEN[asked]
    key = request.headers.get("Idempotency-Key")
    if key:
        if len(key) > MAX_KEY or not key.isprintable():
            raise Invalid.field("/headers/Idempotency-Key", "key_wrong", most=MAX_KEY)
        changes["key"] = key
    if match := request.headers.get("If-Match"):
        text = match.removeprefix("W/").strip('"')
        if match != "*":
            if not text.isdecimal() or len(text) > 9:
                raise Invalid.field("/headers/If-Match", "version_wrong")
            changes["seen_version"] = int(text)
    if device := request.headers.get("X-Device-Time"):
        changes["device_at"] = _instant(device)
    return ctx.with_(**changes) if changes else ctx


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise Invalid.field("/headers/X-Device-Time", "field.timezone_aware")
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid.field("/headers/X-Device-Time", "field.datetime_parsing") from None


def must_say_version(request: HttpRequest) -> None:
    """An edit without If-Match would overwrite what it has not seen."""
    if not request.headers.get("If-Match"):
        raise VersionNeeded
