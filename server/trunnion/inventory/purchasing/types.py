"""Values of purchasing that cross its boundary."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field, StringConstraints

from trunnion.catalog.types import UnitCode
from trunnion.inventory.types import Quantity, Serials, UnitCost
from trunnion.kernel.inputs import Day, Line

Days = Annotated[int, Field(ge=0, le=3650)]
ServiceLevel = Annotated[
    Decimal, Field(ge=Decimal("0.5"), le=Decimal("0.9999"), max_digits=5, decimal_places=4)
]
Level = Annotated[Decimal, Field(ge=0, le=1_000_000_000, max_digits=18, decimal_places=6)]
Tried = Annotated[Decimal, Field(ge=0, le=1_000_000_000, max_digits=18, decimal_places=6)]
ForeignId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class ReceiptKind(StrEnum):
    """Whether goods came or went back."""

    CAME = "came"
    WENT_BACK = "went_back"


class ReplenishmentMethod(StrEnum):
    """How it is known when and how much is to be bought."""

    MIN_MAX = "min_max"
    REORDER_POINT = "reorder_point"


@dataclass(frozen=True)
class LineAsk:
    """A line of a purchase: without a unit in the item's own, without a price at that of the supplier's terms."""

    item_id: UUID
    quantity: Quantity
    unit: UnitCode | None = None
    price: UnitCost | None = None
    needed_on: Day | None = None
    reason: Line = ""


@dataclass(frozen=True)
class ArrivalLine:
    """What came of one line, in the unit it was ordered in: how much was good, how much was not, and why not."""

    line_id: UUID
    accepted: Tried = Decimal(0)
    rejected: Tried = Decimal(0)
    reason: Line = ""
    bin_id: UUID | None = None
    lot: Line = ""
    expires_on: Day | None = None
    serials: Serials = ()


class PurchaseDone(msgspec.Struct, frozen=True):
    """The answer of a verb on a purchase order."""

    id: UUID
    version: int
    number: str
    state: str


class Incoming(msgspec.Struct, frozen=True):
    """What of an item is on its way to a store, in the item's own unit."""

    item_id: UUID
    store_id: UUID
    quantity: Decimal
    expected_on: date | None
    order_id: UUID
    number: str
