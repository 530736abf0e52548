"""A whole organisation out and in, beside a bare SELECT of its largest tables written as JSON lines in the same run.

100,000 assets and 200,000 orders; `BENCH_SCALE=0.1` takes a tenth of both. Prints rows and MiB a second of the export,
of the import into an empty installation, which is a process of its own, and of the references (a bare SELECT to JSON
lines; a bare executemany of the same rows into empty tables without a check), and the most memory that each process
held. Goals: export at least 0.25 and import at least 0.15 of its reference, under 512 MiB.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "server")]

from bench import _place

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
ASSETS, ORDERS = int(100_000 * SCALE), int(200_000 * SCALE)
TABLES = ("assets_asset", "work_order")
GOAL_OUT, GOAL_IN, GOAL_MIB = 0.25, 0.15, 512


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def peak() -> float:
    """The most memory that this process has held so far, in MiB."""
    # What the kernel tells of a process's resources includes the peak of the one that it was started by.
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bare_out(path: Path, organisation_id: Any) -> int:
    """The reference of the export: every column of every row, as the database gives it, as JSON lines."""
    import msgspec
    from django.db import connection, transaction

    from trunnion.kernel.journal import enter_organisation

    encode, count = msgspec.json.Encoder().encode, 0
    for table in TABLES:
        with path.open("ab") as out, transaction.atomic(), connection.chunked_cursor() as cursor:
            enter_organisation(organisation_id)
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY id')
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(2000):
                for row in rows:
                    out.write(encode(dict(zip(names, row, strict=True))) + b"\n")
                count += len(rows)
    return count


def bare_in(organisation_id: Any) -> int:
    """The reference of the import: the same rows into tables of the same columns and indexes, without a check."""
    from django.db import connection, transaction

    from trunnion.kernel.database import writing
    from trunnion.kernel.journal import enter_organisation

    count = 0
    for table in TABLES:
        with (
            writing(), transaction.atomic(), connection.chunked_cursor() as source, connection.cursor() as cursor,
        ):  # fmt: skip
            enter_organisation(organisation_id)
            cursor.execute(f'CREATE TEMPORARY TABLE bare AS SELECT * FROM "{table}" WHERE 1 = 0')
            for number, name in enumerate(("id", "organisation_id", "number")):
                cursor.execute(f"CREATE INDEX bare_{number} ON bare ({name})")
            source.execute(f'SELECT * FROM "{table}" ORDER BY id')
            while rows := source.fetchmany(5000):
                places = ", ".join(["%s"] * len(rows[0]))
                took, _ = timed(lambda: cursor.executemany(f"INSERT INTO bare VALUES ({places})", rows))  # noqa: B023
                _TOOK.append(took)
                count += len(rows)
            cursor.execute("DROP TABLE bare")
    return count


_TOOK: list[float] = []


def told(name: str, rows: int, seconds: float, size: int, beside: float = 0) -> None:
    """One line: rows and MiB a second."""
    ratio = f"   {rows / seconds / beside:.2f} of its reference" if beside else ""
    print(
        f"  {name:<22} {rows / seconds:10,.0f} rows/s {size / 2**20 / seconds:8.1f} MiB/s {seconds:8.1f} s{ratio}",
        flush=True,
    )


def measure(database: str, folder: Path) -> bool:
    """Every figure on one database; whether the goals are met."""
    from bench import _fill
    from trunnion.integrations.moving import outward
    from trunnion.kernel.portable.container import Reader

    ctx = _fill.found()
    _fill.assets(ctx, ASSETS)
    _fill.orders(ctx, ORDERS)
    filled = peak()
    path, bare = folder / "export.zip", folder / "bare.jsonl"
    seconds, count = timed(lambda: bare_out(bare, ctx.organisation_id))
    out, made = timed(lambda: outward.write(ctx, path, sign_ins=True))
    written = peak()
    with Reader(path) as reader:
        size = sum(member["size"] for member in reader.members.values())
    print(
        f"{database}: {ASSETS} assets, {ORDERS} orders, {made['rows']} rows, {path.stat().st_size / 2**20:.1f} MiB packed"
    )
    told("bare SELECT to JSON", count, seconds, bare.stat().st_size)
    told("export", made["rows"], out, size, count / seconds)
    bare_in(ctx.organisation_id)
    told("bare executemany", count, sum(_TOOK), bare.stat().st_size)
    print(
        f"  peak memory: filling {filled:,.0f} MiB, export {written:,.0f} MiB (goal {GOAL_MIB})", flush=True
    )
    beside = count / sum(_TOOK)
    brought = subprocess.run(
        [sys.executable, __file__, database, str(path), str(size), str(beside)], check=False
    )
    return made["rows"] / out >= GOAL_OUT * count / seconds and written < GOAL_MIB and not brought.returncode


def bring(path: Path, size: int, beside: float) -> bool:
    """The import's figures; whether its goals are met."""
    from trunnion.integrations.moving import inward

    before = peak()
    took, found = timed(lambda: inward.read(path))
    told("import", found.rows, took, size, beside)
    print(f"  peak memory: before {before:,.0f} MiB, import {peak():,.0f} MiB (goal {GOAL_MIB})")
    return bool(found.rows / took >= GOAL_IN * beside and peak() < GOAL_MIB)


def main() -> int:
    """Both databases, each in a process of its own; an import is given the file, its size and the reference's rate."""
    if len(sys.argv) > 2:
        with _place.installation(sys.argv[1]) as env:
            _place.in_process(env)
            return 0 if bring(Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])) else 1
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
