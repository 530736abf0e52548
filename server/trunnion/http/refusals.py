"""What the framework, the server or the database refuse, said as every refusal of the house is said."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.kernel.web.answers import language_of, problem
from trunnion.kernel.words import say

API = "/api/"


class Malformed(Refusal):
    """The request itself cannot be read (400)."""

    status = 400

    def __init__(self) -> None:
        super().__init__("malformed")


class Forbidden(Refusal):
    """The framework would not answer this (403)."""

    status = 403

    def __init__(self) -> None:
        super().__init__("forbidden")


class MethodUnknown(Refusal):
    """The address is right, the method is not (405)."""

    status = 405

    def __init__(self, allowed: str) -> None:
        super().__init__("method_unknown", allowed=allowed)


class TooLarge(Refusal):
    """The request holds more than the door takes at once (413)."""

    status = 413

    def __init__(self) -> None:
        super().__init__("too_large")


class WrongContent(Refusal):
    """The content is not of the kind that this route reads (415)."""

    status = 415

    def __init__(self, expected: str) -> None:
        super().__init__("content_type_wrong", expected=expected)


class Broken(Refusal):
    """Something failed that should not; the details are in the log under the trace (500)."""

    status = 500

    def __init__(self) -> None:
        super().__init__("internal_error")


class Unavailable(Refusal):
    """The database cannot be reached or written right now (503)."""

    status = 503

    def __init__(self) -> None:
        super().__init__("database_unavailable")


def retold(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An answer of the API that was not put as a problem, put as one."""
    if response.status_code < 400 or response.get("Content-Type", "").startswith("application/problem+json"):
        return response
    told = problem(request, _refusal_of(response.status_code, response.get("Allow", "")))
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            told[name] = response.headers[name]
    return told


def _refusal_of(status: int, allowed: str) -> Refusal:
    if status == 405:
        return MethodUnknown(allowed)
    kinds: dict[int, type[Any]] = {
        400: Malformed,
        403: Forbidden,
        404: NotVisible,
        413: TooLarge,
        503: Unavailable,
    }
    return kinds.get(status, Broken)()


def _told(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if request.path.startswith(API):
        return problem(request, refusal)
    text = say(f"refusal.{refusal.code}", language_of(request), **refusal.facts)
    return HttpResponse(text, status=refusal.status, content_type="text/plain; charset=utf-8")


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (the framework's signature)
    """Instead of the framework's page for a request that it cannot read."""
    return _told(request, Malformed())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (the framework's signature)
    """Instead of the framework's page for what it would not answer."""
    return _told(request, Forbidden())


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (the framework's signature)
    """Instead of the framework's page for an address that leads nowhere."""
    return _told(request, NotVisible())


def broken(request: HttpRequest) -> HttpResponse:
    """Instead of the framework's page for a mistake of ours, which it has logged."""
    return _told(request, Broken())
