"""Stock under contention and at size, on both databases.

Reserving and issuing the last parts of one item by many clients, beside the same rows written by bare statements in one
transaction (goal: at least 0.3 of it), and exact at the end. Then the availability of 50 items over 20 stores in one
query where the ledger has a million movements (`BENCH_MOVEMENTS` for fewer), beside bare SQL.
"""

import itertools
import os
import sys
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "server")]

from bench import _place

if TYPE_CHECKING:
    from uuid import UUID

    from trunnion.kernel.context import Context

SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
CLIENTS = int(os.environ.get("BENCH_CLIENTS", "64"))
OPERATIONS = int(os.environ.get("BENCH_OPERATIONS", "10000"))
MOVEMENTS = int(os.environ.get("BENCH_MOVEMENTS", "1000000"))
ITEMS, STORES, LINES, PARTS, TRIES = 1000, 20, 50, 100, 30
Work = Callable[[], None]


def together(client: Work, clients: int) -> float:
    """Lets so many do the same at once; answers how long they took."""
    from django.db import connection

    def one() -> None:
        client()
        connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=one) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def rate(work: Work, clients: int) -> float:
    """Calls a second over all clients."""
    done, until = itertools.count(), time.perf_counter() + SECONDS

    def client() -> None:
        while time.perf_counter() < until:
            work()
            next(done)

    together(client, clients)
    return next(done) / SECONDS


def ours(ctx: "Context", item_id: "UUID", store_id: "UUID") -> Work:
    """One part reserved and issued: two journalled verbs."""
    from trunnion.inventory.commands import reservation, use
    from trunnion.inventory.types import Demand
    from trunnion.kernel.ids import uuid7

    def draw() -> None:
        wanted = Demand("bench.need", uuid7(), "bench")
        reservation.reserve(ctx, wanted, item_id, store_id, Decimal(1))
        use.issue(ctx, wanted, item_id, store_id, Decimal(1))

    return draw


def reference(ctx: "Context", item_id: "UUID", store_id: "UUID") -> Work:
    """The rows of both verbs, written bare in two transactions."""
    from django.db import connection, models, transaction

    from trunnion.inventory.models import Movement, Stock
    from trunnion.kernel import clock
    from trunnion.kernel.database import writing
    from trunnion.kernel.journal import enter_organisation
    from trunnion.kernel.models import RowChange

    def step(change: Decimal) -> None:
        with writing(), transaction.atomic():
            enter_organisation(ctx.organisation_id)
            rows, now = Stock.objects.of(ctx).filter(item_id=item_id, store_id=store_id), clock.now()
            row = (rows.select_for_update() if connection.vendor == "postgresql" else rows).get()
            row.on_hand, row.changed_at = row.on_hand - change, now
            models.Model.save(row, update_fields=["on_hand", "changed_at"])
            made = Movement(
                organisation_id=ctx.organisation_id, movement_kind="issue", moved_at=now, item_id=item_id,
                from_kind="store", from_store_id=store_id, to_kind="demand", quantity=Decimal(1), value=Decimal(1),
                currency="EUR", created_at=now, changed_at=now,
            )  # fmt: skip
            models.Model.save(made, force_insert=True)
            extra = RowChange(
                organisation_id=ctx.organisation_id, entry_id=made.id, row_id=made.id, body="{}"
            )
            models.Model.save(extra, force_insert=True)

    def draw() -> None:
        step(Decimal(0))
        step(Decimal(1))

    return draw


def contended(ctx: "Context", item_id: "UUID", store_id: "UUID", database: str) -> None:
    """Many clients on a hundred parts: exactly a hundred get one."""
    from trunnion.inventory.models import Stock
    from trunnion.kernel.database import reading

    taken, refused = itertools.count(), itertools.count()
    numbers = itertools.count()

    def client() -> None:
        while (number := next(numbers)) < OPERATIONS:
            next(taken if drawn(ctx, item_id, store_id, is_reserved=bool(number % 2)) else refused)

    took = together(client, CLIENTS)
    got, no = next(taken), next(refused)
    with reading(ctx.organisation_id):
        row = Stock.objects.of(ctx).get(item_id=item_id, store_id=store_id)
        rest = (row.on_hand, row.reserved, row.value)
    assert (got, no, rest) == (PARTS, OPERATIONS - PARTS, (0, 0, 0)), (got, no, rest)
    print(
        f"  {database:<11} {CLIENTS} clients, {OPERATIONS} draws on {PARTS} parts: exact, {OPERATIONS / took:.0f}/s",
        flush=True,
    )


def drawn(ctx: "Context", item_id: "UUID", store_id: "UUID", *, is_reserved: bool) -> bool:
    """Whether somebody got a part, reserved first or taken at once."""
    from trunnion.inventory.commands import reservation, use
    from trunnion.inventory.types import Demand
    from trunnion.kernel.errors import Refusal
    from trunnion.kernel.ids import uuid7

    wanted = Demand("bench.need", uuid7(), "bench")
    try:
        if is_reserved:
            reservation.reserve(ctx, wanted, item_id, store_id, Decimal(1), may_be_short=False)
        use.issue(ctx, wanted, item_id, store_id, Decimal(1))
    except Refusal:
        return False
    return True


