"""Orders as other rooms know them."""

from typing import Any
from uuid import UUID

from django.db.models import F

from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.kernel.policies import visible
from trunnion.work.models import LabourEntry, Order
from trunnion.work.states import RESTING
from trunnion.work.types import (
    LabourCard,
    LabourKind,
    OrderCard,
    OrderKind,
    OrderState,
    Phases,
    Priority,
    Source,
    WaitReason,
)

PHASES = tuple(Phases.__struct_fields__)
_PLAIN = (
    "id", "version", "number", "title", "is_stopped", "asset_id", "location_id", "customer_id", "leading_id",
    "survivor_id", "reported_by_id", "reporter_name", "planned_from_at", "planned_until_at", "due_at", "remedy",
)  # fmt: skip
_JOINED = {"asset_name": F("asset__name"), "leading_name": F("leading__name")}
_CODED = ("work_kind", "state", "priority", "source", "waiting_reason")


def get_order_card(ctx: Context, order_id: UUID) -> OrderCard:
    """What other rooms need to know of an order; raises NotVisible."""
    row = visible(ctx, Order).filter(id=order_id).values(*_PLAIN, *_CODED, *PHASES, **_JOINED).first()
    if row is None:
        raise NotVisible
    return _card(row)


def find_orders_of_asset(
    ctx: Context, asset_id: UUID, *, only_open: bool = True, most: int = 50
) -> list[OrderCard]:
    """The orders of an asset, newest first."""
    rows = visible(ctx, Order).filter(asset_id=asset_id)
    if only_open:
        rows = rows.exclude(state__in=[*RESTING, OrderState.DRAFT])
    return [_card(r) for r in rows.order_by("-id").values(*_PLAIN, *_CODED, *PHASES, **_JOINED)[:most]]


def get_labour_card(ctx: Context, labour_id: UUID) -> LabourCard:
    """A labour entry; raises NotVisible."""
    names = ("id", "order_id", "resource_id", "labour_kind", "minutes", "amount", "currency", "reverses_id")
    values = visible(ctx, LabourEntry).filter(id=labour_id).values_list(*names).first()
    if values is None:
        raise NotVisible
    facts = dict(zip(names, values, strict=True))
    return LabourCard(kind=LabourKind(facts.pop("labour_kind")), **facts)


def _card(row: dict[str, Any]) -> OrderCard:
    coded = {name: row.pop(name) for name in _CODED}
    phases = Phases(**{name: row.pop(name) for name in PHASES})
    row.update({name: row[name] or "" for name in _JOINED})
    return OrderCard(
        **row, phases=phases, kind=OrderKind(coded["work_kind"]), state=OrderState(coded["state"]),
        priority=Priority(coded["priority"]), source=Source(coded["source"]),
        waiting_reason=WaitReason(coded["waiting_reason"]) if coded["waiting_reason"] else None,
    )  # fmt: skip
