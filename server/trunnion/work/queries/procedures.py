"""The procedures that fit an order, and how the answers at each check point of an asset changed over time."""

from typing import Any
from uuid import UUID

from trunnion.assets.queries import get_asset_card
from trunnion.kernel.context import Context
from trunnion.kernel.policies import get, visible
from trunnion.kernel.shape import Rows, shaped
from trunnion.knowledge.procedures.queries import list_proposed
from trunnion.knowledge.procedures.types.cards import ProcedureCard
from trunnion.work.models import Order, OrderProcedure, Task

MOST_ANSWERS = 2000
MOST_OF_A_POINT = 60


def list_procedures(ctx: Context, order_id: UUID) -> dict[str, list[ProcedureCard]]:
    """The procedures in force that may be attached to an order, those made for its asset's model first."""
    order = get(ctx, Order, order_id)
    card = get_asset_card(ctx, order.asset_id) if order.asset_id else None
    model_id, class_code = (card.model_id, card.equipment_class_code) if card else (None, "")
    held = set(
        OrderProcedure.objects.of(ctx).filter(order_id=order.id).values_list("procedure_id", flat=True)
    )
    fitting = list_proposed(ctx, model_id, class_code, order.work_kind)
    return {"proposed": [one for one in fitting if one.id not in held]}


def get_trends(ctx: Context, asset_id: UUID) -> dict[str, Rows]:
    """Every check point of an asset's procedures with its latest answers, oldest first, and the newest limits."""
    get_asset_card(ctx, asset_id)
    rows = visible(ctx, Task).filter(order__asset_id=asset_id, procedure__isnull=False).exclude(result="")
    answers = shaped(
        rows.order_by("-answered_at", "-id")[:MOST_ANSWERS], "step_key", "title", "section", "asks", "unit", "low",
        "high", "value", "number", "result", "note", "answered_at", "answered_by_name", "order_id",
        order_number="order__number", procedure_id="procedure__procedure_id", procedure="procedure__name",
    )  # fmt: skip
    points: dict[tuple[Any, str], dict[str, Any]] = {}
    for one in answers:
        found = points.setdefault((one["procedure_id"], one["step_key"]), _point(one))
        if len(found["answers"]) < MOST_OF_A_POINT:
            found["answers"].insert(0, {name: one[name] for name in _ANSWER})
    ordered = sorted(points.values(), key=lambda p: (p["procedure"], p["section"], p["title"]))
    return {"points": ordered}


_POINT = ("procedure_id", "procedure", "step_key", "title", "section", "asks", "unit", "low", "high")
_ANSWER = (
    "value", "number", "result", "note", "answered_at", "answered_by_name", "order_id", "order_number",
)  # fmt: skip


def _point(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: answer[name] for name in _POINT} | {"answers": []}