def fill(ctx: "Context") -> list["UUID"]:
    """A ledger of its size: items, stores, and movements past the verbs, because only their number matters."""
    from django.db import transaction

    from trunnion.catalog.models import Item
    from trunnion.inventory.models import Stock, Store
    from trunnion.kernel import clock, statistics, writer
    from trunnion.kernel.database import writing
    from trunnion.kernel.ids import uuid7
    from trunnion.kernel.journal import enter_organisation

    now = clock.now()
    base = {"organisation_id": ctx.organisation_id, "created_at": now, "changed_at": now}
    items = [
        Item(id=uuid7(), code=f"P-{n:05}", name=f"Part {n}", name_key=f"part {n}", item_kind="spare", **base)
        for n in range(ITEMS)
    ]
    stores = [
        Store(code=f"S-{n:02}", name=f"Store {n}", name_key=f"s{n:02}", store_kind="central", **base)
        for n in range(STORES)
    ]
    stocks = [
        Stock(item_id=i.id, store_id=s.id, item_code=i.code, on_hand=Decimal(50), value=Decimal(50), **base)
        for i in items for s in stores
    ]  # fmt: skip
    with writing(), transaction.atomic():
        enter_organisation(ctx.organisation_id)
        for model, rows in ((Item, items), (Store, stores), (Stock, stocks)):
            writer.insert_many(model, rows)
    _movements(ctx, [i.id for i in items], [s.id for s in stores])
    statistics.gather()
    return [item.id for item in items]


def _movements(ctx: "Context", items: list["UUID"], stores: list["UUID"]) -> None:
    from django.db import transaction

    from trunnion.inventory.models import Movement
    from trunnion.kernel import clock, writer
    from trunnion.kernel.database import writing
    from trunnion.kernel.journal import enter_organisation

    now = clock.now()
    base = {"organisation_id": ctx.organisation_id, "created_at": now, "changed_at": now}
    for start in range(0, MOVEMENTS, 20_000):
        moves = [
            Movement(
                movement_kind="receive", moved_at=now, item_id=items[n % ITEMS], from_kind="supplier", to_kind="store",
                to_store_id=stores[n % STORES], quantity=Decimal(1), value=Decimal(1), currency="EUR", **base,
            )
            for n in range(start, min(start + 20_000, MOVEMENTS))
        ]  # fmt: skip
        with writing(), transaction.atomic():
            enter_organisation(ctx.organisation_id)
            writer.insert_many(Movement, moves)


def available(ctx: "Context", ids: list["UUID"], database: str) -> None:
    """What 20 stores have of 50 items, by our query and by bare SQL."""
    from django.db import connection

    from trunnion.inventory.queries import in_stores
    from trunnion.kernel.database import reading

    asked = ids[:: len(ids) // LINES][:LINES]
    shown = [i.hex if connection.vendor == "sqlite" else i for i in asked]
    statement = (
        "SELECT item_id, store_id, on_hand - reserved FROM inventory_stock WHERE organisation_id = %s"
        f" AND on_hand > 0 AND item_id IN ({', '.join(['%s'] * len(shown))})"
    )
    own = ctx.organisation_id.hex if connection.vendor == "sqlite" else ctx.organisation_id

    def bare() -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, [own, *shown])
            return len(cursor.fetchall())

    with reading(ctx.organisation_id):
        assert len(in_stores(ctx, asked)) == bare() == LINES * STORES
        mine, theirs = _took(lambda: in_stores(ctx, asked)), _took(bare)
    print(
        f"  {database:<11} {LINES} items in {STORES} stores, {MOVEMENTS} movements: ours {mine * 1000:.1f} ms"
        f"   bare SQL {theirs * 1000:.1f} ms   ratio {mine / theirs:.1f}",
        flush=True,
    )


def _took(work: Callable[[], object]) -> float:
    times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)


def measure(database: str) -> None:
    """All of it on one database."""
    from bench import _fill
    from trunnion.catalog.commands import item
    from trunnion.inventory.commands import stock, store
    from trunnion.inventory.types import ReceiptLine
    from trunnion.kernel.worker import Worker

    ctx = _fill.found()
    store_id = store.create(ctx, code="C1", name="Central").id
    few, many = (item.create(ctx, name=name, kind="spare").id for name in ("Few", "Many"))
    lines = [
        ReceiptLine(few, Decimal(PARTS), Decimal(2)),
        ReceiptLine(many, Decimal(100_000_000), Decimal(1)),
    ]
    stock.receive(ctx, store_id, lines=lines)
    worker = Worker()
    worker.start()
    contended(ctx, few, store_id, database)
    for clients in (1, 16):
        mine = rate(ours(ctx, many, store_id), clients)
        theirs = rate(reference(ctx, many, store_id), clients)
        print(
            f"  {database:<11} {clients:>2} client(s)  reserve + issue {mine:6.1f}/s   reference {theirs:6.1f}/s"
            f"   ratio {mine / theirs:.2f} (goal 0.30)",
            flush=True,
        )
    worker.stop()
    worker.join(5)
    available(ctx, fill(ctx), database)


if __name__ == "__main__":
    _place.on_each(__file__, lambda database, _env: measure(database))
