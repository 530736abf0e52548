"""Many ids in one condition: handed over as one value, where the ORM would look at each of them several times."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from .encoding import encode

# How many ids one statement is given.
AT_ONCE = 5000


def among(ids: Iterable[UUID]) -> Any:
    """The right-hand side of an `__in` for a column of ids."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::uuid[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [encode([one.hex for one in ids]).decode()])
