"""Tables of assets; Django wants them importable from here."""

from .assessment import ConditionAssessment, ConditionScale, CriticalityAssessment, CriticalityMatrix
from .asset import Asset, AssetMove, AssetRelation, Installation
from .certificate import Certificate, CertificateKind, CertificateRequirement, DeadlineNotice
from .group import AssetGroup, AssetGroupMember, LocationGroup, LocationGroupMember
from .idle import IdleFinding, IdleRule
from .interval import StateInterval
from .meter import Meter, MeterReading
from .paper import AcceptancePoint, Defect, LifecycleDocument, LifecycleDocumentLine
from .place import Location, Position
from .qr import QrCode, QrToken

__all__ = [
    "AcceptancePoint", "Asset", "AssetGroup", "AssetGroupMember", "AssetMove", "AssetRelation", "Certificate",
    "CertificateKind", "CertificateRequirement", "ConditionAssessment", "ConditionScale", "CriticalityAssessment",
    "CriticalityMatrix", "DeadlineNotice", "Defect", "IdleFinding", "IdleRule", "Installation", "LifecycleDocument",
    "LifecycleDocumentLine", "Location", "LocationGroup", "LocationGroupMember", "Meter", "MeterReading", "Position",
    "QrCode", "QrToken", "StateInterval",
]  # fmt: skip
