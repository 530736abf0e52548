"""Routes made from declarations: a verb, a detail, a listing, a file; each knows the permission that it takes."""

import inspect
import re
import typing
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router, Schema
from pydantic import BaseModel, ConfigDict, Field, create_model

from trunnion.kernel import additions, bulk, bulk_undo, history, permissions
from trunnion.kernel.command import Command
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotGranted
from trunnion.kernel.listing import exports, page, totals
from trunnion.kernel.listing.columns import Listing
from trunnion.kernel.policies import KINDS

from .answers import answer, packable
from .request import context_of, must_say_version

_PARAMETER = re.compile(r"\{(?:\w+:)?(\w+)\}")


# A verb that goes on in the background answers the latter.
DONE_OR_LATER = ("200", "202")


@dataclass(frozen=True, slots=True)
class Route:
    """What is known of a route: `permission` is None only where `open_because` says why anybody may call it."""

    method: str
    path: str
    permission: str | None
    open_because: str = ""
    answers: Any = None
    listing: str = ""
    # With which statuses it says that it went well.
    statuses: tuple[str, ...] = DONE_OR_LATER


ROUTES: list[Route] = []


class Ask(Schema):
    """The questions that every listing understands."""

    filter: str | None = None
    search: str | None = None
    sort: str | None = None
    limit: int = 50
    cursor: str | None = None
    count: str = "none"
    columns: str | None = None
    back: bool = False


class TotalsAsk(Schema):
    """What of a listing is to be counted and added up, and by which column it is grouped."""

    filter: str | None = None
    search: str | None = None
    group: str | None = None
    columns: str | None = None


class ExportAsk(Schema):
    """What of a listing is to be written into which kind of file."""

    format: str
    filter: str | None = None
    search: str | None = None
    sort: str | None = None
    columns: str | None = None


class BulkAsk(Schema):
    """Which records are to be changed, by their ids or by what a list finds, and to what."""

    model_config = ConfigDict(extra="forbid")
    changes: dict[str, Any]
    ids: list[UUID] | None = Field(default=None, max_length=bulk.MOST)
    filter: str | None = None
    search: str | None = None
    dry_run: bool = False


class UndoAsk(Schema):
    """The entry of a bulk edit that is to be put back."""

    model_config = ConfigDict(extra="forbid")
    entry_id: UUID


