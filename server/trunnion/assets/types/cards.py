"""What verbs answer and what other rooms are told."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec


class AssetDone(msgspec.Struct, frozen=True):
    """The answer of a verb on an asset."""

    id: UUID
    version: int
    number: str
    state: str
    # Where the move waits for an approval: nothing has moved yet.
    approval_id: UUID | None = None
    # The paper that the move stands on, where it has one.
    document_id: UUID | None = None


class RequestDone(msgspec.Struct, frozen=True):
    """A request of several assets: its paper, the assets that were planned, and the approval that it waits for."""

    id: UUID
    version: int
    number: str
    state: str
    asset_ids: list[UUID]
    approval_id: UUID | None = None


class Usability(msgspec.Struct, frozen=True):
    """Whether an asset may be used; each reason names the kind of certificate and why it does not hold."""

    is_allowed: bool
    reasons: list[str]


class IntervalDone(msgspec.Struct, frozen=True):
    """The interval that a verb made or left standing."""

    id: UUID
    version: int
    asset_id: UUID
    state: str
    from_at: datetime
    until_at: datetime | None


class MeterCard(msgspec.Struct, frozen=True):
    """A meter as other rooms know it."""

    id: UUID
    name: str
    unit: str


class ReadingDone(msgspec.Struct, frozen=True):
    """A reading that was entered; `total` counts through rollovers and replacements."""

    id: UUID
    version: int
    meter_id: UUID
    value: Decimal
    total: Decimal


class ReadingRefused(msgspec.Struct, frozen=True):
    """A line of a batch of readings that was not entered: which, what of it is wrong, and why, in words."""

    line: int
    field: str
    code: str
    facts: dict[str, Any]
    text: str


class ReadingsDone(msgspec.Struct, frozen=True):
    """What became of a batch of readings: a row for each line, none where it was refused."""

    rows: list[ReadingDone | None]
    refused: list[ReadingRefused] = []


class CodeDone(msgspec.Struct, frozen=True):
    """A QR code that was issued, and the path that it stands for."""

    id: UUID
    version: int
    asset_id: UUID | None
    token: str
    path: str


class BlankDone(msgspec.Struct, frozen=True):
    """Blank codes that were made, in the order in which they are printed."""

    ids: list[UUID]


class AssetCard(msgspec.Struct, frozen=True):
    """What other rooms need to know of an asset."""

    id: UUID
    version: int
    number: str
    name: str
    tag: str
    serial: str
    state: str
    model_id: UUID | None
    model_name: str
    equipment_class_code: str
    location_id: UUID | None
    location_path: str
    place: str
    position_id: UUID | None
    customer_id: UUID | None
    owner_id: UUID | None
    criticality: str
    zone: str
    warranty_until_on: date | None
    is_under_warranty: bool = False


class LocationCard(msgspec.Struct, frozen=True):
    """What other rooms need to know of a location."""

    id: UUID
    name: str
    code: str
    kind: str
    path: str
    place: str
    zone: str


class IntervalCard(msgspec.Struct, frozen=True):
    """One stretch of an asset's state history; `until_at` is empty while it lasts."""

    id: UUID
    asset_id: UUID
    state: str
    from_at: datetime
    until_at: datetime | None
    cause_kind: str
    cause_id: UUID | None
    cause_text: str


class WorthCard(msgspec.Struct, frozen=True):
    """What an asset was bought for, since when it is used, and how long its model is to last."""

    id: UUID
    price: Decimal | None
    currency: str
    purchased_on: date | None
    in_service_on: date | None
    zone: str | None
    life_months: int | None
    class_path: str | None


class DisposalCard(msgspec.Struct, frozen=True):
    """The paper of a disposal; its proceeds are those of all its assets together."""

    id: UUID
    number: str
    disposal: str
    dated_at: datetime
    proceeds: Decimal | None
    currency: str
    asset_ids: list[UUID]
