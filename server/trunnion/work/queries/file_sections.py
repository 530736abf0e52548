"""What work adds to an asset's file: its orders and its failures."""

from uuid import UUID

from trunnion.assets.queries import file_section
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.kernel.shape import Rows, plain, read
from trunnion.work.models import Failure, Order

from .lines import coded

MOST = 200
_ORDER = plain(
    "id", "number", "title", "state", "priority", "symptom", "remedy", "reported_at", "started_at", "ended_at",
    "closed_at", "is_stopped", kind="work_kind", leading="leading__name",
)  # fmt: skip
_FAILURE = plain(
    "id",
    "order_id",
    "part",
    "description",
    "began_at",
    "detected_at",
    "restored_at",
    order_number="order__number",
)


@file_section("orders")
def orders(ctx: Context, asset_id: UUID) -> Rows:
    """Every order of the asset that the actor may see, newest first."""
    return read(visible(ctx, Order).filter(asset_id=asset_id).order_by("-id"), _ORDER, MOST)


@file_section("failures")
def failures(ctx: Context, asset_id: UUID) -> Rows:
    """Every failure of the asset, newest first."""
    rows = visible(ctx, Failure).filter(asset_id=asset_id).order_by("-detected_at", "-id")
    return read(rows, _FAILURE | coded(ctx), MOST)
