"""Answers: JSON with an ETag, and refusals as RFC 9457 problem documents."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from trunnion.kernel.encoding import encode
from trunnion.kernel.errors import Refusal, TooMany
from trunnion.kernel.ids import uuid7
from trunnion.kernel.words import LANGUAGES, say

PROBLEM_TYPE = "/problems/"


def answer(value: Any, status: int = 200) -> HttpResponse:
    """A JSON answer; the ETag is the record's version where it has one."""
    response = HttpResponse(encode(value), content_type="application/json", status=status)
    version = value.get("version") if isinstance(value, dict) else getattr(value, "version", None)
    if isinstance(version, int):
        response["ETag"] = f'"{version}"'
    return response


def packable(response: HttpResponse) -> HttpResponse:
    """Lets an answer be packed on its way: for large ones that hold no secret, whatever texts stand beside it."""
    response["Vary"] = "Accept-Encoding"
    return response


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a problem document, in words of the caller's language."""
    language = getattr(getattr(request, "ctx", None), "language", None) or language_of(request)
    body = {
        "type": PROBLEM_TYPE + refusal.code,
        "title": say(f"refusal.{refusal.code}", language, **refusal.facts),
        "status": refusal.status,
        "code": refusal.code,
        "facts": refusal.facts,
        "errors": [
            {
                "pointer": e.pointer,
                "code": e.code,
                "facts": e.facts,
                "detail": say(f"refusal.{e.code}", language, **e.facts),
            }
            for e in refusal.errors
        ],
        "trace": str(uuid7()),
    }
    response = HttpResponse(encode(body), content_type="application/problem+json", status=refusal.status)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def language_of(request: HttpRequest) -> str:
    """The language a caller without an account asks for."""
    return "zh-CN" if request.headers.get("Accept-Language", "").lower().startswith("zh") else "en"


def asked_language(request: HttpRequest) -> str:
    """The language named in the address, else that of whoever asks."""
    asked = request.GET.get("language", "")
    if asked in LANGUAGES:
        return asked
    return getattr(getattr(request, "ctx", None), "language", None) or language_of(request)
