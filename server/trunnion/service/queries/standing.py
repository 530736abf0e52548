"""Where a request stands: the one that speaks for it after merging, and the order that does the work."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible
from trunnion.service.models import Request
from trunnion.service.rules.guests import Standing
from trunnion.service.types import LinkRole, RequestState
from trunnion.work.types import OrderState

LONGEST_CHAIN = 20
ORDER_FACTS = (
    "id", "version", "state", "state_at", "waiting_from", "waiting_reason", "confirmed_at", "closed_at", "survivor_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A request, the one that speaks for it, and what of the order matters to guests."""

    own: Request
    target: Request
    order: dict[str, Any] | None
    is_merged: bool

    def standing(self, role: LinkRole) -> Standing:
        """What a guest's possibilities follow from."""
        order = self.order
        return Standing(
            role=role, request_state=RequestState(self.target.state), is_merged=self.is_merged,
            order_state=OrderState(order["state"]) if order else None,
            over_at=(order["closed_at"] or order["confirmed_at"]) if order else None,
        )  # fmt: skip


def case_of(ctx: Context, own: Request) -> Case:
    """The case that a request belongs to."""
    target = own
    for _ in range(LONGEST_CHAIN):
        if target.merged_into_id is None:
            break
        target = request_by_id(ctx, target.merged_into_id)
    order = _order_of(ctx, target, "order__")
    is_absorbed = order is not None and order["survivor_id"] is not None
    if is_absorbed:
        order = _order_of(ctx, target, "order__survivor__")
    return Case(own, target, order, is_merged=is_absorbed or own.id != target.id)


def request_by_id(ctx: Context, request_id: UUID) -> Request:
    """A request that a link has led to."""
    found: Request | None = Request.objects.of(ctx).filter(id=request_id).first()
    if found is None:
        raise NotVisible
    return found


def requests_about(ctx: Context, kind: str, row_id: UUID) -> list[UUID]:
    """The requests that a request, or an order, speaks for: its own, and those that were merged into them."""
    if kind == Request.kind:
        found = [row_id]
    elif kind == "work.order":
        concerned = Q(order_id=row_id) | Q(order__survivor_id=row_id)
        found = list(Request.objects.of(ctx).filter(concerned).values_list("id", flat=True))
    else:
        return []
    return [*found, *absorbed_by(ctx, found)] if found else []


def absorbed_by(ctx: Context, request_ids: list[UUID]) -> list[UUID]:
    """The requests that were merged into these, directly or by way of another."""
    found: list[UUID] = []
    frontier = request_ids
    while frontier:
        rows = Request.objects.of(ctx).filter(merged_into_id__in=frontier).values_list("id", flat=True)
        frontier = [i for i in rows if i not in found]
        found += frontier
    return found


def _order_of(ctx: Context, request: Request, path: str) -> dict[str, Any] | None:
    if request.order_id is None:
        return None
    rows = Request.objects.of(ctx).filter(id=request.id)
    values = rows.values_list(*(f"{path}{name}" for name in ORDER_FACTS)).get()
    return dict(zip(ORDER_FACTS, values, strict=True))
