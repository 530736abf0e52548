"""Verbs on what comes of a purchase and what goes back: inspected, partial, straight into the ledger."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.identity.queries import get_organisation
from trunnion.inventory.commands import stock
from trunnion.inventory.commands.picking import take_out
from trunnion.inventory.commands.posting import Place, Posting, items_of, occasion, open_store
from trunnion.inventory.purchasing import events, rules
from trunnion.inventory.purchasing.models import PurchaseLine, PurchaseOrder, Receipt, ReceiptLine
from trunnion.inventory.purchasing.states import PURCHASE, PurchaseState
from trunnion.inventory.purchasing.types import ArrivalLine, PurchaseDone, ReceiptKind
from trunnion.inventory.rules import check_whole
from trunnion.inventory.types import (
    MovementKind,
    Pick,
    PlaceKind,
    Quantity,
    Serials,
    UnitCost,
)
from trunnion.inventory.types import (
    ReceiptLine as StockLine,
)
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Instant, Line, Name
from trunnion.kernel.numbers import next_number, series_of
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .expecting import tell_those_who_wait
from .lines import line_of
from .order import done

SERIES = series_of("GR", Receipt.kind)
SUPPLIER = Place(PlaceKind.SUPPLIER)
Arrivals = Annotated[list[ArrivalLine], Field(min_length=1, max_length=200)]


@command("inventory.purchase_order.receive")
def receive(
    ctx: Context, order_id: UUID, lines: Arrivals, paper: Line = "", at: Instant | None = None,
    rate: UnitCost | None = None,
) -> PurchaseDone:  # fmt: skip
    """Takes in what came: what is good goes into stock at the order's price, what is not stays the supplier's.

    `rate` is what one unit of the order's currency costs in the organisation's own, where the two differ.
    """
    order = take(ctx, PurchaseOrder, order_id)
    target = PURCHASE.target("receive", order.state)
    known = {
        line.id: line for line in PurchaseLine.objects.of(ctx).filter(order_id=order.id).order_by("position")
    }
    if len({line.line_id for line in lines}) != len(lines):
        raise Invalid.field("/lines", "purchase.line_twice")
    goods = list(_goods(ctx, known, lines, _rate(ctx, order, rate)))
    receipt = _receipt(ctx, order, ReceiptKind.CAME, paper, at)
    for told in lines:
        line = known[told.line_id]
        line.received += told.accepted
        line.rejected += told.rejected
        line.save()
        ReceiptLine(
            receipt=receipt,
            line=line,
            accepted=told.accepted,
            rejected=told.rejected,
            reason=told.reason,
            lot=told.lot,
        ).save()
    if goods:
        stock.receive(
            ctx, order.store_id, lines=goods, party_id=order.party_id, at=at, cause_kind=order.kind, cause_id=order.id,
            cause_label=order.number, remark=paper,
        )  # fmt: skip
    is_complete = all(line.received >= line.quantity for line in known.values())
    order.state = PurchaseState.RECEIVED if is_complete else target
    order.ended_at = clock.now() if is_complete else None
    order.touch()
    order.save()
    emit(events.PurchaseReceived(order_id=order.id, receipt_id=receipt.id, is_complete=is_complete))
    tell_those_who_wait(ctx, order)
    return done(order)


def _goods(
    ctx: Context, known: dict[UUID, PurchaseLine], lines: list[ArrivalLine], rate: Decimal
) -> Iterator[StockLine]:
    items = items_of(ctx, (("/lines", line.item_id) for line in known.values()))
    for number, told in enumerate(lines):
        pointer = f"/lines/{number}"
        line = line_of(known, told.line_id, f"{pointer}/line_id")
        _check_arrival(line, told, pointer)
        if not told.accepted:
            continue
        own = told.accepted * line.factor
        check_whole(items[line.item_id].unit, own, f"{pointer}/accepted")
        cost = rules.unit_cost(line.price, line.factor)
        yield StockLine(
            line.item_id, own, None if cost is None else (cost * rate).quantize(rules.MILLIONTH), told.bin_id, told.lot,
            told.expires_on, told.serials,
        )  # fmt: skip


def _check_arrival(line: PurchaseLine, told: ArrivalLine, pointer: str) -> None:
    if not told.accepted and not told.rejected:
        raise Invalid.field(f"{pointer}/accepted", "purchase.nothing_came")
    if told.rejected and not told.reason:
        raise Invalid.field(f"{pointer}/reason", "purchase.reason_needed")
    left = line.quantity - line.received
    if told.accepted > left:
        raise Invalid.field(
            f"{pointer}/accepted", "purchase.more_than_ordered", left=left, quantity=told.accepted
        )
    for name in ("accepted", "rejected"):
        check_whole(line.unit, getattr(told, name), f"{pointer}/{name}")


def _rate(ctx: Context, order: PurchaseOrder, rate: Decimal | None) -> Decimal:
    own = get_organisation(ctx.organisation_id).currency
    if order.currency == own:
        return Decimal(1)
    if not rate:
        raise Invalid.field("/rate", "purchase.rate_needed", currency=order.currency, own=own)
    return rate


def _receipt(
    ctx: Context, order: PurchaseOrder, kind: ReceiptKind, paper: str, at: Instant | None
) -> Receipt:
    row = Receipt(
        number=next_number(ctx, SERIES), receipt_kind=kind, order=order, paper=paper[:120],
        happened_at=at or clock.now(), recorded_by_id=ctx.actor_id, recorded_by_name=ctx.actor_name,
    )  # fmt: skip
    row.save()
    return row


@command("inventory.purchase_order.send_back")
def send_back(
    ctx: Context, order_id: UUID, line_id: UUID, quantity: Quantity, reason: Name, bin_id: UUID | None = None,
    lot: Line = "", serials: Serials = (), paper: Line = "",
) -> PurchaseDone:  # fmt: skip
    """Sends back what had come, in the unit it was ordered in; it leaves the stock at what it is worth there."""
    order = take(ctx, PurchaseOrder, order_id)
    PURCHASE.target("send_back", order.state)
    known = {line.id: line for line in PurchaseLine.objects.of(ctx).filter(order_id=order.id)}
    line = line_of(known, line_id, "/line_id")
    left = line.received - line.returned
    if quantity > left:
        raise Refusal("purchase.more_than_came", left=left, quantity=quantity)
    check_whole(line.unit, quantity, "/quantity")
    item = items_of(ctx, [("/line_id", line.item_id)])[line.item_id]
    store = open_store(ctx, order.store_id)
    said = occasion(
        ctx,
        MovementKind.RETURN,
        cause=(order.kind, order.id, order.number),
        party_id=order.party_id,
        remark=reason,
    )
    posting = Posting(ctx, said)
    for portion in take_out(posting, item, store, quantity * line.factor, Pick(bin_id, lot, serials)):
        posting.move(item, portion, Place(PlaceKind.STORE, store, portion.bin_id), SUPPLIER)
    posting.close()
    line.returned += quantity
    line.save()
    receipt = _receipt(ctx, order, ReceiptKind.WENT_BACK, paper, None)
    ReceiptLine(receipt=receipt, line=line, returned=quantity, reason=reason, lot=lot).save()
    order.touch()
    order.save()
    emit(events.PurchaseSentBack(order_id=order.id, receipt_id=receipt.id))
    return done(order)
