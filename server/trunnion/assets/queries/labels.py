"""Facts of assets and of codes as they stand on labels."""

from typing import Any
from uuid import UUID

from trunnion.assets.models import Asset, QrCode
from trunnion.attach.labels.queries import LabelFacts
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible

from .codes import address
from .places import places_of

STEP = 900
_FIELDS = {
    "number": "number", "name": "name", "tag": "tag", "serial": "serial", "model": "model__name",
    "model_number": "model__model_number", "manufacturer": "model__manufacturer__name", "place": "location__path",
    "site": "location__site__name", "position": "position__code", "owner": "owner_party__name",
    "user": "user_party__name", "made_on": "made_on", "in_service_on": "in_service_on",
    "warranty_until_on": "warranty_until_on",
}  # fmt: skip
FIELDS = tuple(_FIELDS)


def asset_labels(ctx: Context, ids: list[UUID]) -> dict[UUID, LabelFacts]:
    """The labels of those of these assets that the actor sees and that have a live code."""
    found: dict[UUID, LabelFacts] = {}
    facts = _facts(ctx, ids)
    for start in range(0, len(ids), STEP):
        rows = QrCode.objects.of(ctx).filter(asset_id__in=ids[start : start + STEP], revoked_at=None)
        for asset_id, token in rows.values_list("asset_id", "token"):
            if asset_id in facts:
                told = facts[asset_id]
                found[asset_id] = LabelFacts(address(token), told["number"], told)
    return found


def code_labels(ctx: Context, ids: list[UUID]) -> dict[UUID, LabelFacts]:
    """The labels of codes; of a blank one the code itself is all that there is."""
    rows: list[tuple[UUID, UUID | None, str, str]] = []
    for start in range(0, len(ids), STEP):
        live = visible(ctx, QrCode).filter(id__in=ids[start : start + STEP], revoked_at=None)
        rows += live.values_list("id", "asset_id", "token", "short_code")
    facts = _facts(ctx, [asset_id for _, asset_id, _, _ in rows if asset_id])
    return {
        code_id: LabelFacts(address(token), told.get("number", "") or short, told)
        for code_id, asset_id, token, short in rows
        for told in [facts.get(asset_id, {}) if asset_id else {}]
    }


def _facts(ctx: Context, ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), STEP):
        seen = visible(ctx, Asset).filter(id__in=ids[start : start + STEP])
        rows += seen.values_list("id", *_FIELDS.values())
    told = {row[0]: dict(zip(FIELDS, row[1:], strict=True)) for row in rows}
    places = places_of(ctx, [facts["place"] for facts in told.values() if facts["place"]])
    for facts in told.values():
        facts["place"] = places.get(facts["place"], "")
    return {i: {n: "" if v is None else str(v) for n, v in facts.items()} for i, facts in told.items()}
