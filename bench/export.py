"""A whole organisation of 100,000 orders out and in, beside a bare SELECT of the same orders written as JSON.

`BENCH_ORDERS` changes how many. Prints rows a second of the export, of the import and of the reference, and the most
memory that this process held. Goals: export at least 0.25 of the reference, under 512 MiB.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "server")]

from bench import _place

ORDERS = int(os.environ.get("BENCH_ORDERS", "100000"))
GOAL_RATIO, GOAL_MIB = 0.25, 512


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def peak() -> float:
    """The most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bare(path: Path, organisation_id: Any) -> int:
    """The reference: every column of every order, as the database gives it, as JSON lines."""
    import msgspec
    from django.db import connection, transaction

    from trunnion.kernel.journal import enter_organisation

    encode, count = msgspec.json.Encoder().encode, 0
    with path.open("wb") as out, transaction.atomic(), connection.cursor() as cursor:
        enter_organisation(organisation_id)
        cursor.execute("SELECT * FROM work_order ORDER BY id")
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(2000):
            for row in rows:
                out.write(encode(dict(zip(names, row, strict=True))) + b"\n")
            count += len(rows)
    return count


def measure(database: str, folder: Path) -> bool:
    """Every figure on one database; whether the goals are met."""
    from bench import _fill
    from trunnion.identity.commands import organisation
    from trunnion.integrations.moving import inward, outward
    from trunnion.kernel import removal

    ctx = _fill.found()
    _fill.assets(ctx, 5000)
    _fill.orders(ctx, ORDERS)
    filled = peak()
    seconds, count = timed(lambda: bare(folder / "bare.jsonl", ctx.organisation_id))
    path = folder / "export.zip"
    out, made = timed(lambda: outward.write(ctx, path, sign_ins=True))
    written = peak()
    removal.remove_rows(ctx.organisation_id)
    organisation.forget(ctx.organisation_id)
    back, found = timed(lambda: inward.read(path))
    reference, rate = count / seconds, made["rows"] / out
    print(f"{database}: {ORDERS} orders, {made['rows']} rows, {path.stat().st_size / 2**20:.1f} MiB packed")
    print(f"  bare SELECT to JSON {reference:10,.0f} rows/s")
    print(
        f"  export              {rate:10,.0f} rows/s   {rate / reference:.2f} of the reference (goal {GOAL_RATIO})"
    )
    print(f"  import              {found.rows / back:10,.0f} rows/s")
    print(
        f"  peak memory         {peak():10,.0f} MiB    filling {filled:.0f}, export {written:.0f} (goal {GOAL_MIB})"
    )
    return rate / reference >= GOAL_RATIO and peak() < GOAL_MIB


def main() -> int:
    """Both databases, each in a process of its own."""
    if len(sys.argv) > 1:
        with (
            _place.installation(sys.argv[1]) as env,
            tempfile.TemporaryDirectory(prefix="trunnion-bench-") as name,
        ):
            _place.in_process(env)
            return 0 if measure(sys.argv[1], Path(name)) else 1
    return max(
        os.spawnv(os.P_WAIT, sys.executable, [sys.executable, __file__, d]) for d in _place.databases()
    )


if __name__ == "__main__":
    sys.exit(main())
