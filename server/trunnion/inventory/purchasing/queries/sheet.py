"""A purchase order as a PDF in the language of whoever reads it."""

from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

from trunnion.attach.queries import typeset
from trunnion.catalog.queries import get_units
from trunnion.identity.queries import get_organisation
from trunnion.inventory.purchasing.models import PurchaseOrder
from trunnion.inventory.purchasing.rules import NOTHING
from trunnion.kernel.context import Context
from trunnion.kernel.policies import get
from trunnion.kernel.words import say

from .detail import lines_of

_WORDS = ("item", "their_code", "quantity", "price", "amount", "total", "page")


def get_sheet(ctx: Context, order_id: UUID, language: str) -> tuple[bytes, str]:
    """The pages and the name of the file; whatever stands on the order now."""
    row = get(ctx, PurchaseOrder, order_id)
    names = PurchaseOrder.objects.of(ctx).filter(id=order_id)
    supplier, store, address = names.values_list("party__name", "store__name", "store__address").get()
    title = say("report.purchase.title", language)
    facts = {
        "report.purchase.supplier": supplier,
        "report.purchase.deliver_to": " · ".join(t for t in (store, address) if t),
        "column.inventory.purchase_orders.expected_on": row.expected_on and row.expected_on.isoformat(),
        "report.purchase.ordered": row.ordered_at and row.ordered_at.date().isoformat(),
        "report.purchase.by": row.ordered_by_name or row.asked_by_name,
        "field.inventory.purchase_order.remark": row.remark,
    }  # fmt: skip
    data = {
        "title": f"{title} {row.number}", "heading": title, "number": row.number, "lang": language[:2],
        "house": get_organisation(ctx.organisation_id).name,
        "state": say(f"state.inventory.purchase_order.{row.state}", language),
        "facts": [{"name": say(key, language), "value": str(value)} for key, value in facts.items() if value],
        "lines": _lines(ctx, row, language), "total": _money(row.amount, row.currency),
        "words": {name: say(f"report.purchase.{name}", language) for name in _WORDS},
    }  # fmt: skip
    return typeset(_template(), data), f"{row.number}.pdf"


def _lines(ctx: Context, row: PurchaseOrder, language: str) -> list[dict[str, str]]:
    units = {one["code"]: one["name"] for one in get_units(ctx.with_(language=language))["rows"]}
    return [
        {
            "item": f"{one['item_code']}  {one['item_name']}", "their_code": one["their_code"],
            "quantity": f"{one['quantity']:f} {units.get(one['unit'], one['unit'])}",
            "price": _money(one["price"] or NOTHING, row.currency), "amount": _money(one["amount"], row.currency),
        }
        for one in lines_of(ctx, row)
    ]  # fmt: skip


def _money(amount: Any, currency: str) -> str:
    shown = f"{amount:,.6f}".rstrip("0")
    whole, _, cents = shown.partition(".")
    return f"{whole}.{cents.ljust(2, '0')} {currency}"


@cache
def _template() -> bytes:
    return (resources.files("trunnion.inventory.purchasing") / "order.typ").read_bytes()
