"""Reads of assets: the card that other rooms use, the whole record, likely duplicates."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from trunnion.assets.models import Asset, QrCode
from trunnion.assets.policies import NOTHING, is_customer
from trunnion.assets.states import LIFE
from trunnion.assets.types import AssetCard
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.policies import visible
from trunnion.kernel.sorting import sort_key

from .places import places_of, zone_or_home

STEP = 900
MOST_DUPLICATES = 20
_CARD = {
    "id": F("id"), "version": F("version"), "number": F("number"), "name": F("name"), "tag": F("tag"),
    "serial": F("serial"), "state": F("state"), "model_id": F("model_id"), "model_name": F("model__name"),
    "equipment_class_code": F("model__equipment_class__code"), "location_id": F("location_id"),
    "location_path": F("location__path"), "place": F("location__name"), "position_id": F("position_id"),
    "customer_id": Coalesce("user_party_id", "owner_party_id"), "owner_id": F("owner_party_id"),
    "criticality": F("criticality"), "zone": F("location__site__zone"), "warranty_until_on": F("warranty_until_on"),
}  # fmt: skip
_TEXTS = ("model_name", "equipment_class_code", "location_path", "place")
# The facts of the record that are shown as they stand in the table.
FACTS = (
    "id", "version", "number", "name", "description", "tag", "serial", "barcode", "batch", "model_id", "made_on",
    "location_id", "position_id", "parent_id", "owner_party_id", "user_party_id", "supplier_party_id", "state",
    "disposal", "criticality", "condition", "purchased_on", "price", "currency", "installed_on", "in_service_on",
    "warranty_from_on", "warranty_until_on", "expected_end_on", "state_since_at", "created_at", "changed_at",
)  # fmt: skip
_JOINED = {
    "model": F("model__name"), "model_number": F("model__model_number"), "manufacturer": F("model__manufacturer__name"),
    "equipment_class": F("model__equipment_class__code"), "location": F("location__name"),
    "location_path": F("location__path"), "site_id": F("location__site_id"), "site": F("location__site__name"),
    "site_zone": F("location__site__zone"), "position": F("position__name"), "position_code": F("position__code"),
    "parent": F("parent__name"), "parent_number": F("parent__number"), "owner": F("owner_party__name"),
    "user": F("user_party__name"), "supplier": F("supplier_party__name"),
}  # fmt: skip
# What a customer is told of a machine: nothing of its price, its supplier or its assessment.
_KEPT_BACK = ("price", "currency", "purchased_on", "supplier_party_id", "supplier", "criticality", "barcode")
PLAIN_VERBS = ("edit", "put_under", "assess")


def get_asset_card(ctx: Context, asset_id: UUID) -> AssetCard:
    """What other rooms need to know of an asset; raises NotVisible."""
    found = get_asset_cards(ctx, [asset_id])
    if not found:
        raise NotVisible
    return found[asset_id]


def get_asset_cards(ctx: Context, asset_ids: Iterable[UUID]) -> dict[UUID, AssetCard]:
    """The cards of those of these assets that the actor sees."""
    ids = list(dict.fromkeys(asset_ids))
    rows: list[dict[str, Any]] = []
    for start in range(0, len(ids), STEP):
        found = visible(ctx, Asset).filter(id__in=ids[start : start + STEP])
        rows += _read(found)
    places = places_of(ctx, [row["location_path"] for row in rows])
    home = zone_or_home(ctx, None) if any(not row["zone"] for row in rows) else ""
    for row in rows:
        row["zone"] = row["zone"] or home
        row.update({name: row[name] or "" for name in _TEXTS})
        row["place"] = places.get(row["location_path"], "")
    return {row["id"]: AssetCard(**row) for row in rows}


def _read(rows: Any) -> list[dict[str, Any]]:
    names = list(_CARD)
    return [dict(zip(names, values, strict=True)) for values in rows.values_list(*_CARD.values())]


def get_asset(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """The whole record of an asset."""
    names = [*FACTS, *_JOINED]
    values = (
        visible(ctx, Asset).filter(id=asset_id).values_list(*(F(n) for n in FACTS), *_JOINED.values()).first()
    )
    if values is None:
        raise NotVisible
    found = dict(zip(names, values, strict=True))
    path = found["location_path"]
    found["place"] = places_of(ctx, [path]).get(path, "") if path else ""
    found["zone"] = zone_or_home(ctx, found.pop("site_zone"))
    found["customer_id"] = found["user_party_id"] or found["owner_party_id"]
    found["customer"] = found["user"] or found["owner"]
    found["actions"] = [
        *LIFE.actions(ctx, found["state"]),
        *(verb for verb in PLAIN_VERBS if ctx.may(f"assets.asset.{verb}")),
    ]
    found["has_code"] = QrCode.objects.of(ctx).filter(asset_id=asset_id, revoked_at=None).exists()
    if is_customer(ctx):
        return {name: value for name, value in found.items() if name not in _KEPT_BACK}
    return found


def list_duplicates(
    ctx: Context, serial: str = "", tag: str = "", barcode: str = "", besides: UUID | None = None
) -> dict[str, Any]:
    """Assets that are likely the same thing: equal serial, tag or barcode, however they were written."""
    asked = NOTHING
    if sort_key(serial.strip()):
        asked |= Q(serial_key=sort_key(serial.strip()))
    if sort_key(tag.strip()):
        asked |= Q(tag_key=sort_key(tag.strip()))
    if barcode.strip():
        asked |= Q(barcode=barcode.strip())
    rows = visible(ctx, Asset).filter(asked)
    if besides is not None:
        rows = rows.exclude(id=besides)
    shown = rows.order_by("number").values(
        "id", "number", "name", "serial", "tag", "barcode", "state", "model_id", model=F("model__name"),
        location=F("location__name"),
    )  # fmt: skip
    return {"rows": list(shown[:MOST_DUPLICATES])}
