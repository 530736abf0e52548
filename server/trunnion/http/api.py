"""The API: every room's routes under one roof, and every error as a problem document."""

import logging
from importlib import import_module
from typing import Any

from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from trunnion import __version__
from trunnion.kernel.apps import load
from trunnion.kernel.errors import FieldError, Invalid, NotVisible, Refusal
from trunnion.kernel.web.answers import problem

log = logging.getLogger("trunnion.http")

api = NinjaAPI(
    title="Trunnion",
    version=__version__,
    docs_url=None,
    openapi_url=None,
    parser=Parser(),
    urls_namespace="api",
)


class Broken(Refusal):
    """Something failed that should not; the details are in the log under the trace (500)."""

    status = 500


class Unavailable(Refusal):
    """The database cannot be reached or written right now (503)."""

    status = 503


@api.exception_handler(Refusal)
def on_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A no, as a problem document."""
    return problem(request, refusal)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input of the wrong shape: one line for each field."""
    lines = []
    for line in error.errors:
        path = [str(part) for part in line.get("loc", ())]
        where = path[0] if path else ""
        path = (
            path[2:] if where == "body" else [where, *path[1:]] if where == "path" else path[2:] or path[1:]
        )
        facts = {
            k: v if isinstance(v, (int, float, str, bool)) else str(v)
            for k, v in (line.get("ctx") or {}).items()
        }
        lines.append(FieldError("/" + "/".join(path), f"field.{line['type']}", facts))
    return problem(request, Invalid("invalid_input", errors=lines))


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    """No such route or record."""
    return problem(request, NotVisible())


@api.exception_handler(HttpError)
def on_http(request: HttpRequest, _error: HttpError) -> HttpResponse:
    """What the framework itself refuses: a body that is no JSON, above all."""
    return problem(request, Invalid("invalid_input", errors=[FieldError("/", "field.json_invalid")]))


@api.exception_handler(DataError)
def on_data(request: HttpRequest, error: DataError) -> HttpResponse:
    """A value that the database cannot hold."""
    log.warning("the database refused a value: %s", error)
    return problem(request, Invalid("value_out_of_range"))


@api.exception_handler(OperationalError)
def on_database(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database is busy, full or gone."""
    log.error("the database is not available: %s", error)
    return problem(request, Unavailable("database_unavailable"))


@api.exception_handler(Exception)
def on_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """A mistake of ours: logged in full, told in general."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(request, Broken("internal_error"))


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
