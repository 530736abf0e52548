"""What assets, places and their papers can be: the choices of the room."""

from enum import StrEnum


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


class DefectState(StrEnum):
    """Where a defect stands that an acceptance found."""

    OPEN = "open"
    REMEDIED = "remedied"
    WAIVED = "waived"


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
