"""The lines of a purchase as they are written: units that the item has, prices of the supplier's terms."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from trunnion.catalog.queries import in_own_unit, supplier_codes
from trunnion.inventory.commands.posting import items_of
from trunnion.inventory.purchasing import rules
from trunnion.inventory.purchasing.models import PurchaseLine, PurchaseOrder, SupplierTerm
from trunnion.inventory.purchasing.types import LineAsk
from trunnion.inventory.rules import check_whole
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid

ONE = Decimal(1)
_TERMS = ("unit", "price", "currency", "minimum", "lead_days", "from_on", "until_on")


def terms_of(ctx: Context, party_id: UUID | None, item_ids: Iterable[UUID]) -> dict[UUID, list[rules.Terms]]:
    """What a supplier's terms say of these items; nothing where it is not known who supplies them."""
    found: dict[UUID, list[rules.Terms]] = {}
    rows = SupplierTerm.objects.of(ctx).filter(party_id=party_id, item_id__in=list(item_ids))
    for item_id, *values in rows.order_by("id").values_list("item_id", *_TERMS) if party_id else ():
        found.setdefault(item_id, []).append(rules.Terms(*values))
    return found


def write_lines(ctx: Context, order: PurchaseOrder, lines: list[LineAsk], *, is_priced: bool = True) -> None:
    """Puts these lines in the place of those that stood, and adds up what they come to."""
    items = items_of(ctx, ((f"/lines/{n}/item_id", line.item_id) for n, line in enumerate(lines)))
    terms = terms_of(ctx, order.party_id, items) if is_priced else {}
    codes = _codes_of(ctx, order.party_id, items)
    for standing in PurchaseLine.objects.of(ctx).filter(order_id=order.id):
        standing.delete()
    order.amount = rules.NOTHING
    for number, line in enumerate(lines):
        item, pointer = items[line.item_id], f"/lines/{number}"
        known = _term(terms.get(item.id, []), line, order.currency, clock.now().date())
        unit = line.unit or (known.unit if known else item.unit)
        factor = in_own_unit(ctx, item.id, ONE, unit, f"{pointer}/unit")
        check_whole(unit, line.quantity, f"{pointer}/quantity")
        price = line.price if line.price is not None else (known.price if known else None)
        PurchaseLine(
            order=order, position=number + 1, item_id=item.id, quantity=line.quantity, unit=unit, factor=factor,
            price=price, their_code=codes.get(item.id, ""), needed_on=line.needed_on, reason=line.reason,
        ).save()  # fmt: skip
        order.amount += rules.line_amount(line.quantity, price, order.currency)
    order.save()


def _term(terms: list[rules.Terms], line: LineAsk, currency: str, day: date) -> rules.Terms | None:
    fitting = [one for one in terms if one.currency == currency]
    return rules.best(fitting, day, line.quantity, line.unit)


def _codes_of(ctx: Context, party_id: UUID | None, items: dict[UUID, Any]) -> dict[UUID, str]:
    return supplier_codes(ctx, party_id, items) if party_id else {}


def line_of(lines: dict[UUID, PurchaseLine], line_id: UUID, pointer: str) -> PurchaseLine:
    """A line of the order at hand."""
    if line_id not in lines:
        raise Invalid.field(pointer, "reference_unknown", kind=PurchaseLine.kind)
    return lines[line_id]
