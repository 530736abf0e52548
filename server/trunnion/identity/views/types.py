"""Values of saved views."""

from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec


class Audience(StrEnum):
    """Who finds a view in their lists."""

    PRIVATE = "private"
    ROLE = "role"
    EVERYBODY = "everybody"


class Density(StrEnum):
    """How close the rows stand."""

    COMPACT = "compact"
    NORMAL = "normal"
    COMFORTABLE = "comfortable"


class Dropped(msgspec.Struct, frozen=True):
    """A part of a view that its reader cannot be shown: which, and why, in words."""

    part: str
    key: str
    words: str


class OpenView(msgspec.Struct, frozen=True):
    """A view as its reader may use it; `dropped` is what was left out."""

    id: UUID
    version: int
    name: str
    listing: str
    columns: list[str]
    filter: Any
    search: str
    sort: str
    group: str
    density: str
    audience: str
    role_id: UUID | None
    owner_id: UUID
    is_own: bool
    is_default: bool
    may_change: bool
    dropped: list[Dropped]
