"""Rows read in the shape in which they are answered: one read, no objects."""

from collections.abc import Mapping
from typing import Any

Rows = list[dict[str, Any]]


def read(rows: Any, shape: Mapping[str, str], most: int = 500) -> Rows:
    """The rows as dictionaries; `shape` says under which name which path is answered."""
    return [dict(zip(shape, values, strict=True)) for values in rows.values_list(*shape.values())[:most]]


def plain(*names: str, **paths: str) -> dict[str, str]:
    """A shape: names that are answered as they are stored, then those that are read along a path."""
    return {**{name: name for name in names}, **paths}
