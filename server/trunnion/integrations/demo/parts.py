"""The parts of a demo: a central store, one at the site, a van; spare lists, stock, and orders that need some."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from trunnion.catalog.commands import item, spare
from trunnion.catalog.types import ItemLine, SpareLine
from trunnion.inventory.commands import bins, stock, store
from trunnion.inventory.types import ReceiptLine, StoreKind
from trunnion.kernel.database import reading
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.listing.page import Ask, page
from trunnion.work.commands import part

from .ground import Stage

OPEN = '{"field": "state", "op": "in", "value": ["approved", "planned", "dispatched", "accepted", "in_progress"]}'
WAITING = '{"field": "waiting_reason", "op": "eq", "value": "parts"}'
# Of this part nothing is in any store.
LACKING, STOCKED = 5, 5
SPARES_OF_EACH = 2
ORDERS = 6


@dataclass(frozen=True, slots=True)
class Spare:
    """A part that most trades use: its name, what it costs, how many lie in the central store."""

    code: str
    name: str
    price: str
    count: int
    specification: str = ""


SPARES = (
    Spare("BRG-6204", "深沟球轴承 Deep groove ball bearing", "18.50", 24, "6204-2RS"),
    Spare("BRG-6308", "深沟球轴承 Deep groove ball bearing", "46.00", 8, "6308-ZZ"),
    Spare("SEAL-032", "机械密封 Mechanical seal", "268.00", 3, "32 mm"),
    Spare("BELT-A42", "三角皮带 V-belt", "22.00", 16, "A42"),
    Spare("FLT-G4", "初效过滤器 Pre-filter G4", "65.00", 30, "592x592x46"),
    Spare("FLT-F7", "中效过滤器 Bag filter F7", "180.00", 0, "592x592x600"),
    Spare("CTR-32", "交流接触器 Contactor 32 A", "135.00", 6, "220 V AC"),
    Spare("FUSE-10", "熔断器 Fuse 10 A", "6.50", 60, "10x38"),
    Spare("OIL-46", "液压油 Hydraulic oil", "15.80", 80, "ISO VG 46"),
    Spare("SNS-PT", "温度传感器 Temperature sensor", "96.00", 5, "Pt100"),
)


def put(stage: Stage, dice: random.Random, told: Callable[[str], None]) -> None:
    """Opens the stores, fills them, and plans parts for some of the orders that are open now."""
    ids = _items(stage)
    stores = _stores(stage)
    _receive(stage, ids, stores)
    planned = _plan(stage, ids, dice)
    told(f"  parts 备件: {len(SPARES)}, stores 仓库: {len(stores)}, planned on orders 工单备件: {planned}")


def _items(stage: Stage) -> list[UUID]:
    lines = [ItemLine(s.name, code=s.code, specification=s.specification) for s in SPARES]
    ids = item.ensure_many(stage.owner, lines=lines).ids
    spares = [
        SpareLine(model_id, ids[(number + step * 3) % len(ids)], Decimal(1 + step))
        for number, model_id in enumerate(stage.models.values())
        for step in range(SPARES_OF_EACH)
    ]
    spare.ensure_many(stage.owner, lines=spares)
    return ids


def _stores(stage: Stage) -> list[UUID]:
    """A central store, one at the first site, and the first engineer's van."""
    owner, place = stage.owner, stage.plan.places[0]
    central = store.create(owner, code="C1", name="中心备件库 Central store").id
    site = store.create(
        owner, code="S1", name="现场备件库 Site store", kind=StoreKind.SITE, location_id=stage.places[0],
        lon=place.lon, lat=place.lat,
    ).id  # fmt: skip
    keeper = next(iter(stage.resources.values()), None)
    van = store.create(owner, code="V1", name="维修车 Van 1", kind=StoreKind.VAN, resource_id=keeper).id
    for code in ("A-01", "A-02", "B-01"):
        bins.create(owner, store_id=central, code=code)
    return [central, site, van]


def _receive(stage: Stage, ids: list[UUID], stores: list[UUID]) -> None:
    full = [
        ReceiptLine(row, Decimal(s.count), Decimal(s.price))
        for row, s in zip(ids, SPARES, strict=True)
        if s.count
    ]
    few = [ReceiptLine(line.item_id, Decimal(2), line.unit_cost) for line in full[:5]]
    supplier = next(iter(stage.parties.values()))
    for number, (store_id, lines) in enumerate(zip(stores, (full, few, few[:2]), strict=True), 1001):
        paper = f"DN-{number}"
        stock.receive(stage.owner, store_id, lines=lines, party_id=supplier, cause_label=paper)


def _plan(stage: Stage, ids: list[UUID], dice: random.Random) -> int:
    """Parts for some open orders; the one that waits for parts lacks what is in no store."""
    owner = stage.owner
    with reading(owner.organisation_id):
        waiting = page(owner, LISTINGS["work.orders"], Ask(filter=WAITING, limit=1))["rows"]
        rows = page(owner, LISTINGS["work.orders"], Ask(filter=OPEN, limit=ORDERS))["rows"]
    for row in waiting:
        part.plan(owner, UUID(str(row["id"])), ids[LACKING], Decimal(1))
    for number, row in enumerate(rows):
        made = part.plan(owner, UUID(str(row["id"])), ids[dice.randrange(STOCKED)], Decimal(1 + number % 2))
        if row["state"] == "in_progress" and made.reserved:
            part.issue(owner, made.id)
    return len(waiting) + len(rows)
