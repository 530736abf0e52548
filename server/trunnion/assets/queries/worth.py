"""Reads of what assets were bought for, how long they are to last, and what their disposal brought in."""

from collections.abc import Iterable
from uuid import UUID

from trunnion.assets.models import Asset, LifecycleDocument, LifecycleDocumentLine
from trunnion.assets.types.cards import DisposalCard, WorthCard
from trunnion.kernel.context import Context
from trunnion.kernel.policies import get, seen

STEP = 900
_WORTH = (
    "id", "price", "currency", "purchased_on", "in_service_on", "location__site__zone", "model__expected_life_months",
    "model__equipment_class__path",
)  # fmt: skip


def get_worths(ctx: Context, asset_ids: Iterable[UUID]) -> dict[UUID, WorthCard]:
    """What those of these assets that the actor sees were bought for, and how long they are to last."""
    ids = list(dict.fromkeys(asset_ids))
    found: dict[UUID, WorthCard] = {}
    for start in range(0, len(ids), STEP):
        rows = seen(ctx, Asset).filter(id__in=ids[start : start + STEP])
        found.update((values[0], WorthCard(*values)) for values in rows.values_list(*_WORTH))
    return found


def get_disposal(ctx: Context, document_id: UUID) -> DisposalCard:
    """What the paper of a disposal says; its amounts are of all its assets together."""
    row = get(ctx, LifecycleDocument, document_id)
    lines = LifecycleDocumentLine.objects.of(ctx).filter(document_id=row.id).order_by("asset_id")
    return DisposalCard(
        row.id, row.number, row.disposal, row.dated_at, row.proceeds, row.currency,
        list(lines.values_list("asset_id", flat=True)),
    )  # fmt: skip
