"""Values of assets that cross its boundary."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import Field, StringConstraints

from trunnion.kernel.inputs import Amount, Currency, Day, Instant, Line, Name, Prose, SignedAmount, Zone

# A code that may be absent.
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60, pattern=r"^[^\x00-\x1f]*$")]
Lon = Annotated[Decimal, Field(ge=-180, le=180)]
Lat = Annotated[Decimal, Field(ge=-90, le=90)]
Score = Annotated[int, Field(ge=1, le=5)]


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


class PaperState(StrEnum):
    """How far a paper is: the move that it goes with waits, was made, or will not be made."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class AcceptanceResult(StrEnum):
    """What an acceptance found."""

    PASSED = "passed"
    WITH_RESERVATIONS = "with_reservations"
    FAILED = "failed"


class BulkVerb(StrEnum):
    """The moves that can be made with many assets on one paper."""

    ORDER = "order"
    RECEIVE = "receive"
    ACCEPT = "accept"
    STORE = "store"
    COMMISSION = "commission"
    STAND_BY = "stand_by"
    LAY_IDLE = "lay_idle"
    DECOMMISSION = "decommission"
    DISPOSE = "dispose"


class IdleCause(StrEnum):
    """Why an asset counts as idle."""

    STATE = "state"
    NO_USE = "no_use"


class IdleState(StrEnum):
    """What became of an idle asset."""

    FOUND = "found"
    OFFERED = "offered"
    CLAIMED = "claimed"
    REDEPLOYED = "redeployed"
    ENDED = "ended"


class CertificateState(StrEnum):
    """Whether a certificate still holds; `due` within the first warning."""

    VALID = "valid"
    DUE = "due"
    OVERDUE = "overdue"


class Combine(StrEnum):
    """How the scores of a matrix become one figure."""

    MAX = "max"
    SUM = "sum"
    PRODUCT = "product"


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


class AssetDone(msgspec.Struct, frozen=True):
    """The answer of a verb on an asset."""

    id: UUID
    version: int
    number: str
    state: str
    # Where the move waits for an approval: nothing has moved yet.
    approval_id: UUID | None = None


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


@dataclass(frozen=True)
class PointLine:
    """A checked point of an acceptance form."""

    text: Line
    is_passed: bool
    remark: Line = ""


@dataclass(frozen=True)
class LevelLine:
    """A score on an axis, or a class of a scale, in both languages."""

    key: Label
    name_en: Name
    name_zh: Name
    score: Annotated[int, Field(ge=0, le=100)] = 0
    condition: Condition = Condition.GOOD


@dataclass(frozen=True)
class AxisLine:
    """What a matrix looks at, such as safety or production, with its levels."""

    key: Label
    name_en: Name
    name_zh: Name
    levels: tuple[LevelLine, ...]


@dataclass(frozen=True)
class BandLine:
    """From which result on equipment belongs to a class."""

    level: Criticality
    at_least: Amount


@dataclass(frozen=True)
class LocationLine:
    """A location that must exist; found by its id, else by kind and name below its parent.

    The parent is a known location or an earlier or later line of the same batch. What is None stays as it is.
    """

    kind: LocationKind
    name: Name
    id: UUID | None = None
    parent_id: UUID | None = None
    parent_line: int | None = None
    code: Label | None = None
    description: Prose | None = None
    zone: Zone | None = None
    lon: Lon | None = None
    lat: Lat | None = None
    original_crs: Line | None = None
    geometry: dict[str, Any] | None = None
    route: Line | None = None
    from_measure: Amount | None = None
    to_measure: Amount | None = None
    measure_unit: Label | None = None


@dataclass(frozen=True)
class PositionLine:
    """A position that must exist; found by its id, else by its code. What is None stays as it is."""

    name: Name
    id: UUID | None = None
    code: Label | None = None
    description: Prose | None = None
    location_id: UUID | None = None
    equipment_class_id: UUID | None = None


@dataclass(frozen=True)
class AssetLine:
    """An asset that must exist; found by its id, else made. What is None stays as it is."""

    name: Name
    id: UUID | None = None
    tag: Line | None = None
    serial: Line | None = None
    barcode: Line | None = None
    batch: Line | None = None
    description: Prose | None = None
    model_id: UUID | None = None
    made_on: Day | None = None
    location_id: UUID | None = None
    position_id: UUID | None = None
    parent_id: UUID | None = None
    parent_line: int | None = None
    owner_party_id: UUID | None = None
    user_party_id: UUID | None = None
    supplier_party_id: UUID | None = None
    state: AssetState | None = None
    criticality: Criticality | None = None
    condition: Condition | None = None
    purchased_on: Day | None = None
    price: Amount | None = None
    currency: Currency | None = None
    installed_on: Day | None = None
    in_service_on: Day | None = None
    warranty_from_on: Day | None = None
    warranty_until_on: Day | None = None
    expected_end_on: Day | None = None


@dataclass(frozen=True)
class GroupLine:
    """A system or zone that must exist with at least these members; found by its id, else by its name.

    One that `is_new` is made even where another bears its name, as fire zone 1 of the next building.
    """

    name: Name
    id: UUID | None = None
    is_new: bool = False
    code: Label | None = None
    category: Line | None = None
    description: Prose | None = None
    member_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class RelationLine:
    """A relation that must exist between two assets."""

    kind: RelationKind
    source_id: UUID
    target_id: UUID
    remark: Line = ""


@dataclass(frozen=True)
class MeterLine:
    """A meter that must exist; found by its id, else by its name on the asset. What is None stays as it is."""

    asset_id: UUID
    name: Name
    kind: MeterKind
    unit: Line
    id: UUID | None = None
    code: Label | None = None


@dataclass(frozen=True)
class ReadingLine:
    """One reading of many."""

    meter_id: UUID
    value: SignedAmount
    read_at: Instant
    remark: Line = ""
