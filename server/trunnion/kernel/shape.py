"""Rows read in the shape in which they are answered: one read, no objects."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from .context import Context
from .prepared import Prepared

Rows = list[dict[str, Any]]


def shaped(rows: Any, *plain: str, **joined: Any) -> Rows:
    """Each row's columns: some by their own name, others by the path or expression that leads to them."""
    names = [*plain, *joined]
    return [dict(zip(names, values, strict=True)) for values in rows.values_list(*plain, *joined.values())]


def read(rows: Any, shape: Mapping[str, str], most: int = 500) -> Rows:
    """The rows as dictionaries; `shape` says under which name which path is answered."""
    return [dict(zip(shape, values, strict=True)) for values in rows.values_list(*shape.values())[:most]]


class Kept:
    """A read of what belongs to some records, put together once for each shape that it is answered in."""

    def __init__(
        self, shape: Mapping[str, str], rows: Callable[[UUID, list[UUID]], Any], most: int = 500
    ) -> None:
        self._shape = shape
        self._prepared = Prepared(
            lambda organisation_id, ids: rows(organisation_id, ids).values_list(*shape.values())[:most],
            organisation_id=UUID,
            ids=list[UUID],
        )

    def of(self, ctx: Context, ids: list[UUID]) -> Rows:
        """The rows of these records, as dictionaries."""
        found = self._prepared.rows(organisation_id=ctx.organisation_id, ids=ids)
        return [dict(zip(self._shape, values, strict=True)) for values in found]


def plain(*names: str, **paths: str) -> dict[str, str]:
    """A shape: names that are answered as they are stored, then those that are read along a path."""
    return {**{name: name for name in names}, **paths}
