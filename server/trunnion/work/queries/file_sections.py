"""What work adds to an asset's file: its orders and its failures."""

from typing import Any
from uuid import UUID

from django.db.models import F

from trunnion.assets.queries import file_section
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.work.models import Failure, Order

from .lines import CODES

MOST = 200


@file_section("orders")
def orders(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """Every order of the asset that the actor may see, newest first."""
    rows = visible(ctx, Order).filter(asset_id=asset_id).order_by("-id")
    return list(
        rows.values(
            "id", "number", "title", "state", "priority", "symptom", "remedy", "reported_at", "started_at", "ended_at",
            "closed_at", "is_stopped", kind=F("work_kind"), leading_name=F("leading__name"),
        )[:MOST]
    )  # fmt: skip


@file_section("failures")
def failures(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """Every failure of the asset, newest first."""
    rows = visible(ctx, Failure).filter(asset_id=asset_id).order_by("-detected_at", "-id")
    word = "name_zh" if ctx.language.startswith("zh") else "name_en"
    coded = {f"{c}_code": F(f"{c}__code") for c in CODES} | {f"{c}_name": F(f"{c}__{word}") for c in CODES}
    plain = ("id", "order_id", "part", "description", "began_at", "detected_at", "restored_at")
    return list(rows.values(*plain, order_number=F("order__number"), **coded)[:MOST])
