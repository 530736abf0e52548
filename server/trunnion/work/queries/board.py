"""The board: how many orders stand in each state, and the most urgent of each."""

from typing import Any
from uuid import UUID

from django.db.models import Count

from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.kernel.shape import plain, read
from trunnion.work.models import Order
from trunnion.work.states import DONE, OPEN

MOST = 100
COLUMNS = (*OPEN, *DONE)
CARD = plain(
    "id", "version", "number", "title", "symptom", "priority", "state", "state_at", "is_stopped", "waiting_reason",
    "reported_at", "due_at", "planned_from_at", "planned_until_at", "asset_id", "leading_id", kind="work_kind",
    asset_number="asset__number", asset_name="asset__name", place="location__name", site="location__site__name",
    customer="customer__name", leading="leading__name",
)  # fmt: skip


def get_board(
    ctx: Context, limit: int = 20, team_id: UUID | None = None, leading_id: UUID | None = None,
    customer_id: UUID | None = None, asset_id: UUID | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Each state with its count and its first rows, urgent ones first; narrowed where the caller says so."""
    named = {"team_id": team_id, "leading_id": leading_id, "customer_id": customer_id, "asset_id": asset_id}
    rows = visible(ctx, Order).filter(**{name: value for name, value in named.items() if value is not None})
    counts = dict(
        rows.filter(state__in=COLUMNS)
        .order_by()
        .values_list("state")
        .annotate(n=Count("id"))
        .values_list("state", "n")
    )
    limit = min(max(limit, 1), MOST)
    return {"columns": [_column(rows, state, counts.get(state, 0), limit) for state in COLUMNS]}


def _column(rows: Any, state: str, count: int, limit: int) -> dict[str, Any]:
    # Most columns of most boards are empty: they cost no read.
    first = read(rows.filter(state=state).order_by("-priority_rank", "-id"), CARD, limit) if count else []
    return {"state": state, "count": count, "rows": first}
