"""How soon orders are found by a new name: a site, a customer and an asset are renamed under 100,000 orders.

The reference is the same number of orders saved one by one, as a thousand of them take.
"""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "server")]

from bench import _place

if TYPE_CHECKING:
    from uuid import UUID

    from trunnion.kernel.context import Context

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
ONE_BY_ONE = 1000


class Silent:
    """A job's progress that nobody looks at; it keeps the longest step, in which others wait for the writer."""

    def __init__(self) -> None:
        self.last, self.longest = time.perf_counter(), 0.0

    def __call__(self, _done: int, _total: int) -> None:
        """Notes how long a batch took."""
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now


def measure(database: str) -> None:
    """One database's figures."""
    from bench import _fill
    from trunnion.assets.commands import location
    from trunnion.kernel.database import reading
    from trunnion.work.commands.order import rewording

    ctx = _fill.found()
    _fill.assets(ctx, 5000)
    ids = _fill.orders(ctx, ROWS)
    with reading(ctx.organisation_id):
        rooms = _rooms(ctx)
    for words, told in (("first words", rooms), ("nothing to change", rooms)):
        progress: Any = Silent()
        start = time.perf_counter()
        changed = rewording.reword_all(ctx, progress, "assets.location", told)
        took = time.perf_counter() - start
        print(
            f"  {database:<11} {words:<18} {changed:>7} of {ROWS} orders in {took:6.1f} s, "
            f"{ROWS / took:7.0f}/s, longest batch {progress.longest * 1000:.0f} ms",
            flush=True,
        )
    location.edit(ctx, rooms[0], name="Boiler house")
    start = time.perf_counter()
    changed = rewording.reword_all(ctx, Silent(), "assets.location", rooms[:1])
    print(
        f"  {database:<11} one room of 100    {changed:>7} orders in {time.perf_counter() - start:6.2f} s",
        flush=True,
    )
    print(f"  {database:<11} saved one by one: {_one_by_one(ctx, ids):.0f}/s", flush=True)


def _rooms(ctx: "Context") -> list["UUID"]:
    from trunnion.kernel.policies import KINDS

    return list(KINDS["assets.location"].objects.of(ctx).order_by("id").values_list("id", flat=True))


def _one_by_one(ctx: "Context", ids: list["UUID"]) -> float:
    from trunnion.work.commands import order

    start = time.perf_counter()
    for row_id in ids[:ONE_BY_ONE]:
        order.edit(ctx, row_id, description="checked")
    return ONE_BY_ONE / (time.perf_counter() - start)


def main() -> int:
    """Measures one database in this process, or starts itself once for each."""
    if len(sys.argv) < 2:
        ends = [
            os.spawnv(os.P_WAIT, sys.executable, [sys.executable, __file__, d]) for d in _place.databases()
        ]
        return int(any(ends))
    with _place.installation(sys.argv[1]) as env:
        _place.in_process(env)
        measure(sys.argv[1])
        return 0


if __name__ == "__main__":
    sys.exit(main())
