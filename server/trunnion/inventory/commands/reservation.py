"""Verbs on reservations: stock is kept for a demand, and given free again. Rooms above call them inside their own."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from trunnion.catalog.queries import find_items
from trunnion.inventory import rules
from trunnion.inventory.events import ShortageOpened
from trunnion.inventory.models import Reservation, Shortage, Stock, Store
from trunnion.inventory.types import Demand, MovementKind, Quantity, Reserved
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Code
from trunnion.kernel.unit import about, emit

from .filling import Whose, closed, fill, keep, lessen, reservation_of, shortage_of
from .posting import Posting, items_of, not_enough, occasion, open_store


@command("inventory.reservation.reserve")
def reserve(
    ctx: Context, demand: Demand, item_id: UUID, store_id: UUID, quantity: Quantity, may_be_short: bool = True
) -> Reserved:
    """Keeps so much more of an item for a demand; what is not there becomes a shortage, or is refused."""
    store = open_store(ctx, store_id)
    item = items_of(ctx, [("/item_id", item_id)])[item_id]
    rules.check_whole(item.unit, quantity, "/quantity")
    posting = Posting(ctx, occasion(ctx, MovementKind.ISSUE))
    stock = posting.stock(item, store)
    part = min(max(stock.on_hand - stock.reserved, rules.NOTHING), quantity)
    if part < quantity and not may_be_short:
        raise not_enough(item, store, stock)
    whose = Whose(demand.kind, demand.id, demand.label, demand.needed_at)
    if part:
        keep(ctx, stock, whose, part)
    if part < quantity:
        _lack(ctx, stock, whose, quantity - part)
    stock.save()
    return _standing(ctx, stock, demand)


@command("inventory.reservation.release")
def release(
    ctx: Context,
    demand_kind: Code,
    demand_id: UUID,
    item_id: UUID | None = None,
    quantity: Quantity | None = None,
) -> None:
    """A demand needs nothing more, or so much less of an item: what it lacked goes first, then what was kept for it."""
    shortages = Shortage.objects.of(ctx).filter(demand_id=demand_id, demand_kind=demand_kind)
    kept = Reservation.objects.of(ctx).filter(demand_id=demand_id, demand_kind=demand_kind)
    if item_id is not None:
        shortages, kept = shortages.filter(item_id=item_id), kept.filter(item_id=item_id)
    elif quantity is not None:
        raise Invalid.field("/item_id", "field.missing")
    stocks = _locked(ctx, [*shortages, *kept])
    left = quantity
    # Read anew under the locks.
    for row in [*shortages.order_by("-id"), *kept.order_by("-id")]:
        part = row.quantity if left is None else min(left, row.quantity)
        if not part:
            break
        stock = stocks[row.item_id, row.store_id]
        if isinstance(row, Reservation):
            stock.reserved -= part
        elif part == row.quantity:
            emit(closed(row))
        lessen(row, part)
        left = None if left is None else left - part
    _give_on(ctx, stocks.values())


def _locked(ctx: Context, rows: Iterable[Reservation | Shortage]) -> dict[tuple[UUID, UUID], Stock]:
    pairs = {(row.item_id, row.store_id) for row in rows}
    items = find_items(ctx, {item_id for item_id, _ in pairs}, with_merged=True)
    stores = {s.id: s for s in Store.objects.of(ctx).filter(id__in={store_id for _, store_id in pairs})}
    posting = Posting(ctx, occasion(ctx, MovementKind.ISSUE))
    posting.lock((items[item_id], stores[store_id]) for item_id, store_id in pairs)
    return posting.stocks


def _give_on(ctx: Context, stocks: Iterable[Stock]) -> None:
    for stock in stocks:
        fill(ctx, stock)
        stock.save()
        about("inventory.store", stock.store_id)


def _lack(ctx: Context, stock: Stock, whose: Whose, quantity: Decimal) -> None:
    row = shortage_of(ctx, stock, whose.kind, whose.id)
    if row is None:
        row = Shortage(
            demand_kind=whose.kind, demand_id=whose.id, item_id=stock.item_id, store_id=stock.store_id,
            quantity=Decimal(0),
        )  # fmt: skip
    row.quantity += quantity
    row.label, row.needed_at = whose.label or row.label, whose.needed_at or row.needed_at
    row.save()
    emit(
        ShortageOpened(
            shortage_id=row.id, demand_kind=whose.kind, demand_id=whose.id, label=row.label, item_id=stock.item_id,
            store_id=stock.store_id, quantity=row.quantity,
        )
    )  # fmt: skip


def _standing(ctx: Context, stock: Stock, demand: Demand) -> Reserved:
    kept = reservation_of(ctx, stock, demand.kind, demand.id)
    lacking = shortage_of(ctx, stock, demand.kind, demand.id)
    return Reserved(
        kept.quantity if kept else rules.NOTHING, lacking.quantity if lacking else rules.NOTHING,
        lacking.id if lacking else None,
    )  # fmt: skip
