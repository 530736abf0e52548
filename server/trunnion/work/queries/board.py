"""The board: how many orders stand in each state, with each engineer, at each site; and the most urgent of each."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.kernel.shape import plain, read
from trunnion.work.models import BoardLimit, Order
from trunnion.work.states import DONE, OPEN
from trunnion.work.types import OrderState, Priority
from trunnion.workforce.queries import list_for_dispatch

MOST = 100
# More columns than these nobody oversees; those with the most orders are shown.
MOST_COLUMNS = 60
COLUMNS = (*OPEN, *DONE)
RUNNING = (OrderState.TRAVELLING, OrderState.ON_SITE, OrderState.IN_PROGRESS)
CARD = plain(
    "id", "version", "number", "title", "symptom", "priority", "state", "state_at", "is_stopped", "waiting_reason",
    "reported_at", "due_at", "planned_from_at", "planned_until_at", "asset_id", "leading_id", kind="work_kind",
    asset_number="asset__number", asset_name="asset__name", place="location__name", site="location__site__name",
    customer="customer__name", leading="leading__name",
)  # fmt: skip


class BoardBy(StrEnum):
    """What the columns of the board are."""

    STATE = "state"
    ENGINEER = "engineer"
    SITE = "site"
    PRIORITY = "priority"


PATHS = {
    BoardBy.STATE: ("state",),
    BoardBy.ENGINEER: ("leading_id", "leading__name"),
    BoardBy.SITE: ("location__site_id", "location__site__name"),
    BoardBy.PRIORITY: ("priority",),
}


def get_board(
    ctx: Context, limit: int = 20, team_id: UUID | None = None, leading_id: UUID | None = None,
    customer_id: UUID | None = None, asset_id: UUID | None = None, by: BoardBy = BoardBy.STATE,
) -> dict[str, Any]:  # fmt: skip
    """Each column with its count and its first rows, urgent ones first; narrowed where the caller says so.

    `by` says what the columns are: states, engineers (who has nothing to do stands there as well), sites or priorities.
    """
    named = {"team_id": team_id, "leading_id": leading_id, "customer_id": customer_id, "asset_id": asset_id}
    rows = visible(ctx, Order).filter(**{name: value for name, value in named.items() if value is not None})
    rows = rows.filter(state__in=COLUMNS)
    found = _counted(rows, by)
    shown = _standing(ctx, by, team_id)
    shown |= {key: name for key, (name, _, _) in found.items() if key not in shown}
    keys, is_cut = _kept(list(shown), found)
    limit = min(max(limit, 1), MOST)
    # A limit is of all orders in a state: beside the count of some of them it would say nothing.
    most = _limits(ctx) if by is BoardBy.STATE and not any(named.values()) else {}
    columns = [
        _column(rows, by, key, shown[key], found.get(key, ("", 0, 0)), limit) | {"most": most.get(key)}
        for key in keys
    ]
    return {"by": by, "columns": columns, "is_cut": is_cut}


def _limits(ctx: Context) -> dict[str, int]:
    return dict(visible(ctx, BoardLimit).values_list("state", "most"))


def _counted(rows: Any, by: BoardBy) -> dict[Any, tuple[str, int, int]]:
    """Of each column that is not empty: its name, how many orders it has, and on how many somebody works."""
    counted = (
        rows.order_by()
        .values(*PATHS[by])
        .annotate(n=Count("id"), running=Count("id", filter=Q(state__in=RUNNING)))
        .values_list(*PATHS[by], "n", "running")
    )
    return {row[0]: (row[1] or "" if len(row) > 3 else "", row[-2], row[-1]) for row in counted}


def _standing(ctx: Context, by: BoardBy, team_id: UUID | None) -> dict[Any, str]:
    """The columns that are there without an order as well, in their order, with their names."""
    if by is BoardBy.STATE:
        return dict.fromkeys(COLUMNS, "")
    if by is BoardBy.PRIORITY:
        return dict.fromkeys(reversed(Priority), "")
    if by is BoardBy.ENGINEER:
        return {None: "", **{one.id: one.name for one in list_for_dispatch(ctx, team_id)}}
    return {None: ""}


def _kept(keys: list[Any], found: dict[Any, tuple[str, int, int]]) -> tuple[list[Any], bool]:
    if len(keys) <= MOST_COLUMNS:
        return keys, False
    fullest = sorted(keys, key=lambda key: -found[key][1] if key in found else 0)[:MOST_COLUMNS]
    chosen = set(fullest)
    return [key for key in keys if key in chosen], True


def _column(
    rows: Any, by: BoardBy, key: Any, name: str, counted: tuple[str, int, int], limit: int
) -> dict[str, Any]:
    _, count, running = counted
    path = PATHS[by][0]
    own = rows.filter(**{path: key} if key is not None else {f"{path}__isnull": True})
    # Most columns of most boards are empty: they cost no read.
    first = read(own.order_by("-priority_rank", "-id"), CARD, limit) if count else []
    state = key if by is BoardBy.STATE else None
    return {"key": key, "name": name, "state": state, "count": count, "running": running, "rows": first}
