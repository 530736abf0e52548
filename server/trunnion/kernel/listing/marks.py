"""The mark of a page: what its last row held, handed to the caller, checked when it comes back."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db.models import QuerySet

from trunnion.kernel.encoding import canonical
from trunnion.kernel.errors import Invalid


def written(values: Any) -> str:
    """The mark of a row that held these values."""
    return base64.urlsafe_b64encode(canonical(list(values))).decode().rstrip("=")


def read(cursor: str | None, length: int) -> list[Any] | None:
    """What the last row before the page held."""
    if not cursor:
        return None
    with refusing():
        values = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != length:
            raise ValueError
        if any(isinstance(v, list | dict) or (isinstance(v, str) and "\x00" in v) for v in values):
            raise ValueError
        return values


def compiled(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The same rows, put together before they run: what a forged mark holds is refused here, not by the database."""
    try:
        rows.query.get_compiler(rows.db).as_sql()
    except EmptyResultSet:
        return rows.none()
    return rows


@contextmanager
def refusing() -> Iterator[None]:
    """Refuses a cursor that was not made here."""
    try:
        yield
    except (
        ValueError,
        TypeError,
        ArithmeticError,
        ValidationError,
        msgspec.DecodeError,
        RecursionError,
    ) as error:
        raise Invalid.field("/cursor", "listing.cursor_wrong") from error
