"""One verb's movements on their way: stock is locked, taken out, put in, and written with its movements at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from trunnion.catalog.queries import find_items
from trunnion.catalog.types import ItemCard
from trunnion.identity.queries import get_organisation
from trunnion.inventory import rules
from trunnion.inventory.events import StockMoved
from trunnion.inventory.models import Balance, Bin, Lot, Movement, SerialUnit, Stock, Store
from trunnion.inventory.types import Moved, MovementKind, PlaceKind
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.unit import about, emit

from . import filling, period

Pair = tuple[UUID, UUID]
# Kind, id and label of what movements happen for.
Cause = tuple[str, UUID | None, str]
NO_CAUSE: Cause = ("", None, "")
# A device's clock may run ahead by this much.
SLACK = clock.minutes(5)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What movements are made for: by which verb, when, for whom, from whom."""

    kind: MovementKind
    at: datetime
    day: date
    currency: str
    cause_kind: str = ""
    cause_id: UUID | None = None
    cause_label: str = ""
    party_id: UUID | None = None
    remark: str = ""
    reverses: Movement | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One end of a movement."""

    kind: PlaceKind
    store: Store | None = None
    bin_id: UUID | None = None


@dataclass(slots=True)
class Portion:
    """What leaves or enters a store in one piece: of one bin, one lot, or one serial number."""

    quantity: Decimal
    value: Decimal
    bin_id: UUID | None = None
    lot: Lot | None = None
    serial: SerialUnit | None = None


@dataclass(slots=True)
class Posting:
    """The stocks that a verb has locked, as they will be, and its movements; `close` writes all of it."""

    ctx: Context
    occasion: Occasion
    stocks: dict[Pair, Stock] = field(default_factory=dict)
    grown: dict[Pair, None] = field(default_factory=dict)
    movements: list[Movement] = field(default_factory=list)
    _balances: dict[Pair, dict[str, Balance]] = field(default_factory=dict)

    def lock(self, pairs: Iterable[tuple[ItemCard, Store]]) -> None:
        """Locks the stocks of these items in these stores, always in the same order; makes those that are missing."""
        wanted = {(item.id, store.id): (item, store) for item, store in pairs}
        missing = sorted(wanted.keys() - self.stocks.keys())
        rows = Stock.objects.of(self.ctx).filter(
            item_id__in={item_id for item_id, _ in missing},
            store_id__in={store_id for _, store_id in missing},
        )
        for row in rows.select_for_update().order_by("item_id", "store_id"):
            if (row.item_id, row.store_id) in wanted:
                self.stocks[row.item_id, row.store_id] = row
        for pair in missing:
            if pair not in self.stocks:
                self.stocks[pair] = self._made(*wanted[pair])

    def _made(self, item: ItemCard, store: Store) -> Stock:
        try:
            with transaction.atomic():
                row = Stock(item_id=item.id, store=store, item_code=item.code)
                row.save()
                return row
        except IntegrityError:
            # Somebody else was quicker, and their row is there now.
            return Stock.objects.of(self.ctx).select_for_update().get(item_id=item.id, store_id=store.id)

    def stock(self, item: ItemCard, store: Store) -> Stock:
        """The locked stock of an item in a store."""
        if (item.id, store.id) not in self.stocks:
            self.lock([(item, store)])
        return self.stocks[item.id, store.id]

    def balances(self, stock: Stock) -> dict[str, Balance]:
        """What lies in which bin and of which lot; changed by whoever holds the stock's lock only."""
        pair = (stock.item_id, stock.store_id)
        if pair not in self._balances:
            rows = (
                Balance.objects.of(self.ctx).filter(item_id=pair[0], store_id=pair[1]).select_related("lot")
            )
            self._balances[pair] = {row.slot: row for row in rows.order_by("id")}
        return self._balances[pair]

    def put_in(self, item: ItemCard, store: Store, portion: Portion) -> None:
        """Puts a portion into a store."""
        stock = self.stock(item, store)
        slot = slot_of(portion.bin_id, portion.lot.id if portion.lot else None)
        balances = self.balances(stock)
        if slot not in balances:
            balances[slot] = Balance(
                item_id=item.id, store=store, bin_id=portion.bin_id, lot=portion.lot, slot=slot
            )
        balance = balances[slot]
        balance.on_hand += portion.quantity
        stock.on_hand += portion.quantity
        stock.value += portion.value
        if portion.lot is not None:
            balance.value += portion.value
        if portion.serial is not None:
            portion.serial.store, portion.serial.bin_id = store, portion.bin_id
            portion.serial.value = portion.value
            portion.serial.save()
        self.grown[item.id, store.id] = None

    def move(self, item: ItemCard, portion: Portion, source: Place, target: Place) -> None:
        """Notes a movement."""
        said = self.occasion
        self.movements.append(
            Movement.fresh(
                movement_kind=said.kind, moved_at=said.at, item_id=item.id, lot=portion.lot, serial=portion.serial,
                from_kind=source.kind, from_store=source.store, from_bin_id=source.bin_id, to_kind=target.kind,
                to_store=target.store, to_bin_id=target.bin_id, quantity=portion.quantity, value=portion.value,
                currency=said.currency, party_id=said.party_id, cause_kind=said.cause_kind, cause_id=said.cause_id,
                cause_label=said.cause_label, remark=said.remark, recorded_by_id=self.ctx.actor_id,
                recorded_by_name=self.ctx.actor_name, reverses=said.reverses,
            )
        )  # fmt: skip

    def close(self) -> Moved:
        """Writes everything; what came in goes first to those who lack it."""
        for pair in self.grown:
            filling.fill(self.ctx, self.stocks[pair])
        for balances in self._balances.values():
            for balance in balances.values():
                balance.save()
        for stock in self.stocks.values():
            stock.save()
        if self.movements:
            Movement.objects.bulk_create(self.movements)
            self._announce()
        quantity = sum((m.quantity for m in self.movements), rules.NOTHING)
        value = sum((m.value for m in self.movements), rules.NOTHING)
        return Moved([m.id for m in self.movements], quantity, value, self.occasion.currency)

    def _announce(self) -> None:
        said = self.occasion
        stores = {s for m in self.movements for s in (m.from_store_id, m.to_store_id) if s is not None}
        emit(
            StockMoved(
                movement=str(said.kind), item_ids=sorted({m.item_id for m in self.movements}),
                store_ids=sorted(stores), cause_kind=said.cause_kind, cause_id=said.cause_id,
            )
        )  # fmt: skip


