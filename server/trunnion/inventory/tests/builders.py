"""Makes what tests of inventory and of the rooms above need: stores with bins, items with stock, demands."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum

from trunnion.catalog.tests.builders import made_item
from trunnion.identity.tests.builders import Tenant
from trunnion.inventory.commands import bins, reservation, stock, store, use
from trunnion.inventory.models import Balance, Consumption, Movement, Reservation, Shortage, Stock
from trunnion.inventory.types import Demand, Moved, ReceiptLine, Reserved
from trunnion.kernel.context import Context
from trunnion.kernel.ids import uuid7
from trunnion.kernel.journal import enter_organisation

NEED = "work.part"


def need(label: str = "WO-000001", **facts: Any) -> Demand:
    """Somebody who needs something."""
    return Demand(NEED, facts.pop("id", None) or uuid7(), label, **facts)


class Depot:
    """An organisation with a central store with two bins, a van, and a bearing counted by the piece."""

    def __init__(self, tenant: Tenant) -> None:
        enter_organisation(tenant.id)
        self.tenant = tenant
        self.owner: Context = tenant.owner
        self.store = store.create(self.owner, code="C1", name="Central").id
        self.van = store.create(self.owner, code="V1", name="Van 1", kind="van").id
        self.shelf = bins.create(self.owner, store_id=self.store, code="A-01").id
        self.drawer = bins.create(self.owner, store_id=self.store, code="A-02").id
        self.bearing = made_item(self.owner, "Bearing 6204", code="B-6204")

    def item(self, code: str, **facts: Any) -> UUID:
        """Another item."""
        return made_item(self.owner, code, code=code, **facts)

    def receive(
        self, quantity: str | int = 10, cost: str | None = "2", item: UUID | None = None, **facts: Any
    ) -> Moved:
        """Goods come in, to the central store unless said otherwise."""
        store_id = facts.pop("store_id", self.store)
        said = {
            name: facts.pop(name) for name in ("party_id", "at", "cause_label", "remark") if name in facts
        }
        price = None if cost is None else Decimal(cost)
        line = ReceiptLine(item or self.bearing, Decimal(quantity), price, **facts)
        return stock.receive(self.owner, store_id, lines=[line], **said)

    def reserve(
        self, demand: Demand, quantity: str | int, item: UUID | None = None, **facts: Any
    ) -> Reserved:
        """Keeps stock of the central store for a demand."""
        store_id = facts.pop("store_id", self.store)
        return reservation.reserve(
            self.owner, demand, item or self.bearing, store_id, Decimal(quantity), **facts
        )

    def issue(self, demand: Demand, quantity: str | int, item: UUID | None = None, **facts: Any) -> Moved:
        """Hands stock of the central store to a demand."""
        store_id = facts.pop("store_id", self.store)
        return use.issue(self.owner, demand, item or self.bearing, store_id, Decimal(quantity), **facts)

    def give_back(self, demand: Demand, quantity: str | int, item: UUID | None = None, **facts: Any) -> Moved:
        """A demand gives back to the central store what it did not need."""
        store_id = facts.pop("store_id", self.store)
        return use.return_(self.owner, demand, item or self.bearing, store_id, Decimal(quantity), **facts)

    def level(self, item: UUID | None = None, store_id: UUID | None = None) -> tuple[str, str, str]:
        """On hand, reserved and value, as texts that are easy to read."""
        rows = Stock.objects.of(self.owner).filter(
            item_id=item or self.bearing, store_id=store_id or self.store
        )
        row = rows.first()
        return tuple(f"{v:f}" for v in (row.on_hand, row.reserved, row.value)) if row else ("0", "0", "0")

    def rows(self, model: Any) -> list[Any]:
        """All rows of a table."""
        return list(model.objects.of(self.owner).order_by("id"))


def check_books(ctx: Context, item_id: UUID | None = None) -> None:
    """What follows from movements is exactly what they say, in every store, bin and lot, for every demand."""
    moves = Movement.objects.of(ctx)
    which = {} if item_id is None else {"item_id": item_id}
    for row in Stock.objects.of(ctx).filter(**which):
        came = moves.filter(item_id=row.item_id, to_store_id=row.store_id).aggregate(
            q=Sum("quantity"), v=Sum("value")
        )
        went = moves.filter(item_id=row.item_id, from_store_id=row.store_id).aggregate(
            q=Sum("quantity"), v=Sum("value")
        )
        assert row.on_hand == (came["q"] or 0) - (went["q"] or 0)
        assert row.value == (came["v"] or 0) - (went["v"] or 0)
        kept = Reservation.objects.of(ctx).filter(item_id=row.item_id, store_id=row.store_id)
        assert row.reserved == (kept.aggregate(q=Sum("quantity"))["q"] or 0)
        assert 0 <= row.reserved <= row.on_hand
        lying = Balance.objects.of(ctx).filter(item_id=row.item_id, store_id=row.store_id)
        assert row.on_hand == (lying.aggregate(q=Sum("on_hand"))["q"] or 0)
        lotted = lying.filter(lot__isnull=False).aggregate(v=Sum("value"))["v"] or 0
        assert lotted <= row.value
        assert row.on_hand or not row.value, "nothing is worth nothing"
        assert row.value == row.value.quantize(Decimal("0.01"))
        lacked = Shortage.objects.of(ctx).filter(item_id=row.item_id, store_id=row.store_id)
        assert row.on_hand == row.reserved or not lacked.exists(), "nobody lacks what is free"
    for drawn in Consumption.objects.of(ctx).filter(**which):
        own = moves.filter(cause_kind=drawn.demand_kind, cause_id=drawn.demand_id, item_id=drawn.item_id)
        own = own.filter(lot_id=drawn.lot_id, serial_id=drawn.serial_id)
        out = own.filter(to_kind="demand").aggregate(q=Sum("quantity"), v=Sum("value"))
        back = own.filter(from_kind="demand").aggregate(q=Sum("quantity"), v=Sum("value"))
        assert drawn.quantity == (out["q"] or 0) - (back["q"] or 0)
        assert drawn.value == (out["v"] or 0) - (back["v"] or 0)
