"""Values of assets that cross its boundary."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec


class LocationKind(StrEnum):
    """What a node of the location tree is."""

    PORTFOLIO = "portfolio"
    SITE = "site"
    BUILDING = "building"
    FLOOR = "floor"
    SPACE = "space"
    ZONE = "zone"
    OUTDOOR_POINT = "outdoor_point"
    LINEAR_SEGMENT = "linear_segment"


class AssetState(StrEnum):
    """Where an asset is in its life."""

    PLANNED = "planned"
    REQUESTED = "requested"
    ORDERED = "ordered"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    IN_STORE = "in_store"
    INSTALLING = "installing"
    IN_SERVICE = "in_service"
    STANDBY = "standby"
    IDLE = "idle"
    OUT_OF_ORDER = "out_of_order"
    UNDER_REPAIR = "under_repair"
    DECOMMISSIONED = "decommissioned"
    DISPOSED = "disposed"


class Disposal(StrEnum):
    """How an asset left for good; `withdrawn` is one that never arrived."""

    SCRAPPED = "scrapped"
    SOLD = "sold"
    AUCTIONED = "auctioned"
    RECYCLED = "recycled"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Criticality(StrEnum):
    """The class that decides how much care an asset gets: A the most."""

    A = "a"
    B = "b"
    C = "c"


class Condition(StrEnum):
    """The condition class, best first."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    VERY_POOR = "very_poor"


class RelationKind(StrEnum):
    """How one asset bears on another: the source does it to the target."""

    PART_OF = "part_of"
    FEEDS = "feeds"
    ISOLATES = "isolates"
    CONNECTED = "connected"


class IntervalState(StrEnum):
    """What a machine was doing during an interval."""

    RUNNING = "running"
    IDLE = "idle"
    PLANNED_DOWN = "planned_down"
    UNPLANNED_DOWN = "unplanned_down"
    EXTERNAL = "external"
    NO_DATA = "no_data"


class MeterKind(StrEnum):
    """A counter only rises; a gauge goes up and down."""

    COUNTER = "counter"
    GAUGE = "gauge"


class ReadingKind(StrEnum):
    """What an entry of the readings' ledger says."""

    READING = "reading"
    ROLLOVER = "rollover"
    REPLACEMENT = "replacement"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class Cause:
    """What a state interval is due to: any record, by kind and id, or a text."""

    kind: str = ""
    row_id: UUID | None = None
    text: str = ""


class Done(msgspec.Struct, frozen=True):
    """The plain answer of a verb: which record, and its version after it."""

    id: UUID
    version: int


class AssetDone(msgspec.Struct, frozen=True):
    """The answer of a verb on an asset."""

    id: UUID
    version: int
    number: str
    state: str


class IntervalDone(msgspec.Struct, frozen=True):
    """The interval that a verb made or left standing."""

    id: UUID
    version: int
    asset_id: UUID
    state: str
    from_at: datetime
    until_at: datetime | None


class ReadingDone(msgspec.Struct, frozen=True):
    """A reading that was entered; `total` counts through rollovers and replacements."""

    id: UUID
    version: int
    meter_id: UUID
    value: Decimal
    total: Decimal


class CodeDone(msgspec.Struct, frozen=True):
    """A QR code that was issued, and the path that it stands for."""

    id: UUID
    version: int
    asset_id: UUID
    token: str
    path: str


class Ensured(msgspec.Struct, frozen=True):
    """What a bulk verb did: the ids in the order of the lines, how many rows it made, changed and found unchanged."""

    ids: list[UUID]
    created: int
    changed: int
    same: int


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
    warranty_until: str | None


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
