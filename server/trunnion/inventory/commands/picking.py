"""What exactly leaves a store: which bins, lots and serial numbers, and what they are worth."""

from datetime import date
from decimal import Decimal

from trunnion.catalog.types import ItemCard, TrackedBy
from trunnion.inventory import rules
from trunnion.inventory.models import Balance, SerialUnit, Stock, Store
from trunnion.inventory.types import Pick
from trunnion.kernel.errors import Invalid, Refusal

from .posting import Portion, Posting, not_enough, slot_of

# What never expires is taken last.
NEVER = date.max


def take_out(
    posting: Posting, item: ItemCard, store: Store, quantity: Decimal, pick: Pick, *, is_within: bool = False,
    may_be_expired: bool = True,
) -> list[Portion]:  # fmt: skip
    """Takes a quantity out of a store, never what is kept for others; `is_within` moves it inside of the store."""
    stock = posting.stock(item, store)
    free = stock.on_hand if is_within else stock.on_hand - stock.reserved
    if quantity > free:
        raise not_enough(item, store, stock)
    if item.tracked_by == TrackedBy.SERIAL:
        portions = _by_serial(posting, item, store, stock, quantity, pick)
    else:
        portions = _by_balance(posting, item, store, stock, quantity, pick, may_be_expired)
    stock.on_hand -= quantity
    stock.value -= sum((p.value for p in portions), rules.NOTHING)
    return portions


def take_back(
    posting: Posting, item: ItemCard, store: Store, portion: Portion, *, is_within: bool = False
) -> Portion:
    """Takes out exactly what was put in by mistake, at what it brought as far as that is still there."""
    stock = posting.stock(item, store)
    if portion.quantity > (stock.on_hand if is_within else stock.on_hand - stock.reserved):
        raise not_enough(item, store, stock)
    lot_id = portion.lot.id if portion.lot else None
    balance = posting.balances(stock).get(slot_of(portion.bin_id, lot_id))
    if balance is None or balance.on_hand < portion.quantity:
        raise Refusal(
            "stock.moved_on",
            item=item.code,
            left=balance.on_hand if balance else 0,
            quantity=portion.quantity,
        )
    if portion.serial is not None:
        _leave(portion.serial, store)
    pool = balance.value if lot_id else stock.value - _lotted(posting, stock)
    left = balance.on_hand if lot_id else _loose(posting, stock)
    value = rules.reversed_value(portion.value, pool, left - portion.quantity)
    balance.on_hand -= portion.quantity
    if lot_id:
        balance.value -= value
    stock.on_hand -= portion.quantity
    stock.value -= value
    return Portion(portion.quantity, value, portion.bin_id, portion.lot, portion.serial)


def _by_balance(
    posting: Posting, item: ItemCard, store: Store, stock: Stock, quantity: Decimal, pick: Pick, may_be_expired: bool
) -> list[Portion]:  # fmt: skip
    if pick.serials:
        raise Invalid.field("/serials", "stock.has_no_serials", item=item.code)
    fitting = [b for b in posting.balances(stock).values() if _fits(b, pick)]
    if not may_be_expired:
        fitting = _unexpired(posting, item, fitting, pick)
    there = sum((b.on_hand for b in fitting), rules.NOTHING)
    if there < quantity:
        raise Refusal(
            "stock.not_enough_there", item=item.code, store=store.name, there=there, quantity=quantity
        )
    fitting.sort(key=lambda b: ((b.lot.expires_on if b.lot else None) or NEVER, b.id))
    loose_value, loose = stock.value - _lotted(posting, stock), _loose(posting, stock)
    portions = []
    for balance in fitting:
        part = min(balance.on_hand, quantity)
        if balance.lot_id is not None:
            value = rules.share(balance.value, balance.on_hand, part, posting.occasion.currency)
            balance.value -= value
        else:
            value = rules.share(loose_value, loose, part, posting.occasion.currency)
            loose_value, loose = loose_value - value, loose - part
        balance.on_hand -= part
        quantity -= part
        portions.append(Portion(part, value, balance.bin_id, balance.lot))
        if not quantity:
            break
    return portions


def _fits(balance: Balance, pick: Pick) -> bool:
    if balance.on_hand <= 0 or (pick.bin_id is not None and balance.bin_id != pick.bin_id):
        return False
    return not pick.lot or (balance.lot is not None and balance.lot.code == pick.lot)


def _unexpired(posting: Posting, item: ItemCard, fitting: list[Balance], pick: Pick) -> list[Balance]:
    day = posting.occasion.day
    fresh = [b for b in fitting if b.lot is None or b.lot.expires_on is None or b.lot.expires_on >= day]
    if pick.lot and fitting and not fresh:
        lot = fitting[0].lot
        raise Invalid.field(
            "/lot", "stock.lot_expired", item=item.code, lot=pick.lot, on=lot and lot.expires_on
        )
    return fresh


def _lotted(posting: Posting, stock: Stock) -> Decimal:
    """What the lots of a stock are worth together; the rest has one moving average."""
    return sum((b.value for b in posting.balances(stock).values() if b.lot_id is not None), rules.NOTHING)


def _loose(posting: Posting, stock: Stock) -> Decimal:
    return sum((b.on_hand for b in posting.balances(stock).values() if b.lot_id is None), rules.NOTHING)


def _by_serial(
    posting: Posting, item: ItemCard, store: Store, stock: Stock, quantity: Decimal, pick: Pick
) -> list[Portion]:
    if len(pick.serials) != quantity or len(set(pick.serials)) != len(pick.serials):
        raise Invalid.field("/serials", "stock.serials_needed", item=item.code, quantity=quantity)
    rows = SerialUnit.objects.of(posting.ctx).filter(
        item_id=item.id, code__in=pick.serials, store_id=store.id
    )
    known = {row.code: row for row in rows}
    balances = posting.balances(stock)
    portions = []
    for code in pick.serials:
        unit = known.get(code)
        if unit is None or (pick.bin_id is not None and unit.bin_id != pick.bin_id):
            raise Invalid.field("/serials", "stock.serial_not_here", serial=code, store=store.name)
        balances[slot_of(unit.bin_id, None)].on_hand -= 1
        portions.append(Portion(Decimal(1), unit.value, unit.bin_id, None, unit))
        _leave(unit, store)
    return portions


def _leave(unit: SerialUnit, store: Store) -> None:
    if unit.store_id != store.id:
        raise Invalid.field("/serials", "stock.serial_not_here", serial=unit.code, store=store.name)
    unit.store = None
    unit.bin = None
    unit.save()
