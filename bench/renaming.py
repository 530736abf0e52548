"""What a new name costs where many are found by it: orders below a site, and a bulk edit of many names.

`python bench/renaming.py [sqlite|postgresql]`; BENCH_ORDERS says how many orders (100,000), BENCH_BULK how many names
are edited at once (10,000). Told are what the user waits for, what follows in the background, and into how many
deliveries; and what an order that is made meanwhile waits for, for the background must keep nobody out.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "server")]

from bench import _place

ORDERS = int(os.environ.get("BENCH_ORDERS", "100000"))
BULK = int(os.environ.get("BENCH_BULK", "10000"))
ASSETS = 20_000


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and the result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def settled(ctx: Any) -> tuple[float, int, float]:
    """Lets the background finish: its seconds, its jobs, and the longest that somebody else waited meanwhile."""
    from django.db import connection

    from trunnion.kernel.models import Job
    from trunnion.kernel.worker import seal_all, settle
    from trunnion.work.commands import order

    seal_all([ctx.organisation_id])
    before = Job.objects.exclude(state="ready").count()
    over, waits = threading.Event(), [0.0]

    def ask() -> None:
        while not over.wait(0.1):
            took, _ = timed(lambda: order.create(ctx, title="Meanwhile", kind="corrective"))
            waits.append(took)
        connection.close()

    asking = threading.Thread(target=ask)
    asking.start()
    took, _ = timed(lambda: settle([ctx.organisation_id], limit=100_000))
    over.set()
    asking.join()
    return took, Job.objects.exclude(state="ready").count() - before, max(waits)


def show(database: str, name: str, asked: float, background: tuple[float, int, float]) -> None:
    """One line of figures."""
    took, jobs, waited = background
    print(
        f"  {database:<11} {name:<44} answered {asked:6.1f} s, background {took:6.1f} s in {jobs} jobs,"
        f" an order meanwhile at most {waited * 1000:.0f} ms",
        flush=True,
    )


def measure(database: str) -> None:
    """One database's figures."""
    from bench import _fill
    from trunnion.assets.commands import location
    from trunnion.assets.models import Location
    from trunnion.kernel import bulk
    from trunnion.kernel.database import reading

    ctx = _fill.found()
    site = location.create(ctx, kind="site", name="Harbour").id
    ids = _fill.assets(ctx, ASSETS)
    with reading(ctx.organisation_id):
        path = Location.objects.of(ctx).get(id=site).path
        rooms = list(Location.objects.of(ctx).exclude(id=site))
    _stand_below(ctx, site, path, rooms)
    _fill.orders(ctx, ORDERS)
    settled(ctx)
    asked, _ = timed(lambda: location.edit(ctx, location_id=site, name="Waterfront"))
    show(database, f"a site with {ORDERS} orders below", asked, settled(ctx))
    edit = bulk.bulk_of("assets.asset.edit")
    asked, done = timed(lambda: bulk.apply(ctx, edit, ids[:BULK], {"tag": "T-1"}, bulk.quietly))
    show(database, f"{done.changed} tags at once", asked, settled(ctx))


def _stand_below(ctx: Any, site: Any, path: str, rooms: list[Any]) -> None:
    from django.db import transaction

    from trunnion.kernel import unit
    from trunnion.kernel.database import writing
    from trunnion.kernel.journal import enter_organisation

    with writing(), transaction.atomic(), unit.entered(unit.Unit(ctx, "assets.bench.fill")):
        enter_organisation(ctx.organisation_id)
        for room in rooms:
            room.path, room.parent_id, room.site_id = path + room.path.lstrip("/"), site, site
            room.save()


if __name__ == "__main__":
    _place.on_each(__file__, lambda database, _env: measure(database))
