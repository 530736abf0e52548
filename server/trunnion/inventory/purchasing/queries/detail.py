"""A purchase with its lines and everything that came of it."""

from typing import Any
from uuid import UUID

from trunnion.attach.queries import comments_of, files_of
from trunnion.identity.approvals.queries import approvals_about
from trunnion.inventory.purchasing.models import PurchaseLine, PurchaseOrder, ReceiptLine
from trunnion.inventory.purchasing.rules import line_amount
from trunnion.inventory.purchasing.states import PURCHASE
from trunnion.kernel.context import Context
from trunnion.kernel.policies import get

# What approval does; people grant or refuse there.
_BY_APPROVAL = ("approve", "refuse")
_LINE = (
    "id", "position", "item_id", "item__code", "item__name", "item__unit", "item__tracked_by", "quantity", "unit",
    "factor", "price", "their_code", "needed_on", "reason", "received", "rejected", "returned",
)  # fmt: skip
_CAME = (
    "id", "receipt_id", "receipt__number", "receipt__receipt_kind", "receipt__paper", "receipt__happened_at",
    "receipt__recorded_by_name", "line_id", "accepted", "rejected", "returned", "reason", "lot",
)  # fmt: skip


def get_purchase(ctx: Context, order_id: UUID) -> dict[str, Any]:
    """A purchase order as its page shows it."""
    row = get(ctx, PurchaseOrder, order_id)
    party = PurchaseOrder.objects.of(ctx).filter(id=order_id).values("party__name", "store__name").get()
    waiting = approvals_about(ctx, row.kind, [row.id]) if row.approval_id else []
    return {
        "id": row.id, "version": row.version, "number": row.number, "state": row.state, "party_id": row.party_id,
        "supplier": party["party__name"], "store_id": row.store_id, "store": party["store__name"],
        "currency": row.currency, "amount": row.amount, "expected_on": row.expected_on, "remark": row.remark,
        "external_system": row.external_system, "external_id": row.external_id, "asked_by_name": row.asked_by_name,
        "approval_id": row.approval_id, "waits_for": [name for one in waiting[:1] for name in one.waits_for],
        "ordered_at": row.ordered_at, "ordered_by_name": row.ordered_by_name, "ended_at": row.ended_at,
        "created_at": row.created_at, "changed_at": row.changed_at,
        "lines": lines_of(ctx, row), "receipts": _receipts(ctx, row),
        "files": files_of(ctx, row.kind, row.id), "comments": comments_of(ctx, row.kind, row.id),
        "actions": [verb for verb in PURCHASE.actions(ctx, row.state) if verb not in _BY_APPROVAL],
    }  # fmt: skip


def lines_of(ctx: Context, row: PurchaseOrder) -> list[dict[str, Any]]:
    """The lines of a purchase in their order, with what each comes to."""
    rows = PurchaseLine.objects.of(ctx).filter(order_id=row.id).order_by("position")
    names = [name.replace("item__", "item_").replace("item_unit", "own_unit") for name in _LINE]
    told = [dict(zip(names, values, strict=True)) for values in rows.values_list(*_LINE)]
    return [{**one, "amount": line_amount(one["quantity"], one["price"], row.currency)} for one in told]


def _receipts(ctx: Context, row: PurchaseOrder) -> list[dict[str, Any]]:
    rows = ReceiptLine.objects.of(ctx).filter(receipt__order_id=row.id).order_by("created_at", "id")
    names = [name.replace("receipt__receipt_kind", "kind").replace("receipt__", "") for name in _CAME]
    return [dict(zip(names, values, strict=True)) for values in rows.values_list(*_CAME)]
