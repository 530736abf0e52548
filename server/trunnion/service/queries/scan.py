"""What a scanned label tells anybody: the asset, and what is already reported there."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from trunnion.assets.queries import get_asset_card
from trunnion.attach.queries import files_of
from trunnion.attach.types import FileRole, LinkedFile
from trunnion.kernel.context import Context
from trunnion.knowledge.queries import failure_codes
from trunnion.knowledge.types import CodeList, Standing
from trunnion.service import links
from trunnion.service.models import Request
from trunnion.service.rules import privacy
from trunnion.service.rules.guests import UNSETTLED
from trunnion.service.states import OPEN
from trunnion.service.types import LinkRole

MOST_OPEN = 10
MOST_SYMPTOMS = 24


def get_scan(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """The public facts of an asset and the open requests about it, newest first, with a link to follow each."""
    card = get_asset_card(ctx, asset_id)
    return {
        "asset": {
            "name": card.name, "number": card.number, "model": card.model_name, "place": card.place,
            "state": card.state,
        },
        "manuals": [
            {"id": f.file_id, "name": f.caption or f.name, "media_type": f.media_type, "size": f.size}
            for f in manuals_of(ctx, asset_id)
        ],
        "open": open_requests(ctx, asset_id), "symptoms": symptoms_of(ctx, card.equipment_class_code),
    }  # fmt: skip


def symptoms_of(ctx: Context, class_code: str) -> list[dict[str, str]]:
    """The failure modes that somebody in front of such a machine can tap."""
    offered = failure_codes(ctx, CodeList.MODE, class_code)
    plain = [card for card in offered if card.standing == Standing.PLAIN]
    return [{"code": card.code, "name": card.name(ctx.language)} for card in plain[:MOST_SYMPTOMS]]


def manuals_of(ctx: Context, asset_id: UUID) -> list[LinkedFile]:
    """What anybody may read of an asset: the documents of it and of its model that were made public."""
    model_id = get_asset_card(ctx, asset_id).model_id
    files = files_of(ctx, "assets.asset", asset_id)
    files += files_of(ctx, "catalog.model", model_id) if model_id is not None else []
    return list({f.file_id: f for f in files if f.is_public}.values())


def find_photo(ctx: Context, asset_id: UUID) -> UUID | None:
    """The newest photo of an asset."""
    found = [
        f for f in files_of(ctx, "assets.asset", asset_id) if f.role == FileRole.PHOTO and f.has_thumbnail
    ]
    return found[-1].file_id if found else None


def open_requests(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """What is reported of an asset and not yet repaired; a title is shown, never who reported it."""
    unsettled = Q(order=None) | Q(order__state__in=UNSETTLED)
    rows = list(
        Request.objects.of(ctx)
        .filter(unsettled, asset_id=asset_id, state__in=OPEN, about=None)
        .order_by("-received_at")
        .values(
            "id",
            "number",
            "title",
            "state",
            "order__state",
            "received_at",
            "is_stopped",
            "order__leading__name",
        )[:MOST_OPEN]
    )
    tokens = links.tokens_of(ctx.organisation_id, [row["id"] for row in rows], LinkRole.FOLLOWER)
    return [
        {
            "number": row["number"], "title": row["title"], "state": row["order__state"] or "requested",
            "is_stopped": row["is_stopped"], "reported_at": row["received_at"],
            "progress_token": tokens.get(row["id"]),
            "engineer": privacy.first_name(row["order__leading__name"] or "", ctx.language),
        }
        for row in rows
    ]  # fmt: skip
