"""Values of invitations that cross the boundary."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Page(StrEnum):
    """Which client's page an invitation leads to."""

    CONSOLE = "app"
    PORTAL = "portal"


class Standing(StrEnum):
    """How an invitation stands."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Guest:
    """One line of a file of people to invite."""

    name: str
    email: str = ""
    roles: tuple[str, ...] = ()


class Invited(msgspec.Struct, frozen=True):
    """An invitation that was made; its link is told this once."""

    id: UUID
    version: int
    name: str
    email: str
    link: str
    picture: str
    expires_at: datetime


class InvitedMany(msgspec.Struct, frozen=True):
    """The invitations of a whole file, in its order."""

    invited: list[Invited]


class Joined(msgspec.Struct, frozen=True):
    """A person who became a member."""

    membership_id: UUID
    email: str
