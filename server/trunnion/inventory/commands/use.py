"""What a demand draws and gives back; a room above calls these inside its own verbs, and keeps what it cost."""

from decimal import Decimal
from uuid import UUID

from trunnion.catalog.types import ItemCard
from trunnion.inventory import rules
from trunnion.inventory.models import Consumption
from trunnion.inventory.types import Demand, Moved, MovementKind, Pick, PlaceKind, Quantity, Serials
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.inputs import Instant, Line

from .filling import lessen, reservation_of
from .picking import take_out
from .posting import Place, Portion, Posting, bins_of, items_of, occasion, open_store

DEMAND = Place(PlaceKind.DEMAND)


@command("inventory.stock.issue")
def issue(
    ctx: Context, demand: Demand, item_id: UUID, store_id: UUID, quantity: Quantity, bin_id: UUID | None = None,
    lot: Line = "", serials: Serials = (), at: Instant | None = None, remark: Line = "",
) -> Moved:  # fmt: skip
    """Hands stock to a demand: what was kept for it first, then what nobody has reserved; the cost is frozen."""
    store = open_store(ctx, store_id)
    item = items_of(ctx, [("/item_id", item_id)])[item_id]
    bins_of(ctx, store, [("/bin_id", bin_id)])
    rules.check_whole(item.unit, quantity, "/quantity")
    cause = (demand.kind, demand.id, demand.label)
    posting = Posting(ctx, occasion(ctx, MovementKind.ISSUE, at, cause=cause, remark=remark))
    stock = posting.stock(item, store)
    kept = reservation_of(ctx, stock, demand.kind, demand.id)
    if kept is not None:
        used = min(kept.quantity, quantity)
        stock.reserved -= used
        lessen(kept, used)
    pick = Pick(bin_id, lot, serials)
    for portion in take_out(posting, item, store, quantity, pick, may_be_expired=False):
        _draw(ctx, demand, item, portion)
        posting.move(item, portion, Place(PlaceKind.STORE, store, portion.bin_id), DEMAND)
    return posting.close()


@command("inventory.stock.return")
def return_(
    ctx: Context, demand: Demand, item_id: UUID, store_id: UUID, quantity: Quantity, bin_id: UUID | None = None,
    lot: Line = "", serials: Serials = (), at: Instant | None = None, remark: Line = "",
) -> Moved:  # fmt: skip
    """Takes back into stock what a demand did not use, at what it had cost."""
    store = open_store(ctx, store_id)
    item = items_of(ctx, [("/item_id", item_id)])[item_id]
    bins_of(ctx, store, [("/bin_id", bin_id)])
    rules.check_whole(item.unit, quantity, "/quantity")
    cause = (demand.kind, demand.id, demand.label)
    posting = Posting(ctx, occasion(ctx, MovementKind.RETURN, at, cause=cause, remark=remark))
    posting.stock(item, store)
    for portion in _undraw(posting, demand, item, quantity, Pick(bin_id, lot, serials)):
        posting.put_in(item, store, portion)
        posting.move(item, portion, DEMAND, Place(PlaceKind.STORE, store, portion.bin_id))
    return posting.close()


def _draw(ctx: Context, demand: Demand, item: ItemCard, portion: Portion) -> None:
    """Adds a portion to what the demand holds."""
    mark = portion.lot or portion.serial
    slot = mark.id.hex if mark else "-"
    rows = Consumption.objects.of(ctx).filter(demand_id=demand.id, demand_kind=demand.kind, item_id=item.id)
    row = rows.filter(slot=slot).select_for_update().first() or Consumption(
        demand_kind=demand.kind,
        demand_id=demand.id,
        item_id=item.id,
        lot=portion.lot,
        serial=portion.serial,
        slot=slot,
    )
    row.quantity += portion.quantity
    row.value += portion.value
    row.save()


def _undraw(posting: Posting, demand: Demand, item: ItemCard, quantity: Decimal, pick: Pick) -> list[Portion]:
    """Takes a quantity from what the demand holds; of the lot or the serial numbers that are named."""
    rows = Consumption.objects.of(posting.ctx).filter(
        demand_id=demand.id, demand_kind=demand.kind, item_id=item.id, quantity__gt=0
    )
    if pick.lot:
        rows = rows.filter(lot__code=pick.lot)
    held = list(rows.select_for_update(of=("self",)).select_related("lot", "serial").order_by("-id"))
    if pick.serials or any(row.serial_id for row in held):
        if len(set(pick.serials)) != quantity:
            raise Invalid.field("/serials", "stock.serials_needed", item=item.code, quantity=quantity)
        held = [row for row in held if row.serial is not None and row.serial.code in pick.serials]
    there = sum((row.quantity for row in held), rules.NOTHING)
    if there < quantity:
        raise Refusal("stock.not_drawn", item=item.code, drawn=there, quantity=quantity)
    portions = []
    for row in held:
        part = min(row.quantity, quantity)
        value = rules.share(row.value, row.quantity, part, posting.occasion.currency)
        row.quantity -= part
        row.value -= value
        row.save()
        portions.append(Portion(part, value, pick.bin_id, row.lot, row.serial))
        quantity -= part
        if not quantity:
            break
    return portions
