"""Lines of bulk verbs and of forms: what comes in, one dataclass each."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from trunnion.kernel.inputs import Amount, Currency, Day, Instant, Line, Name, Prose, SignedAmount, Zone

from .kinds import AssetState, Condition, Criticality, LocationKind, MeterKind, RelationKind

Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60, pattern=r"^[^\x00-\x1f]*$")]
Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20, pattern=r"^[^\x00-\x1f]*$")]
Lon = Annotated[Decimal, Field(ge=-180, le=180)]
Lat = Annotated[Decimal, Field(ge=-90, le=90)]
Score = Annotated[int, Field(ge=1, le=5)]


class Combine(StrEnum):
    """How the scores of a matrix become one figure."""

    MAX = "max"
    SUM = "sum"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Cause:
    """What a state interval is due to: any record, by kind and id, or a text."""

    kind: str = ""
    row_id: UUID | None = None
    text: str = ""


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
    """A position that must exist; found by its id, else by its code. What is None stays as it is.

    What it is a part of is a known position or an earlier or later line of the same batch.
    """

    name: Name
    id: UUID | None = None
    code: Label | None = None
    description: Prose | None = None
    location_id: UUID | None = None
    equipment_class_id: UUID | None = None
    criticality: Criticality | None = None
    parent_id: UUID | None = None
    parent_line: int | None = None


@dataclass(frozen=True)
class AssetLine:
    """An asset that must exist; found by its id, else made. What is None stays as it is.

    `number` is for a new one that comes with its own; without it the next free number is given.
    """

    name: Name
    id: UUID | None = None
    number: Number | None = None
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
class CertificateLine:
    """A certificate that must be on record; found by its asset, kind, number and day of issue."""

    asset_id: UUID
    kind_id: UUID
    number: Name
    issued_on: Day
    valid_until_on: Day | None = None
    next_due_on: Day | None = None
    issuer_party_id: UUID | None = None
    issuer_name: Line = ""
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
    rolls_over_at: Amount | None = None


@dataclass(frozen=True)
class ReadingLine:
    """One reading of many."""

    meter_id: UUID
    value: SignedAmount
    read_at: Instant
    remark: Line = ""
    rolled_over: bool = False
