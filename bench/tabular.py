"""A table of assets in, again and back, beside bare reading and bare inserting of the same rows.

`python bench/tabular.py [sqlite|postgresql]`; BENCH_ROWS says how many rows (100,000). Goal: under 512 MiB, 1,500 rows
for each second of this process on SQLite. Beside the seconds by the clock stand those of the processor: they do not
depend on who else keeps the machine busy, or less.
"""

import csv
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

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
GOAL_MIB = 512
FIELDS = (
    "tag", "name", "serial", "model_id", "location_id", "installed_on", "state", "price", "currency", "description",
)  # fmt: skip
TABLES = ("assets_asset", "assets_assetmove", "assets_installation", "assets_qrcode")


def made_up(folder: Path) -> Path:
    """A Chinese asset register in GB18030: 40 models, 500 rooms."""
    path = folder / "assets.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            ["位号", "设备名称", "序列号", "型号", "安装位置", "安装日期", "使用状态", "原值", "币种", "备注"]
        )
        for n in range(ROWS):
            place = f"一厂区 > {n % 20 + 1}号楼 > {n % 500 // 20 + 1}号泵房"
            day = f"202{n % 5}年{n % 12 + 1}月{n % 28 + 1}日"
            out.writerow(
                [
                    f"EQ-{n:06d}",
                    f"离心泵 {n}",
                    f"SN{n:08d}",
                    f"IS{n % 40}",
                    place,
                    day,
                    "在用",
                    n % 9000,
                    "CNY",
                    f"第{n}台",
                ]
            )
    return path


def timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Seconds by the clock and of the processor, and the result."""
    began, busy = time.perf_counter(), time.process_time()
    result = work()
    return (time.perf_counter() - began, time.process_time() - busy), result


def peak() -> float:
    """The most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(name: str, took: tuple[float, float], more: str = "") -> None:
    """One figure."""
    seconds, busy = took
    print(
        f"    {name:<30} {seconds:7.1f} s {ROWS / seconds:8.0f} rows/s  processor {busy:7.1f} s {ROWS / busy:8.0f} rows/s  {more}",
        flush=True,
    )


def measure(file: Path) -> None:
    """Every figure of one database."""
    from trunnion.identity.commands import organisation
    from trunnion.integrations.tabular import importer
    from trunnion.integrations.tabular.types import ColumnUse, Mapping
    from trunnion.kernel.context import Door, system
    from trunnion.kernel.ids import uuid7

    ctx = system(uuid7(), Door.IMPORT)
    organisation.found(ctx, name="Bench", owner_name="O", email="o@bench.example", password=_place.PASSWORD)
    made = ("model_id", "location_id")
    mapping = Mapping(
        tuple(ColumnUse(at, name, may_create=name in made) for at, name in enumerate(FIELDS)), match_on="tag"
    )
    print(
        f"  {ROWS} assets from {file.stat().st_size >> 20} MiB of GB18030 text, memory before: {peak():.0f} MiB"
    )
    dry, _ = timed(lambda: importer.run(ctx, file, "assets", mapping, dry_run=True))
    show("looked through", dry, f"peak {peak():.0f} MiB")
    took, report = timed(lambda: importer.run(ctx, file, "assets", mapping))
    memory = peak()
    over = "" if memory < GOAL_MIB else "  OVER THE GOAL"
    show(
        "looked through and written",
        took,
        f"peak {memory:.0f} MiB{over}; {report.run.new} new, {report.run.errors} bad",
    )
    again, second = timed(lambda: importer.run(ctx, file, "assets", mapping))
    show("again", again, f"{second.run.new + second.run.changed} changes, peak {peak():.0f} MiB")
    undone_and_bare(ctx, file, took[1], report.run.id)


def undone_and_bare(ctx: Any, file: Path, busy: float, import_id: Any) -> None:
    """What taking it back costs, and the least that any import has to do."""
    from trunnion.integrations import takeback
    from trunnion.integrations.commands import undo
    from trunnion.integrations.tabular import staging

    undo.begin_undo(ctx, import_id=import_id)
    rows = contents(ctx)
    back, _ = timed(lambda: takeback.undo(ctx, staging.get_run(ctx, import_id), lambda _done, _total: None))
    undone = staging.get_run(ctx, import_id).undone or {}
    show("taken back", back, f"{undone.get('removed')} rows removed, {len(undone.get('kept', []))} kept")
    plain, stored = timed(lambda: bare(ctx, file, rows))
    show("reference: csv + executemany", plain, f"{stored} rows stored; ratio {busy / plain[1]:.1f}")


def contents(ctx: Any) -> dict[str, tuple[str, list[tuple[Any, ...]]]]:
    """The rows that the import wrote, as the database gives them."""
    from django.db import connection, transaction

    from trunnion.kernel.journal import enter_organisation

    found = {}
    with transaction.atomic(), connection.cursor() as cursor:
        enter_organisation(ctx.organisation_id)
        for name in TABLES:
            cursor.execute(f'SELECT * FROM "{name}"')
            columns = ", ".join(f'"{column[0]}"' for column in cursor.description)
            found[name] = (columns, cursor.fetchall())
    return found


def bare(ctx: Any, file: Path, rows: dict[str, tuple[str, list[tuple[Any, ...]]]]) -> int:
    """What any import at least has to do: parse every cell, store every row."""
    from django.db import connection, transaction

    from trunnion.kernel.journal import enter_organisation

    with file.open(encoding="gb18030", newline="") as source:
        for _ in csv.reader(source):
            pass
    with transaction.atomic(), connection.cursor() as cursor:
        enter_organisation(ctx.organisation_id)
        # Where the rows pointed is gone: only the cost of storing them is asked here.
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for name, (columns, lines) in rows.items():
            places = ", ".join(["%s"] * (columns.count(",") + 1))
            cursor.execute(f'CREATE TEMP TABLE "bare_{name}" AS SELECT * FROM "{name}" LIMIT 0')
            cursor.executemany(f'INSERT INTO "bare_{name}" ({columns}) VALUES ({places})', lines)
    return sum(len(lines) for _, lines in rows.values())


def main() -> None:
    """Measures one database in this process, or starts itself once for each."""
    if len(sys.argv) < 2 or sys.argv[1] not in ("sqlite", "postgresql"):
        for database in _place.databases():
            os.spawnv(os.P_WAIT, sys.executable, [sys.executable, __file__, database, *sys.argv[1:]])
        return
    with _place.installation(sys.argv[1]) as env, tempfile.TemporaryDirectory() as folder:
        _place.in_process(env)
        print(f"{sys.argv[1]}:", flush=True)
        measure(made_up(Path(folder)))


if __name__ == "__main__":
    main()
