"""The generated contracts: what clients and integrators may rely on, written from the running declarations."""

import json
from pathlib import Path
from typing import Any

import msgspec
from django.apps import apps

from . import words
from .command import COMMANDS
from .events import EVENTS
from .listing.columns import LISTINGS
from .moves import MACHINES
from .permissions import PERMISSIONS
from .web.routes import DONE_OR_LATER, ROUTES

WENT_WELL = {"200": "Done", "201": "Begun", "202": "Queued", "204": "Done, and nothing to tell"}


def generate(openapi: dict[str, Any]) -> dict[str, Any]:
    """Every contract by its file name."""
    return {
        "openapi.json": complete(openapi),
        "moves.json": {kind: _machine(kind) for kind in sorted(MACHINES)},
        "events.json": _events(),
        "permissions.json": _permissions(),
        "listings.json": {name: LISTINGS[name].describe() for name in sorted(LISTINGS)},
        "words.json": words.catalogue(),
    }


def _machine(kind: str) -> dict[str, Any]:
    machine = MACHINES[kind]
    return {
        "initial": str(machine.initial),
        "final": sorted(machine.final),
        "states": [str(s) for s in machine.states],
        "moves": [{"verb": m.verb, "from": sorted(m.from_), "to": m.to} for m in machine.moves],
    }


def _events() -> dict[str, Any]:
    kinds = [EVENTS[name] for name in sorted(EVENTS)]
    schemas, parts = msgspec.json.schema_components(kinds, ref_template="#/components/{name}")
    return {
        "events": {kind.fact: schema for kind, schema in zip(kinds, schemas, strict=True)},
        "components": parts,
    }


def _permissions() -> dict[str, Any]:
    return {
        name: {"command": name in COMMANDS, "open_to_all": open_to_all}
        for name, open_to_all in sorted(PERMISSIONS.items())
    }


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with the answers of each route and the problem document of every refusal."""
    by_path = {(r.method.lower(), _plain(r.path)): r for r in ROUTES}
    wanted = {k: r.answers for k, r in by_path.items() if _describable(r.answers)}
    schemas, parts = msgspec.json.schema_components(
        list({id(a): a for a in wanted.values()}.values()), ref_template="#/components/schemas/{name}"
    )
    known = dict(zip({id(a): a for a in wanted.values()}, schemas, strict=True))
    document["components"]["schemas"].update(parts)
    document["components"]["schemas"]["Problem"] = PROBLEM
    document["components"]["securitySchemes"] = SECURITY
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            answer = wanted.get((method, _plain(path)))
            route = by_path.get((method, _plain(path)))
            statuses = route.statuses if route is not None else DONE_OR_LATER
            _describe(operation, known.get(id(answer)) if answer is not None else None, method, statuses)
            if route is not None and route.permission is not None:
                operation["security"] = [{"session": []}, {"token": []}]
    return document


def _plain(path: str) -> str:
    return path.replace("{uuid:", "{")


def _describable(answer: Any) -> bool:
    return isinstance(answer, type) and issubclass(answer, msgspec.Struct)


def _describe(operation: dict[str, Any], schema: Any, method: str, statuses: tuple[str, ...]) -> None:
    content = {"application/json": {"schema": schema or {}}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {
        "400": "Malformed", "401": "Not signed in", "403": "Not granted", "404": "Not found", "405": "No such method",
        "409": "Wrong state", "412": "Stale", "413": "Too large", "415": "Wrong kind of content",
        "422": "Bad input", "428": "Version needed", "429": "Too many", "503": "Not available",
    }  # fmt: skip
    operation["responses"] = {
        **{
            code: {"description": WENT_WELL[code], **({} if code == "204" else {"content": content})}
            for code in statuses
        },
        **{code: {"description": text, "content": problem} for code, text in refusals.items()},
    }
    if method in ("post", "patch", "delete"):
        operation.setdefault("parameters", []).append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "maxLength": 100},
            }
        )
    if method == "patch":
        operation["parameters"].append(
            {"name": "If-Match", "in": "header", "required": True, "schema": {"type": "string"}}
        )


def undeclared(openapi: dict[str, Any]) -> list[str]:
    """The routes that no declaration made, and so neither a permission guards nor a reason opens."""
    declared = {(r.method.lower(), _plain(r.path)) for r in ROUTES if r.permission or r.open_because}
    return [
        f"{method.upper()} {path}"
        for path, operations in openapi["paths"].items()
        for method in operations
        if (method, _plain(path)) not in declared
    ]


def drift(folder: Path, contracts: dict[str, Any]) -> list[str]:
    """The contract files that differ from what the program says now."""
    stale = []
    for name, value in contracts.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != dump(value):
            stale.append(name)
    return stale


def dump(value: Any) -> str:
    """A contract as text: sorted, readable in a diff."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def rooms() -> list[str]:
    """The rooms of this installation, in order."""
    return [c.label for c in apps.get_app_configs() if c.name.startswith("trunnion.")]


PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "facts", "errors", "trace"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "facts": {"type": "object"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "facts": {"type": "object"},
                    "detail": {"type": "string"},
                },
            },
        },
        "trace": {"type": "string"},
    },
}
SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "trunnion"},
    "token": {"type": "http", "scheme": "bearer"},
}
