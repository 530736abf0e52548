"""Facts of assets."""

from datetime import date, datetime
from uuid import UUID

from trunnion.kernel.events import Event


class LocationCreated(Event, name="assets.location.created"):
    """A place was added."""

    location_id: UUID


class LocationRenamed(Event, name="assets.location.renamed", gathers="location_ids", most=50):
    """Places are called differently, and so is whatever stands in them."""

    location_ids: list[UUID]


class LocationMoved(Event, name="assets.location.moved"):
    """A place was put under another, with all below it."""

    location_id: UUID
    from_id: UUID | None
    to_id: UUID | None


class LocationMerged(Event, name="assets.location.merged"):
    """A place turned out to be another one; whoever refers to it should follow."""

    location_id: UUID
    into_id: UUID


class LocationUnmerged(Event, name="assets.location.unmerged"):
    """A place stands for itself again; what had followed it to the other should come back."""

    location_id: UUID
    from_id: UUID


class BatchEnsured(Event, name="assets.batch.ensured"):
    """Many rows were brought in at once."""

    thing: str
    created: int
    changed: int


class AssetMerged(Event, name="assets.asset.merged"):
    """Two records of one machine became one."""

    asset_id: UUID
    into_id: UUID


class AssetUnmerged(Event, name="assets.asset.unmerged"):
    """Two machines that were taken for one are two again."""

    asset_id: UUID
    from_id: UUID | None


class AssetCreated(Event, name="assets.asset.created"):
    """An asset was registered."""

    asset_id: UUID
    number: str
    state: str


class AssetRenamed(Event, name="assets.asset.renamed", gathers="asset_ids"):
    """Assets have another name, tag or serial number."""

    asset_ids: list[UUID]


class AssetWent(Event, name="assets.asset.went"):
    """An asset made a move of its life; each verb has a fact of its own with these contents."""

    asset_id: UUID
    number: str
    from_state: str
    to_state: str
    location_id: UUID | None
    at: datetime
    document_id: UUID | None = None


class AssetRequested(AssetWent, name="assets.asset.requested"):
    """A planned asset was asked for."""


class AssetOrdered(AssetWent, name="assets.asset.ordered"):
    """An asset was ordered."""


class AssetReceived(AssetWent, name="assets.asset.received"):
    """An asset arrived."""


class AssetAccepted(AssetWent, name="assets.asset.accepted"):
    """An asset passed its acceptance."""


class AssetStored(AssetWent, name="assets.asset.stored"):
    """An asset was taken into a store."""


class AssetInstalled(AssetWent, name="assets.asset.installed"):
    """An asset was put in its place."""


class AssetCommissioned(AssetWent, name="assets.asset.commissioned"):
    """An asset went into service."""


class AssetStoodBy(AssetWent, name="assets.asset.stood_by"):
    """An asset became a standby."""


class AssetLaidIdle(AssetWent, name="assets.asset.laid_idle"):
    """An asset is no longer used."""


class AssetTakenOut(AssetWent, name="assets.asset.taken_out"):
    """An asset was taken out of order."""


class AssetSentToRepair(AssetWent, name="assets.asset.repaired"):
    """An asset came under repair."""


class AssetRestored(AssetWent, name="assets.asset.restored"):
    """An asset is back in service."""


class AssetRemoved(AssetWent, name="assets.asset.removed"):
    """An asset was taken out of its place."""


class AssetMoved(AssetWent, name="assets.asset.moved"):
    """An asset stands elsewhere."""


class AssetDecommissioned(AssetWent, name="assets.asset.decommissioned"):
    """An asset was taken out of use."""


class AssetDisposed(AssetWent, name="assets.asset.disposed"):
    """An asset left for good."""


class AssetWithdrawn(AssetWent, name="assets.asset.withdrawn"):
    """An asset that was never delivered was given up."""


class AssetReinstated(AssetWent, name="assets.asset.reinstated"):
    """A disposal was taken back."""


class AssetFailedAcceptance(AssetWent, name="assets.asset.acceptance_failed"):
    """What was delivered did not pass."""


class AssetTransferred(AssetWent, name="assets.asset.transferred"):
    """An asset went to another site, owner or user."""


class DocumentFiled(Event, name="assets.lifecycle_document.filed"):
    """A paper of an asset's life was made; in state `pending` its move waits for approval."""

    document_id: UUID
    number: str
    verb: str
    state: str
    asset_ids: list[UUID]


