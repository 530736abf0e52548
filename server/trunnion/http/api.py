"""The API: every room's routes under one roof, and every error as a problem document."""

import logging
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import msgspec
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from trunnion import __version__
from trunnion.kernel.apps import load
from trunnion.kernel.command import field_error
from trunnion.kernel.errors import FieldError, Invalid, NotVisible, Refusal
from trunnion.kernel.web.answers import problem

from .refusals import Broken, Malformed, TooLarge, Unavailable, WrongContent

log = logging.getLogger("trunnion.http")

JSON = "application/json"


class Bodies(Parser):
    """Reads JSON strictly: what says that it is something else, or is deeper or larger than sense, is refused."""

    def parse_body(self, request: HttpRequest) -> Any:
        # A verb that needs to be told nothing is often sent nothing.
        if not request.body:
            return {}
        if request.content_type != JSON:
            raise WrongContent(JSON)
        return msgspec.json.decode(request.body)


api = NinjaAPI(
    title="Trunnion",
    version=__version__,
    docs_url=None,
    openapi_url=None,
    parser=Bodies(),
    urls_namespace="api",
)


@api.exception_handler(Refusal)
def on_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A no, as a problem document."""
    return problem(request, refusal)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input of the wrong shape: one line for each field."""
    lines = [field_error(_place(line.get("loc", ())), line["type"], line.get("ctx")) for line in error.errors]
    return problem(request, Invalid("invalid_input", errors=lines))


def _place(path: Sequence[Any]) -> Sequence[Any]:
    # A path parameter keeps its source; of the others the framework's two steps to the value are left out.
    return path if path[:1] == ("path",) else path[2:] or path[1:]


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    """No such route or record."""
    return problem(request, NotVisible())


@api.exception_handler(HttpError)
def on_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework itself refuses: a body that is no JSON, above all."""
    if isinstance(error.__cause__, Refusal):
        return problem(request, error.__cause__)
    return problem(request, Invalid("invalid_input", errors=[FieldError("", "field.json_invalid")]))


@api.exception_handler(SuspiciousOperation)
def on_suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    """What the framework will not even read: too much of it, or broken on purpose."""
    too_large = isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return problem(request, TooLarge() if too_large else Malformed())


@api.exception_handler(UnreadablePostError)
@api.exception_handler(MultiPartParserError)
def on_unreadable(request: HttpRequest, _error: Exception) -> HttpResponse:
    """A body that broke off or is not put together as it says."""
    return problem(request, Malformed())


@api.exception_handler(DataError)
@api.exception_handler(OverflowError)
def on_data(request: HttpRequest, error: Exception) -> HttpResponse:
    """A value that the database cannot hold."""
    log.warning("the database refused a value: %s", error)
    return problem(request, Invalid("value_out_of_range"))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def on_database(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database is busy, full or gone."""
    log.error("the database is not available: %s", error)
    return problem(request, Unavailable())


@api.exception_handler(Exception)
def on_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """A mistake of ours: logged in full, told in general."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(request, Broken())


def mount() -> NinjaAPI:
    """Adds every room's router, once."""
    if getattr(api, "_mounted", False):
        return api
    api._mounted = True  # type: ignore[attr-defined]
    for name in _rooms():
        module: Any = import_module(name)
        for room in getattr(module, "rooms", None) or (module.room,):
            api.add_router(f"/{room.name}", room.router)
    return api


def _rooms() -> list[str]:
    from django.apps import apps

    found = [
        f"{c.name}.api"
        for c in apps.get_app_configs()
        if c.name.startswith("trunnion.") and c.label != "kernel"
    ]
    load("trunnion.http.kernel_api")
    return [name for name in found if _exists(name)] + ["trunnion.http.kernel_api"]


def _exists(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None
