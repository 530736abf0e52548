"""Rows as plain objects, under the names that clients know, in one query."""

from typing import Any


def shaped(rows: Any, *plain: str, **joined: Any) -> list[dict[str, Any]]:
    """Each row's columns: some by their own name, others by the path or expression that leads to them."""
    names = [*plain, *joined]
    return [dict(zip(names, values, strict=True)) for values in rows.values_list(*plain, *joined.values())]
