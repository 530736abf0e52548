"""Arguments that fit a verb, made from its declaration: so that a call gets past validation to what it is about."""

import dataclasses
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from trunnion.kernel.command import COMMANDS, Command
from trunnion.kernel.ids import uuid7

SAMPLES: dict[type, Any] = {
    bool: False,
    int: 1,
    float: 1.0,
    Decimal: "1",
    date: "2026-11-21",
    datetime: "2026-11-21T08:00:00Z",
    dict: {},
}
# Texts that a pattern would refuse, by their argument's name.
TEXTS = {
    "email": "somebody@example.org",
    "currency": "EUR",
    "language": "en",
    "zone": "UTC",
    "password": "correct horse 电池 staple",
    "key": "some_key",
}


def fitting(
    command: Command, ids: dict[str, UUID] | None = None, *, everything: bool = False
) -> dict[str, Any]:
    """Arguments of a verb: the needed ones, or all; `ids` gives the values of arguments that are ids."""
    found = {}
    hints = typing.get_type_hints(command.run, include_extras=True)
    for name, field in command.model.model_fields.items():
        if field.is_required() or everything:
            found[name] = _sample(hints[name], name, ids or {})
    return found


def _sample(hint: Any, name: str, ids: dict[str, UUID]) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Annotated, typing.Union, types.UnionType):
        return _sample(next(a for a in typing.get_args(hint) if a is not type(None)), name, ids)
    if origin in (list, tuple, set, frozenset):
        return [_sample(typing.get_args(hint)[0], name.removesuffix("s"), ids)]
    if origin is typing.Literal:
        return typing.get_args(hint)[0]
    if not isinstance(hint, type):
        return None
    if issubclass(hint, UUID):
        return str(ids.get(name) or ids.get(f"{name}_id") or uuid7())
    if issubclass(hint, Enum):
        return next(iter(hint)).value
    if dataclasses.is_dataclass(hint):
        inner = typing.get_type_hints(hint, include_extras=True)
        return {
            f.name: _sample(inner[f.name], f.name, ids) for f in dataclasses.fields(hint) if _is_needed(f)
        }
    for kind, value in SAMPLES.items():
        if issubclass(hint, kind):
            return value
    return TEXTS.get(name, "identity.role.read" if name in ("grant", "permission") else "text")


def _is_needed(field: Any) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def of_route(permission: str | None) -> Command | None:
    """The verb behind a route."""
    return COMMANDS.get(permission or "")