def slot_of(bin_id: UUID | None, lot_id: UUID | None) -> str:
    """Bin and lot as one text."""
    return f"{bin_id.hex if bin_id else '-'}:{lot_id.hex if lot_id else '-'}"


def occasion(
    ctx: Context, kind: MovementKind, at: datetime | None = None, *, cause: Cause = NO_CAUSE,
    party_id: UUID | None = None, remark: str = "", reverses: Movement | None = None,
) -> Occasion:  # fmt: skip
    """What a verb's movements have in common; refuses an instant ahead of the clock or in a closed period."""
    own = get_organisation(ctx.organisation_id)
    now = clock.now()
    if at is not None and at > now + SLACK:
        raise Invalid.field("/at", "stock.in_future", now=now)
    when = at or now
    day = when.astimezone(ZoneInfo(own.zone)).date()
    if at is not None:
        # What happens now is never in a closed period: only days that are over are closed.
        closed = period.closed_through(ctx)
        if closed is not None and day <= closed:
            raise Invalid.field("/at", "stock.period_closed", through_on=closed)
    kind_of, row_id, label = cause
    return Occasion(kind, when, day, own.currency, kind_of, row_id, label, party_id, remark, reverses)


def open_store(ctx: Context, store_id: UUID, pointer: str = "/store_id") -> Store:
    """The store, which must be in use; what the verb does is about it."""
    rows = Store.objects.of(ctx).filter(id=store_id)
    found = rows.first()
    if found is None:
        raise Invalid.field(pointer, "reference_unknown", kind=Store.kind)
    if not found.is_active:
        raise Invalid.field(pointer, "store.closed", name=found.name)
    about(Store.kind, found.id)
    return found


def bins_of(ctx: Context, store: Store, asked: Iterable[tuple[str, UUID | None]]) -> None:
    """Refuses a bin that is not this store's, or is out of use; each with the pointer of its field."""
    listed = [(pointer, bin_id) for pointer, bin_id in asked if bin_id is not None]
    if not listed:
        return
    known = {
        row.id: row for row in Bin.objects.of(ctx).filter(store_id=store.id, id__in={b for _, b in listed})
    }
    for pointer, bin_id in listed:
        if bin_id not in known:
            raise Invalid.field(pointer, "bin.not_in_store", store=store.name)
        if not known[bin_id].is_active:
            raise Invalid.field(pointer, "bin.closed", code_of=known[bin_id].code)


def items_of(
    ctx: Context, asked: Iterable[tuple[str, UUID]], *, with_merged: bool = True
) -> dict[UUID, ItemCard]:
    """The items by their ids; refuses the first that is not there, with the pointer of its field.

    What was merged keeps its stock, which is used up under its own code; nothing new comes in under it.
    """
    listed = list(asked)
    found = find_items(ctx, {item_id for _, item_id in listed}, with_merged=with_merged)
    for pointer, item_id in listed:
        if item_id not in found:
            raise Invalid.field(pointer, "reference_unknown", kind="catalog.item")
    return found


def not_enough(item: ItemCard, store: Store, stock: Stock) -> Refusal:
    """The refusal that says what there is and how much of it is kept for others."""
    return Refusal(
        "stock.not_enough", item=item.code, store=store.name, on_hand=stock.on_hand, reserved=stock.reserved,
        available=stock.on_hand - stock.reserved,
    )  # fmt: skip
