"""Tables of assets; Django wants them importable from here."""

from .asset import Asset, AssetMove, AssetRelation, CriticalityAssessment, Installation
from .group import AssetGroup, AssetGroupMember, LocationGroup, LocationGroupMember
from .interval import StateInterval
from .meter import Meter, MeterReading
from .place import Location, Position
from .qr import QrCode, QrToken

__all__ = [
    "Asset", "AssetGroup", "AssetGroupMember", "AssetMove", "AssetRelation", "CriticalityAssessment", "Installation",
    "Location", "LocationGroup", "LocationGroupMember", "Meter", "MeterReading", "Position", "QrCode", "QrToken",
    "StateInterval",
]  # fmt: skip
