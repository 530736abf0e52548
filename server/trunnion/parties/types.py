"""Values of parties that cross its boundary."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import msgspec

from trunnion.kernel.inputs import Code, Line, Name, Prose, Zone


class PartyRole(StrEnum):
    """What a party is to the organisation; one party may be several."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    MANUFACTURER = "manufacturer"
    CONTRACTOR = "contractor"


class RelationKind(StrEnum):
    """How one party stands to another."""

    CONTRACTOR_OF = "contractor_of"
    DEALER_OF = "dealer_of"
    SERVICE_PARTNER_OF = "service_partner_of"
    PAYS_FOR = "pays_for"


class MapProvider(StrEnum):
    """Whose map a place was picked on."""

    AMAP = "amap"
    BAIDU = "baidu"
    TENCENT = "tencent"
    OPENSTREETMAP = "openstreetmap"
    GOOGLE = "google"
    SURVEY = "survey"


class ReferenceSystem(StrEnum):
    """In which system coordinates were given; they are kept in WGS 84 whichever it was."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class PartyCard(msgspec.Struct, frozen=True):
    """A party as other rooms know it."""

    id: UUID
    number: str
    name: str
    short_name: str
    roles: list[str]
    state: str
    phone: str
    email: str


class SiteCard(msgspec.Struct, frozen=True):
    """A customer's site as other rooms know it."""

    id: UUID
    party_id: UUID
    name: str
    address: str
    zone: str
    lon: Decimal | None
    lat: Decimal | None


class Likely(msgspec.Struct, frozen=True):
    """A party that may be the same as the one asked about; `score` from 0 to 100."""

    id: UUID
    number: str
    name: str
    score: int


@dataclass(frozen=True)
class PartyLine:
    """A party that must exist; it is found by its id, else by its name."""

    name: Name
    roles: tuple[PartyRole, ...] = ()
    id: UUID | None = None
    short_name: Line = ""
    phone: Line = ""
    email: Line = ""
    web: Line = ""
    # For a new one only; without it the next number is given.
    number: Code | None = None
    tax_id: Line = ""
    service_level: Prose = ""
    notes: Prose = ""
    # Made even where another bears its name.
    is_new: bool = False


@dataclass(frozen=True)
class SiteLine:
    """A place of a party that must exist; it is found by its id, else by its name at the party. What is None stays."""

    party_id: UUID
    name: Name
    id: UUID | None = None
    code: Code | None = None
    country: Line | None = None
    region: Line | None = None
    city: Line | None = None
    district: Line | None = None
    street: Line | None = None
    postal_code: Line | None = None
    zone: Zone | None = None
    notes: Prose | None = None


@dataclass(frozen=True)
class ContactLine:
    """A contact that must exist; it is found by its id, else by party and e-mail address, else by party and name."""

    party_id: UUID
    name: Name
    id: UUID | None = None
    role: Line = ""
    department: Line = ""
    phone: Line = ""
    email: Line = ""
