"""The shipped templates, read from their file as the same values that an organisation's own are made of."""

import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from pydantic import TypeAdapter

from .types import Content, Roll, Sheet


class Shipped:
    """A shipped template before it is asked for a kind of record."""

    def __init__(self, key: str, told: dict[str, Any]) -> None:
        self.key = key
        self.names: dict[str, str] = told["name"]
        self.stock: Sheet | Roll = stock_from(told.get("sheet") or told["roll"])
        self._content = content_from(
            told["content"] | {"fields": [_field(f) for f in told["content"]["fields"]]}
        )

    def content_for(self, fields: tuple[str, ...]) -> Content:
        """What stands on it, of a kind that has only these fields."""
        return replace(self._content, fields=tuple(f for f in self._content.fields if f.name in fields))


def stock_from(told: dict[str, Any]) -> Sheet | Roll:
    """A stock as it was stored."""
    shape: Any = Sheet if "page" in told else Roll
    found: Sheet | Roll = TypeAdapter(shape).validate_python(told)
    return found


def content_from(told: dict[str, Any]) -> Content:
    """A content as it was stored."""
    return TypeAdapter(Content).validate_python(told)


@cache
def shipped() -> dict[str, Shipped]:
    """The shipped templates by their keys."""
    text = (resources.files("trunnion.attach.labels") / "presets.toml").read_text("utf-8")
    return {key: Shipped(key, told) for key, told in tomllib.loads(text).items()}


def _field(told: str) -> dict[str, Any]:
    name, size, lines, *ways = told.split(":")
    return {
        "name": name, "size_pt": size, "lines": int(lines), "is_bold": "bold" in ways, "is_named": "named" in ways,
    }  # fmt: skip
