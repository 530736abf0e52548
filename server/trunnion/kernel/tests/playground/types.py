"""Values of the playground."""

from enum import StrEnum
from uuid import UUID

import msgspec


class Grade(StrEnum):
    """How good a thing is."""

    FINE = "fine"
    WORN = "worn"
    BROKEN = "broken"


class ThingState(StrEnum):
    """Where a thing is in its life."""

    NEW = "new"
    USED = "used"
    GONE = "gone"


class Done(msgspec.Struct, frozen=True):
    """The plain answer of a verb."""

    id: UUID
    version: int


class Pass(msgspec.Struct, frozen=True):
    """The answer of a verb that makes something secret."""

    id: UUID
    version: int
    token: str
