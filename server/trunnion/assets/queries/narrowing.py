"""Custom fields of assets can be kept for classes of equipment only."""

from trunnion.assets.models import Asset
from trunnion.attach.queries import Narrowing, narrows

narrows(
    Asset.kind,
    Narrowing("equipment_class", ("model", "equipment_class"), refers_to="catalog.equipment_class"),
)
