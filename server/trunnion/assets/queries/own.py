"""What customers' pages tell of machines beyond their card: the sites they stand at, their dates."""

from typing import Any
from uuid import UUID

from django.db.models import Count

from trunnion.assets.models import Asset
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.policies import visible

_FACTS = {
    "made_on": "made_on", "installed_on": "installed_on", "in_service_on": "in_service_on",
    "warranty_from_on": "warranty_from_on", "manufacturer": "model__manufacturer__name",
    "model_number": "model__model_number", "site_id": "location__site_id", "site": "location__site__name",
}  # fmt: skip


def list_sites(ctx: Context) -> list[dict[str, Any]]:
    """The sites at which the actor sees machines, with how many; machines that stand nowhere count under none."""
    rows = visible(ctx, Asset).order_by("location__site__name_key", "location__site_id")
    counted = rows.values_list("location__site_id", "location__site__name").annotate(assets=Count("id"))
    return [{"id": id_, "name": name, "assets": assets} for id_, name, assets in counted]


def get_own_facts(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """The dates and the maker of a visible machine; raises NotVisible."""
    row = visible(ctx, Asset).filter(id=asset_id).values_list(*_FACTS.values()).first()
    if row is None:
        raise NotVisible
    return dict(zip(_FACTS, row, strict=True))