class Room:
    """The routes of one room; its `router` is mounted at `/api/<name>`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.router = Router(tags=[name])

    def verb(self, path: str, command: Callable[..., Any], method: str = "POST") -> None:
        """`POST path` does the command; the path's parameters and the body are its arguments."""
        known: Command = command.command  # type: ignore[attr-defined]
        in_path = _PARAMETER.findall(path)
        body = _body_of(known, in_path)

        def call(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse:
            if method == "PATCH":
                must_say_version(request)
            return answer(command(context_of(request), **arguments))

        self._add(Route(method, path, known.name, answers=known.answer), _view(call, known, in_path, body))

    def edit(self, path: str, command: Callable[..., Any]) -> None:
        """`PATCH path` changes plain facts; the caller must say which version it saw. For many: `bulk-edit`."""
        self.verb(path, command, "PATCH")
        named = _PARAMETER.findall(path)
        if len(named) == 1 and path.endswith("}"):
            self.many(path.rpartition("/")[0] + "/bulk-edit", command)

    def many(self, path: str, command: Callable[..., Any]) -> None:
        """`POST path` does a verb to many records, `POST path/undo` puts that back."""
        known: Command = command.command  # type: ignore[attr-defined]
        many = bulk.Bulk(known)

        def do(request: HttpRequest, asked: Body[BulkAsk]) -> HttpResponse:
            return answer(bulk.ask(context_of(request), many, **asked.dict()))

        def undo(request: HttpRequest, asked: Body[UndoAsk]) -> HttpResponse:
            return answer(bulk_undo.undo(context_of(request), many, asked.entry_id))

        thing = path.strip("/").replace("/", "_").replace("-", "_")
        for suffix, view in (("", do), ("/undo", undo)):
            view.__name__ = thing + suffix.replace("/", "_")
            self._add(Route("POST", path + suffix, known.name, answers=bulk.Batch), view)
            self._put_first(path + suffix)

    def _put_first(self, path: str) -> None:
        # Ahead of `/{id}`, which would take the word for an id.
        held = self.router.path_operations
        first = held.pop(path)
        rest = dict(held)
        held.clear()
        held.update({path: first, **rest})

    def detail(
        self,
        path: str,
        query: Callable[..., Any],
        permission: str,
        *,
        has_history: bool = False,
        is_large: bool = False,
    ) -> None:
        """`GET path` answers `query(ctx, id...)`; with `has_history` also what happened to the record, newest first.

        An answer that `is_large` may be packed: it must hold no secret.
        """
        permissions.declare(permission)
        in_path = _PARAMETER.findall(path)
        # The detail of a record itself, and not of something about it.
        kind = permission.rpartition(".")[0] if path.endswith("}") else ""

        def call(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse:
            ctx = context_of(request)
            check(ctx, permission)
            with reading(ctx.organisation_id):
                found = query(ctx, **arguments)
                if has_history:
                    found = found | {"history": history.of_record(ctx, found["id"])}
                told = answer(additions.complete(ctx, kind, found) if kind in KINDS else found)
                return packable(told) if is_large else told

        hints = typing.get_type_hints(query)
        extra = {
            p.name: (hints[p.name], p.default)
            for p in list(inspect.signature(query).parameters.values())[1:]
            if p.name not in in_path
        }
        view = _reader(call, {name: hints.get(name, UUID) for name in in_path}, extra)
        view.__doc__ = inspect.getdoc(query)
        view.__name__ = query.__name__
        self._add(Route("GET", path, permission, answers=hints.get("return")), view)

    def listing(self, path: str, listing: Listing) -> None:
        """`GET path` a page, `GET path/columns` its metadata, `GET path/totals` its sums, `POST path/export` a file."""

        def rows(request: HttpRequest, ask: Query[Ask]) -> HttpResponse:
            ctx = context_of(request)
            check(ctx, listing.permission)
            with reading(ctx.organisation_id):
                return packable(answer(page.page(ctx, listing, page.Ask(**ask.dict()))))

        def columns(request: HttpRequest) -> HttpResponse:
            ctx = context_of(request)
            check(ctx, listing.permission)
            with reading(ctx.organisation_id):
                return packable(answer(listing.extended(ctx).describe()))

        def figures(request: HttpRequest, ask: Query[TotalsAsk]) -> HttpResponse:
            ctx = context_of(request)
            check(ctx, listing.permission)
            with reading(ctx.organisation_id):
                return answer(totals.totals(ctx, listing, totals.Ask(**ask.dict())))

        def export(request: HttpRequest, ask: Body[ExportAsk]) -> HttpResponse:
            return answer(exports.request(context_of(request), listing=listing.name, **ask.dict()), 202)

        thing = path.strip("/").replace("/", "_")
        for method, suffix, view, told in (
            ("GET", "", rows, None),
            ("GET", "/columns", columns, None),
            ("GET", "/totals", figures, totals.Totals),
            ("POST", "/export", export, exports.Queued),
        ):
            view.__name__ = f"{thing}_{view.__name__}"
            self._add(
                Route(method, path + suffix, listing.permission, answers=told, listing=listing.name), view
            )

    def plain(
        self,
        method: str,
        path: str,
        view: Callable[..., Any],
        permission: str | None = None,
        *,
        open_because: str = "",
        statuses: tuple[str, ...] = DONE_OR_LATER,
    ) -> None:
        """A route with a view of its own; without a permission it must say why anybody may call it."""
        if permission is None and not open_because:
            raise ValueError(f"{path}: a route needs a permission, or a reason to be open")
        if permission:
            permissions.declare(permission)
        self._add(Route(method, path, permission, open_because, statuses=statuses), view)

    def _add(self, route: Route, view: Callable[..., Any]) -> None:
        full = replace(route, path=f"/api/{self.name}{route.path}")
        ROUTES.append(full)
        operation = f"{self.name}_{view.__name__}"
        self.router.add_api_operation(
            route.path,
            [route.method],
            view,
            auth=_admission(route.permission) if route.permission else None,
            operation_id=operation,
            openapi_extra={"x-permission": route.permission},
        )


def _admission(permission: str) -> Callable[[HttpRequest], bool]:
    """Who may call is settled before anything that was sent is looked at."""

    def admit(request: HttpRequest) -> bool:
        ctx = context_of(request)
        # A verb that is open to all proves its caller by its own arguments.
        if not permissions.PERMISSIONS.get(permission):
            check(ctx, permission)
        return True

    return admit


def check(ctx: Context, permission: str) -> None:
    """Raises NotGranted unless the actor may do this, or a narrower form of it."""
    if not any(ctx.may(name) for name in permissions.opening(permission)):
        raise NotGranted(permission)


def _body_of(known: Command, in_path: list[str]) -> type[BaseModel] | None:
    fields: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in known.model.model_fields.items()
        if name not in in_path
    }
    for addition in additions.borne_by(known.name):
        fields[addition.argument] = (addition.hint, Field(default_factory=dict))
    if not fields:
        return None
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return create_model(known.model.__name__ + "Body", __config__=config, **fields)


def _view(call: Callable[..., Any], known: Command, in_path: list[str], body: Any) -> Callable[..., Any]:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        sent = kwargs.pop("body", None)
        arguments = {name: getattr(sent, name) for name in sent.model_fields_set} if sent is not None else {}
        return call(request, {**kwargs, **arguments})

    hints = typing.get_type_hints(known.run)
    parameters = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=hints.get(name, UUID))
        for name in in_path
    ]
    if body is not None:
        required = any(f.is_required() for f in body.model_fields.values())
        hint, default = (body, Body(...)) if required else (body | None, Body(None))
        parameters.append(
            inspect.Parameter("body", inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=default)
        )
    view.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    view.__doc__ = known.summary
    view.__name__ = known.name.split(".", 1)[1].replace(".", "_")
    return view


def _reader(call: Callable[..., Any], in_path: dict[str, Any], extra: dict[str, Any]) -> Callable[..., Any]:
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return call(request, kwargs)

    empty = inspect.Parameter.empty
    parameters = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    parameters += [
        inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, annotation=hint) for n, hint in in_path.items()
    ]
    parameters += [
        inspect.Parameter(
            n, inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=Query(... if d is empty else d)
        )
        for n, (hint, d) in extra.items()
    ]
    view.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return view
