"""Values of workforce that cross its boundary."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec

from trunnion.kernel.inputs import Line, Name


class ResourceKind(StrEnum):
    """What a labour resource is."""

    EMPLOYEE = "employee"
    CONTRACTOR = "contractor"
    CREW = "crew"


class RateLine(msgspec.Struct, frozen=True):
    """What an hour costs from a day on."""

    id: UUID
    craft: str
    amount: Decimal
    currency: str
    from_on: date


class ResourceCard(msgspec.Struct, frozen=True):
    """A labour resource as other rooms know it."""

    id: UUID
    name: str
    kind: ResourceKind
    user_id: UUID | None
    is_active: bool


@dataclass(frozen=True)
class ResourceLine:
    """A resource that must exist; it is found by its id, else by its code, else by its name. What is empty stays."""

    name: Name
    id: UUID | None = None
    kind: ResourceKind | None = None
    code: Line = ""
    phone: Line = ""
    party_id: UUID | None = None


@dataclass(frozen=True)
class TeamLine:
    """A team that must exist; it is found by its id, else by its name. Members are added, and nobody is taken out."""

    name: Name
    id: UUID | None = None
    is_active: bool | None = None
    member_ids: tuple[UUID, ...] = ()