class DocumentCarriedOut(Event, name="assets.lifecycle_document.carried_out"):
    """A move that waited for approval was made."""

    document_id: UUID
    verb: str


class DocumentGivenUp(Event, name="assets.lifecycle_document.given_up"):
    """A move that waited for approval will not be made."""

    document_id: UUID
    verb: str
    state: str


class DefectFound(Event, name="assets.defect.found"):
    """An acceptance found something wrong."""

    defect_id: UUID
    asset_id: UUID
    document_id: UUID
    due_on: date | None


class DefectRemedied(Event, name="assets.defect.remedied"):
    """What an acceptance had found wrong was put right."""

    defect_id: UUID
    asset_id: UUID


class DefectWaived(Event, name="assets.defect.waived"):
    """What an acceptance had found wrong stays as it is."""

    defect_id: UUID
    asset_id: UUID


class DefectReopened(Event, name="assets.defect.reopened"):
    """What was said to be put right is not."""

    defect_id: UUID
    asset_id: UUID


class IdleFound(Event, name="assets.idle_finding.found"):
    """An asset has not been used for long."""

    finding_id: UUID
    asset_id: UUID
    idle_days: int


class IdleOffered(Event, name="assets.idle_finding.offered"):
    """An idle asset is offered to whoever can use it."""

    finding_id: UUID
    asset_id: UUID
    location_id: UUID | None


class IdleClaimed(Event, name="assets.idle_finding.claimed"):
    """Somebody can use an idle asset."""

    finding_id: UUID
    asset_id: UUID
    location_id: UUID


class IdleReleased(Event, name="assets.idle_finding.released"):
    """A claim was given up."""

    finding_id: UUID
    asset_id: UUID


class IdleEnded(Event, name="assets.idle_finding.ended"):
    """An asset is idle no more, or was kept on purpose."""

    finding_id: UUID
    asset_id: UUID
    state: str


class WarrantyEnding(Event, name="assets.warranty.ending"):
    """A warranty ends in so many days."""

    asset_id: UUID
    number: str
    until_on: date
    days_before: int


class CertificateRecorded(Event, name="assets.certificate.recorded"):
    """An asset was certified."""

    certificate_id: UUID
    asset_id: UUID


class CertificateRevoked(Event, name="assets.certificate.revoked"):
    """A certificate does not hold any more."""

    certificate_id: UUID
    asset_id: UUID


class CertificateDue(Event, name="assets.certificate.due"):
    """The next inspection is due in so many days."""

    certificate_id: UUID
    asset_id: UUID
    due_on: date
    days_before: int


class CertificateOverdue(Event, name="assets.certificate.overdue"):
    """The next inspection should have been done."""

    certificate_id: UUID
    asset_id: UUID
    due_on: date


class AssetAssessed(Event, name="assets.asset.assessed"):
    """An asset's criticality or condition was assessed."""

    asset_id: UUID
    assessment_id: UUID
    what: str
    level: str


class PositionAssessed(Event, name="assets.position.assessed"):
    """It was assessed how critical a role is."""

    position_id: UUID
    assessment_id: UUID
    level: str


class IntervalBegun(Event, name="assets.interval.begun"):
    """A machine began to run, stand or fail."""

    asset_id: UUID
    interval_id: UUID
    state: str
    at: datetime


class IntervalCorrected(Event, name="assets.interval.corrected"):
    """State history was put right; figures made of it are stale."""

    asset_id: UUID
    from_at: datetime
    until_at: datetime | None


class ReadingRecorded(Event, name="assets.reading.recorded"):
    """A meter was read."""

    asset_id: UUID
    meter_id: UUID
    value: str
    total: str
    at: datetime


class ReadingReversed(Event, name="assets.reading.reversed"):
    """A reading was taken back."""

    asset_id: UUID
    meter_id: UUID
    reading_id: UUID


class CodeIssued(Event, name="assets.qr.issued"):
    """An asset got a QR code."""

    asset_id: UUID


class CodeRevoked(Event, name="assets.qr.revoked"):
    """A QR code leads nowhere any more; a blank one had no asset."""

    asset_id: UUID | None


class BlankCodesIssued(Event, name="assets.qr.blank_issued"):
    """Codes were made that wait for their assets."""

    count: int


class CodeBound(Event, name="assets.qr.bound"):
    """A blank code became an asset's label."""

    asset_id: UUID
    code_id: UUID


class CodeUnbound(Event, name="assets.qr.unbound"):
    """A code that was an asset's label is blank again."""

    asset_id: UUID
    code_id: UUID
