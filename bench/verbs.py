"""Journalled verbs a second, beside two rows written by the ORM in one transaction; one client and sixteen.

Goal: at least 0.4 of the reference on both databases.
"""

import itertools
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "server")]

from bench import _place

if TYPE_CHECKING:
    from uuid import UUID

    from trunnion.kernel.context import Context

Work = Callable[[int, int], None]

SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))


def rate(work: Work, clients: int) -> float:
    """Calls a second over all clients."""
    from django.db import connection

    done, until = itertools.count(), time.perf_counter() + SECONDS

    def client(number: int) -> None:
        n = 0
        while time.perf_counter() < until:
            work(number, n)
            n += 1
            next(done)
        connection.close()

    threads = [threading.Thread(target=client, args=(i,)) for i in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return next(done) / SECONDS


def works(ctx: "Context", ids: list["UUID"]) -> tuple[Work, Work]:
    """Ours: a journalled verb that changes one row. The reference: that row and one more, by the ORM alone."""
    from django.db import models, transaction

    from trunnion.kernel import clock
    from trunnion.kernel.database import writing
    from trunnion.kernel.journal import enter_organisation
    from trunnion.kernel.models import RowChange
    from trunnion.work.commands.order import intake
    from trunnion.work.models import Order

    wanted = ["low", "normal", "high", "urgent"]

    def ours(client: int, n: int) -> None:
        intake.edit(ctx, ids[(client * 97 + n) % len(ids)], priority=wanted[(n + client) % 4])

    def reference(client: int, n: int) -> None:
        with writing(), transaction.atomic():
            enter_organisation(ctx.organisation_id)
            order = Order.objects.of(ctx).get(id=ids[(client * 97 + n) % len(ids)])
            order.title, order.changed_at = f"{client}-{n}", clock.now()
            models.Model.save(order, update_fields=["title", "changed_at"])
            extra = RowChange(
                organisation_id=ctx.organisation_id, entry_id=order.id, row_id=order.id, body="{}"
            )
            models.Model.save(extra, force_insert=True)

    return ours, reference


def measure(database: str) -> None:
    """Ours and the reference in turn, twice, so that a drifting machine shows."""
    from bench import _fill
    from trunnion.kernel.worker import Worker
    from trunnion.work.types import OrderState

    ctx = _fill.found()
    _fill.assets(ctx, 1000)
    ours, reference = works(ctx, _fill.orders(ctx, 2000, [OrderState.APPROVED]))
    # Sealing and delivery are part of what a verb costs, so a worker runs beside, for both alike.
    worker = Worker()
    worker.start()
    for clients in (1, 1, 16, 16):
        mine, theirs = rate(ours, clients), rate(reference, clients)
        print(
            f"  {database:<11} {clients:>2} client(s)  ours {mine:7.1f}/s   reference {theirs:7.1f}/s"
            f"   ratio {mine / theirs:.2f} (goal 0.40)",
            flush=True,
        )
    worker.stop()
    worker.join(5)


if __name__ == "__main__":
    _place.on_each(__file__, lambda database, _env: measure(database))
