"""Values of inventory that cross its boundary."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from trunnion.kernel.inputs import Amount, Code, Day, Line

Quantity = Annotated[Decimal, Field(gt=0, le=1_000_000_000, max_digits=18, decimal_places=6)]
Difference = Annotated[Decimal, Field(ge=-1_000_000_000, le=1_000_000_000, max_digits=18, decimal_places=6)]
UnitCost = Annotated[Amount, Field(le=1_000_000_000)]
Serials = Annotated[tuple[Code, ...], Field(max_length=500)]


class StoreKind(StrEnum):
    """What kind of place parts are kept in."""

    CENTRAL = "central"
    SITE = "site"
    VAN = "van"
    CONSIGNMENT = "consignment"
    LINE_SIDE = "line_side"


class PlaceKind(StrEnum):
    """Where a movement may come from or go to."""

    STORE = "store"
    SUPPLIER = "supplier"
    DEMAND = "demand"
    SCRAP = "scrap"
    ADJUSTMENT = "adjustment"


class MovementKind(StrEnum):
    """Which verb a movement comes from."""

    RECEIVE = "receive"
    TRANSFER = "transfer"
    ISSUE = "issue"
    RETURN = "return"
    SCRAP = "scrap"
    ADJUST = "adjust"
    REVERSE = "reverse"


@dataclass(frozen=True)
class Demand:
    """Whoever needs a part, known here by kind and id only; `label` is what people call it: an order's number."""

    kind: Code
    id: UUID
    label: Line = ""
    needed_at: datetime | None = None


@dataclass(frozen=True)
class ReceiptLine:
    """What came in of one item; without a cost it comes in at what the store's stock costs on average."""

    item_id: UUID
    quantity: Quantity
    unit_cost: UnitCost | None = None
    bin_id: UUID | None = None
    lot: Line = ""
    expires_on: Day | None = None
    serials: Serials = ()


@dataclass(frozen=True)
class TransferLine:
    """What is carried of one item from place to place; the cost goes with it."""

    item_id: UUID
    quantity: Quantity
    from_bin_id: UUID | None = None
    to_bin_id: UUID | None = None
    lot: Line = ""
    serials: Serials = ()


@dataclass(frozen=True)
class Pick:
    """Of what exactly is taken, or into what it is put; what is left open is chosen: what expires first goes first."""

    bin_id: UUID | None = None
    lot: Line = ""
    serials: Serials = ()


class Moved(msgspec.Struct, frozen=True):
    """The movements that a verb made, and what they are worth together."""

    movement_ids: list[UUID]
    quantity: Decimal
    value: Decimal
    currency: str


class Reserved(msgspec.Struct, frozen=True):
    """What a demand has of an item in a store now, and what it lacks."""

    reserved: Decimal
    short: Decimal
    shortage_id: UUID | None = None


class Standing(msgspec.Struct, frozen=True):
    """What is kept for a demand and what it lacks, of one item; the last day on which that is expected."""

    reserved: Decimal = Decimal(0)
    short: Decimal = Decimal(0)
    # None where something is lacking and nobody knows when it comes.
    expected_on: date | None = None


class ItemInStore(msgspec.Struct, frozen=True):
    """How much of an item a store has, and how much of that nobody has reserved."""

    item_id: UUID
    store_id: UUID
    store_code: str
    store_name: str
    store_kind: StoreKind
    resource_id: UUID | None
    location_id: UUID | None
    lat: Decimal | None
    lon: Decimal | None
    on_hand: Decimal
    available: Decimal


class StoreCard(msgspec.Struct, frozen=True):
    """A store as other rooms know it."""

    id: UUID
    code: str
    name: str
    kind: StoreKind
    resource_id: UUID | None
    location_id: UUID | None
    lat: Decimal | None
    lon: Decimal | None
    is_active: bool


class ShortageCard(msgspec.Struct, frozen=True):
    """What a demand lacks of an item in a store, and when it is expected."""

    id: UUID
    item_id: UUID
    store_id: UUID
    demand_kind: str
    demand_id: UUID
    label: str
    quantity: Decimal
    needed_at: datetime | None
    expected_on: date | None
