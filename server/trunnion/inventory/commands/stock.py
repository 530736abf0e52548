"""Verbs on stock: it comes in, is carried from place to place, is scrapped, or turns out to be another quantity."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db.models import Sum
from pydantic import Field

from trunnion.catalog.types import ItemCard, TrackedBy
from trunnion.inventory import rules
from trunnion.inventory.models import Lot, SerialUnit, Stock, Store
from trunnion.inventory.types import (
    Difference,
    Moved,
    MovementKind,
    Pick,
    PlaceKind,
    Quantity,
    ReceiptLine,
    Serials,
    TransferLine,
    UnitCost,
)
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Code, Instant, Line
from trunnion.kernel.policies import refer

from .picking import take_out
from .posting import Occasion, Place, Portion, Posting, bins_of, items_of, occasion, open_store

Receipts = Annotated[list[ReceiptLine], Field(min_length=1, max_length=500)]
Transfers = Annotated[list[TransferLine], Field(min_length=1, max_length=500)]
Reason = Annotated[Line, Field(min_length=1)]
Label = Annotated[Line, Field(max_length=200)]
SUPPLIER, SCRAP = Place(PlaceKind.SUPPLIER), Place(PlaceKind.SCRAP)
ADJUSTMENT = Place(PlaceKind.ADJUSTMENT)


@command("inventory.stock.receive")
def receive(
    ctx: Context, store_id: UUID, lines: Receipts, party_id: UUID | None = None, at: Instant | None = None,
    cause_kind: Code | None = None, cause_id: UUID | None = None, cause_label: Label = "", remark: Line = "",
) -> Moved:  # fmt: skip
    """Takes goods into a store; `cause_label` is the paper they came with, what comes in fills what was lacking."""
    store = open_store(ctx, store_id)
    refer(ctx, "parties.party", party_id, "/party_id")
    asked = ((f"/lines/{n}/item_id", line.item_id) for n, line in enumerate(lines))
    items = items_of(ctx, asked, with_merged=False)
    bins_of(ctx, store, ((f"/lines/{n}/bin_id", line.bin_id) for n, line in enumerate(lines)))
    cause = (cause_kind or "", cause_id, cause_label)
    said = occasion(ctx, MovementKind.RECEIVE, at, cause=cause, party_id=party_id, remark=remark)
    posting = Posting(ctx, said)
    posting.lock((items[line.item_id], store) for line in lines)
    for number, line in enumerate(lines):
        _receive(posting, items[line.item_id], store, line, f"/lines/{number}")
    return posting.close()


@command("inventory.stock.transfer")
def transfer(
    ctx: Context, from_store_id: UUID, to_store_id: UUID, lines: Transfers, at: Instant | None = None,
    cause_label: Label = "", remark: Line = "",
) -> Moved:  # fmt: skip
    """Carries stock to another store, or to another bin of the same; the cost goes with it."""
    target = open_store(ctx, to_store_id, "/to_store_id")
    source = open_store(ctx, from_store_id, "/from_store_id")
    items = items_of(ctx, ((f"/lines/{n}/item_id", line.item_id) for n, line in enumerate(lines)))
    bins_of(ctx, source, ((f"/lines/{n}/from_bin_id", line.from_bin_id) for n, line in enumerate(lines)))
    bins_of(ctx, target, ((f"/lines/{n}/to_bin_id", line.to_bin_id) for n, line in enumerate(lines)))
    is_within = source.id == target.id
    posting = Posting(
        ctx, occasion(ctx, MovementKind.TRANSFER, at, cause=("", None, cause_label), remark=remark)
    )
    posting.lock((items[line.item_id], store) for line in lines for store in (source, target))
    for number, line in enumerate(lines):
        pointer = f"/lines/{number}"
        if is_within and line.from_bin_id == line.to_bin_id:
            raise Invalid.field(f"{pointer}/to_bin_id", "stock.nowhere_else")
        item = items[line.item_id]
        rules.check_whole(item.unit, line.quantity, f"{pointer}/quantity")
        pick = Pick(line.from_bin_id, line.lot, line.serials)
        for portion in take_out(posting, item, source, line.quantity, pick, is_within=is_within):
            posting.put_in(item, target, replace(portion, bin_id=line.to_bin_id))
            ends = (
                Place(PlaceKind.STORE, source, portion.bin_id),
                Place(PlaceKind.STORE, target, line.to_bin_id),
            )
            posting.move(item, portion, *ends)
    return posting.close()


@command("inventory.stock.scrap")
def scrap(
    ctx: Context, store_id: UUID, item_id: UUID, quantity: Quantity, reason: Reason, bin_id: UUID | None = None,
    lot: Line = "", serials: Serials = (), at: Instant | None = None,
) -> Moved:  # fmt: skip
    """Takes out of stock what can no longer be used, and says why."""
    pick = Pick(bin_id, lot, serials)
    return _take_away(
        ctx, store_id, item_id, quantity, pick, occasion(ctx, MovementKind.SCRAP, at, remark=reason)
    )


@command("inventory.stock.adjust")
def adjust(
    ctx: Context, store_id: UUID, item_id: UUID, difference: Difference, reason: Reason, bin_id: UUID | None = None,
    lot: Line = "", serials: Serials = (), unit_cost: UnitCost | None = None, at: Instant | None = None,
) -> Moved:  # fmt: skip
    """Corrects a stock by what was found too much (more than nothing) or too little (less), and says why."""
    if not difference:
        raise Invalid.field("/difference", "stock.no_difference")
    said = occasion(ctx, MovementKind.ADJUST, at, remark=reason)
    if difference < 0:
        return _take_away(ctx, store_id, item_id, -difference, Pick(bin_id, lot, serials), said)
    store, item = _stored(ctx, store_id, item_id, bin_id)
    posting = Posting(ctx, said)
    line = ReceiptLine(item.id, difference, unit_cost, bin_id, lot, None, serials)
    _receive(posting, item, store, line, "", ADJUSTMENT)
    return posting.close()


def _take_away(
    ctx: Context, store_id: UUID, item_id: UUID, quantity: Decimal, pick: Pick, said: Occasion
) -> Moved:
    store, item = _stored(ctx, store_id, item_id, pick.bin_id)
    rules.check_whole(item.unit, quantity, "/quantity" if said.kind == MovementKind.SCRAP else "/difference")
    target = SCRAP if said.kind == MovementKind.SCRAP else ADJUSTMENT
    posting = Posting(ctx, said)
    for portion in take_out(posting, item, store, quantity, pick):
        posting.move(item, portion, Place(PlaceKind.STORE, store, portion.bin_id), target)
    return posting.close()


def _stored(ctx: Context, store_id: UUID, item_id: UUID, bin_id: UUID | None) -> tuple[Store, ItemCard]:
    store = open_store(ctx, store_id)
    bins_of(ctx, store, [("/bin_id", bin_id)])
    return store, items_of(ctx, [("/item_id", item_id)])[item_id]


def _receive(
    posting: Posting, item: ItemCard, store: Store, line: ReceiptLine, pointer: str, source: Place = SUPPLIER
) -> None:
    rules.check_whole(item.unit, line.quantity, f"{pointer}/quantity")
    _check_tracking(item, line, pointer)
    cost = line.unit_cost if line.unit_cost is not None else _known_cost(posting, item, store)
    lot = _lot(posting.ctx, item, line, pointer) if line.lot else None
    units = list(_new_units(posting.ctx, item, line, pointer)) if line.serials else [None]
    each = Decimal(1) if line.serials else line.quantity
    for unit in units:
        value = rules.worth(each * cost, posting.occasion.currency)
        portion = Portion(each, value, line.bin_id, lot, unit)
        posting.put_in(item, store, portion)
        posting.move(item, portion, source, Place(PlaceKind.STORE, store, line.bin_id))


def _check_tracking(item: ItemCard, line: ReceiptLine, pointer: str) -> None:
    if item.tracked_by == TrackedBy.LOT and not line.lot:
        raise Invalid.field(f"{pointer}/lot", "stock.lot_needed", item=item.code)
    if item.tracked_by != TrackedBy.LOT and (line.lot or line.expires_on):
        raise Invalid.field(f"{pointer}/lot", "stock.has_no_lots", item=item.code)
    is_serial = item.tracked_by == TrackedBy.SERIAL
    if is_serial and (len(line.serials) != line.quantity or len(set(line.serials)) != len(line.serials)):
        raise Invalid.field(
            f"{pointer}/serials", "stock.serials_needed", item=item.code, quantity=line.quantity
        )
    if not is_serial and line.serials:
        raise Invalid.field(f"{pointer}/serials", "stock.has_no_serials", item=item.code)


def _lot(ctx: Context, item: ItemCard, line: ReceiptLine, pointer: str) -> Lot:
    found = Lot.objects.of(ctx).filter(item_id=item.id, code=line.lot).first()
    if found is None:
        found = Lot(item_id=item.id, code=line.lot, expires_on=line.expires_on)
        found.save()
    elif line.expires_on is not None and found.expires_on != line.expires_on:
        if found.expires_on is not None:
            raise Invalid.field(
                f"{pointer}/expires_on", "stock.expires_otherwise", lot=line.lot, on=found.expires_on
            )
        found.expires_on = line.expires_on
        found.save()
    return found


def _new_units(ctx: Context, item: ItemCard, line: ReceiptLine, pointer: str) -> Iterable[SerialUnit]:
    rows = SerialUnit.objects.of(ctx).filter(item_id=item.id, code__in=line.serials)
    known = {row.code: row for row in rows}
    for code in line.serials:
        unit = known.get(code) or SerialUnit(item_id=item.id, code=code)
        if unit.store_id is not None:
            raise Invalid.field(f"{pointer}/serials", "stock.serial_in_stock", serial=code)
        yield unit


def _known_cost(posting: Posting, item: ItemCard, store: Store) -> Decimal:
    """What one costs where nobody says: on average here, else on average in all stores, else nothing."""
    stock = posting.stock(item, store)
    if stock.on_hand > 0:
        return stock.value / stock.on_hand
    sums = Stock.objects.of(posting.ctx).filter(item_id=item.id).aggregate(q=Sum("on_hand"), v=Sum("value"))
    return sums["v"] / sums["q"] if sums["q"] else rules.NOTHING
