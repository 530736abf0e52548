"""Reads of assets: the card that other rooms use, the whole record, likely duplicates."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from trunnion.assets.models import Asset, Installation, QrCode
from trunnion.assets.policies import NOTHING, is_customer
from trunnion.assets.states import LIFE
from trunnion.assets.types.cards import AssetCard
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.policies import Seen, seen, visible
from trunnion.kernel.shape import shaped
from trunnion.kernel.sorting import sort_key

from .certificates import may_be_used
from .papers import waiting_of
from .places import places_of, zone_or_home

STEP = 900
MOST_DUPLICATES = 20
_CARD: dict[str, Any] = {
    "id": "id", "version": "version", "number": "number", "name": "name", "tag": "tag",
    "serial": "serial", "state": "state", "model_id": "model_id", "model_name": "model__name",
    "equipment_class_code": "model__equipment_class__code", "location_id": "location_id",
    "location_path": "location__path", "place": "location__name", "position_id": "position_id",
    "customer_id": Coalesce("user_party_id", "owner_party_id"), "owner_id": "owner_party_id",
    "criticality": "criticality", "zone": "location__site__zone", "warranty_until_on": "warranty_until_on",
}  # fmt: skip
_CARDS = Seen(Asset, *_CARD.values())
_TEXTS = ("model_name", "equipment_class_code", "location_path", "place")
# The facts of the record that are shown as they stand in the table.
FACTS = (
    "id", "version", "number", "name", "description", "tag", "serial", "barcode", "batch", "model_id", "made_on",
    "location_id", "position_id", "parent_id", "owner_party_id", "user_party_id", "supplier_party_id", "state",
    "disposal", "criticality", "condition", "purchased_on", "price", "currency", "installed_on", "in_service_on",
    "warranty_from_on", "warranty_until_on", "expected_end_on", "state_since_at", "created_at", "changed_at",
    "merged_into_id", "merged_at",
)  # fmt: skip
_JOINED = {
    "model": "model__name", "model_number": "model__model_number", "manufacturer": "model__manufacturer__name",
    "equipment_class": "model__equipment_class__code", "location": "location__name",
    "location_path": "location__path", "site_id": "location__site_id", "site": "location__site__name",
    "site_zone": "location__site__zone", "position": "position__name", "position_code": "position__code",
    "parent": "parent__name", "parent_number": "parent__number", "owner": "owner_party__name",
    "user": "user_party__name", "supplier": "supplier_party__name",
}  # fmt: skip
# What a customer is told of a machine: nothing of its price, its supplier or its assessment.
_KEPT_BACK = (
    "price",
    "currency",
    "purchased_on",
    "supplier_party_id",
    "supplier",
    "criticality",
    "barcode",
    "waiting",
)
PLAIN_VERBS = ("edit", "put_under", "assess", "assess_condition", "merge")


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
        found = _CARDS.rows(ctx, ids[start : start + STEP])
        rows += [dict(zip(_CARD, values, strict=True)) for values in found]
    places = places_of(ctx, [row["location_path"] for row in rows])
    home = zone_or_home(ctx, None) if any(not row["zone"] for row in rows) else ""
    for row in rows:
        row["zone"] = row["zone"] or home
        row.update({name: row[name] or "" for name in _TEXTS})
        row["place"] = places.get(row["location_path"], "")
        row["is_under_warranty"] = is_under_warranty(row["warranty_until_on"], row["zone"])
    return {row["id"]: AssetCard(**row) for row in rows}


def get_asset(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """The whole record of an asset."""
    rows = shaped(seen(ctx, Asset).filter(id=asset_id), *FACTS, **_JOINED)
    if not rows:
        raise NotVisible
    found = rows[0]
    path = found["location_path"]
    found["place"] = places_of(ctx, [path]).get(path, "") if path else ""
    found["zone"] = zone_or_home(ctx, found.pop("site_zone"))
    found["customer_id"] = found["user_party_id"] or found["owner_party_id"]
    found["customer"] = found["user"] or found["owner"]
    found["waiting"] = waiting_of(ctx, asset_id)
    waits = {line["verb"] for line in found["waiting"]}
    found["actions"] = [v for v in _actions(ctx, asset_id, found["state"]) if v not in waits]
    if found["merged_into_id"] is not None:
        found["actions"] = ["unmerge"] if ctx.may("assets.asset.unmerge") else []
    found["merged"] = _merged(ctx, asset_id)
    found["is_under_warranty"] = is_under_warranty(found["warranty_until_on"], found["zone"])
    found["usability"] = may_be_used(ctx, asset_id)
    found["has_code"] = QrCode.objects.of(ctx).filter(asset_id=asset_id, revoked_at=None).exists()
    if is_customer(ctx):
        return {name: value for name, value in found.items() if name not in _KEPT_BACK}
    return found


def _merged(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """What was merged into an asset, and can be taken out again."""
    rows = seen(ctx, Asset).filter(merged_into_id=asset_id).order_by("merged_at")
    return shaped(rows, "id", "number", "name", "serial", "merged_at")


def is_under_warranty(until_on: date | None, zone: str) -> bool:
    """Whether a warranty still holds on today's day of the place."""
    return until_on is not None and clock.today(zone) <= until_on


def _actions(ctx: Context, asset_id: UUID, state: str) -> list[str]:
    placed = Installation.objects.of(ctx).filter(asset_id=asset_id, until_at=None).exists()
    # What stands in its place is moved or removed, what stands nowhere is installed.
    idle = "install" if placed else "remove"
    legal = [verb for verb in LIFE.actions(ctx, state) if verb != idle]
    return [*legal, *(verb for verb in PLAIN_VERBS if ctx.may(f"assets.asset.{verb}"))]


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
    shown = shaped(
        rows.order_by("number")[:MOST_DUPLICATES], "id", "number", "name", "serial", "tag", "barcode", "state",
        "model_id", model="model__name", location="location__name",
    )  # fmt: skip
    return {"rows": shown}
