"""What becomes free goes to those who lack it: the one who needs it first comes first."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from trunnion.inventory.events import ReservationFilled, ShortageClosed
from trunnion.inventory.models import Reservation, Shortage, Stock
from trunnion.kernel.context import Context
from trunnion.kernel.unit import emit


@dataclass(frozen=True, slots=True)
class Whose:
    """The demand that something is kept for."""

    kind: str
    id: UUID
    label: str
    needed_at: datetime | None


def fill(ctx: Context, stock: Stock) -> None:
    """Reserves what is free of a locked stock for those who lack it; the caller writes the stock."""
    free = stock.on_hand - stock.reserved
    if free <= 0:
        return
    waiting = Shortage.objects.of(ctx).filter(item_id=stock.item_id, store_id=stock.store_id)
    for shortage in waiting.order_by(F("needed_at").asc(nulls_last=True), "id"):
        part = min(free, shortage.quantity)
        whose = Whose(shortage.demand_kind, shortage.demand_id, shortage.label, shortage.needed_at)
        keep(ctx, stock, whose, part)
        free -= part
        shortage.quantity -= part
        _filled(shortage, part)
        if not free:
            break


def keep(ctx: Context, stock: Stock, whose: Whose, quantity: Decimal) -> None:
    """Keeps a part of a locked stock for a demand."""
    row = reservation_of(ctx, stock, whose.kind, whose.id)
    if row is None:
        row = Reservation(
            demand_kind=whose.kind, demand_id=whose.id, item_id=stock.item_id, store_id=stock.store_id,
            quantity=Decimal(0),
        )  # fmt: skip
    row.quantity += quantity
    row.label, row.needed_at = whose.label or row.label, whose.needed_at or row.needed_at
    row.save()
    stock.reserved += quantity


def reservation_of(ctx: Context, stock: Stock, kind: str, row_id: UUID) -> Reservation | None:
    """What a demand has of a stock."""
    rows = Reservation.objects.of(ctx).filter(item_id=stock.item_id, store_id=stock.store_id)
    found: Reservation | None = rows.filter(demand_id=row_id, demand_kind=kind).first()
    return found


def shortage_of(ctx: Context, stock: Stock, kind: str, row_id: UUID) -> Shortage | None:
    """What a demand lacks of an item in a store."""
    rows = Shortage.objects.of(ctx).filter(item_id=stock.item_id, store_id=stock.store_id)
    found: Shortage | None = rows.filter(demand_id=row_id, demand_kind=kind).first()
    return found


def lessen(row: Reservation | Shortage, quantity: Decimal) -> None:
    """Takes a part off; a row that stands for nothing goes."""
    row.quantity -= quantity
    if row.quantity > 0:
        row.save()
    else:
        row.delete()


def closed(shortage: Shortage) -> ShortageClosed:
    """The fact that nothing is lacking any more."""
    return ShortageClosed(
        shortage_id=shortage.id, demand_kind=shortage.demand_kind, demand_id=shortage.demand_id,
        item_id=shortage.item_id, store_id=shortage.store_id,
    )  # fmt: skip


def _filled(shortage: Shortage, part: Decimal) -> None:
    left = shortage.quantity
    emit(
        ReservationFilled(
            demand_kind=shortage.demand_kind, demand_id=shortage.demand_id, item_id=shortage.item_id,
            store_id=shortage.store_id, quantity=part, short=left,
        )
    )  # fmt: skip
    if left > 0:
        shortage.save()
        return
    emit(closed(shortage))
    shortage.delete()
