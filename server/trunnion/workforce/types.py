"""Values of workforce that cross its boundary."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec


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
