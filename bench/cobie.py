"""COBie workbooks in and out, beside bare reading and bare inserting of the same rows into the same tables.

`python bench/cobie.py FILE...`; without a file a made-up building with 16,000 attributes, and the public workbooks
where TRUNNION_DATA names their folder. Goals: the Duplex applied in 3 s, 16,000 attributes in 10 s (aim 3 s),
under 512 MiB.
"""

import io
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

ATTRIBUTES = int(os.environ.get("BENCH_ATTRIBUTES", "16000"))
GOAL_MIB = 512
Rows = dict[str, tuple[str, list[tuple[Any, ...]]]]


def made_up(folder: Path) -> Path:
    """A building with 400 pumps that have that many attributes between them."""
    from trunnion.integrations.cobie.tests.builders import MADE, building, packed

    sheets = building()
    pump = {**sheets["Component"][0], "Space": "R1"}
    sheets["Component"] = [{**pump, "Name": f"P-{n}", "ExtIdentifier": f"id-{n}"} for n in range(400)]
    sheets["System"] = []
    sheets["Attribute"] = [
        {
            **MADE, "Name": f"Property {n // 400}", "Category": "As built", "SheetName": "Component",
            "RowName": f"P-{n % 400}", "Value": n * 1.5 if n % 2 else f"value {n}", "Unit": "meters" if n % 2 else "n/a",
            "ExtSystem": "CAD", "ExtObject": "Pset_Pump", "ExtIdentifier": f"x-{n}", "Description": "A property",
            "AllowedValues": "n/a",
        }
        for n in range(ATTRIBUTES)
    ]  # fmt: skip
    path = folder / f"made-up-{ATTRIBUTES}-attributes.xlsx"
    path.write_bytes(packed(sheets))
    return path


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def peak() -> float:
    """The most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(file: Path, number: int) -> None:
    """Every figure of one workbook."""
    from trunnion.identity.commands import organisation
    from trunnion.integrations.cobie import exporter, importer
    from trunnion.kernel.context import Door, system
    from trunnion.kernel.ids import uuid7

    ctx = system(uuid7(), Door.IMPORT)
    organisation.found(
        ctx, name="Bench", owner_name="O", email=f"o{number}@bench.example", password=_place.PASSWORD
    )
    before = {table: {row[0] for row in rows} for table, (_, rows) in contents(ctx).items()}
    seconds, report = timed(lambda: importer.run(ctx, file))
    memory, rows = peak(), sum(count.rows for count in report.sheets.values())
    written = {
        table: (columns, [row for row in found if row[0] not in before.get(table, set())])
        for table, (columns, found) in contents(ctx).items()
    }
    again, second = timed(lambda: importer.run(ctx, file))
    moved = sum(count.new + count.changed for count in second.sheets.values())
    out, _ = timed(lambda: exporter.run(ctx, io.BytesIO()))
    put_away(ctx, {table: part for table, part in contents(ctx).items() if table in written}, before)
    plain, _ = timed(lambda: bare(ctx, file, written))
    stored = sum(len(part) for _, part in written.values())
    print(
        f"  {file.name}: {rows} rows of the workbook are {stored} rows of the database, {len(report.parked)} set aside"
    )
    show("import", seconds, rows, f"peak {memory:.0f} MiB{'' if memory < GOAL_MIB else '  OVER THE GOAL'}")
    show("reference: calamine + executemany", plain, rows, f"ratio {seconds / plain:.2f}")
    show("second import", again, rows, f"{moved} changes")
    show("export", out, rows, "")


def show(name: str, seconds: float, rows: int, more: str) -> None:
    """One figure."""
    print(f"    {name:<36} {seconds:7.2f} s  {rows / seconds:9.0f} rows/s  {more}", flush=True)


def contents(ctx: Any) -> Rows:
    """Every row of the organisation by table, as the database gives it, with the key first."""
    from django.apps import apps
    from django.db import connection, transaction

    from trunnion.kernel.journal import enter_organisation

    found: Rows = {}
    with transaction.atomic(), connection.cursor() as cursor:
        enter_organisation(ctx.organisation_id)
        for model in ordered(list(apps.get_models())):
            names = [f.column for f in model._meta.concrete_fields if not f.primary_key]
            if "organisation_id" not in names:
                continue
            listed = ", ".join(f'"{name}"' for name in (model._meta.pk.column, *names))
            table = model._meta.db_table
            cursor.execute(
                f'SELECT {listed} FROM "{table}" WHERE organisation_id = %s ORDER BY 1', [owner(ctx)]
            )
            found[table] = (listed, [tuple(map(plain_value, row)) for row in cursor.fetchall()])
    return found


def ordered(models: list[Any]) -> list[Any]:
    """The tables that are pointed at before those that point."""
    placed: list[Any] = []
    while models:
        ready = [
            m for m in models
            if all(f.related_model in (None, m) or f.related_model not in models for f in m._meta.concrete_fields)
        ]  # fmt: skip
        placed += ready or models[:1]
        models = [m for m in models if m not in placed]
    return placed


def owner(ctx: Any) -> Any:
    """The organisation as the database keeps it."""
    from django.db import connection

    return ctx.organisation_id if connection.vendor == "postgresql" else ctx.organisation_id.hex


def plain_value(value: Any) -> Any:
    """A value that can be sent back as it came."""
    if isinstance(value, dict | list):
        from trunnion.kernel.encoding import encode

        return encode(value).decode()
    return value


def put_away(ctx: Any, found: Rows, before: dict[str, set[Any]]) -> None:
    """Removes what the import wrote, so that the reference finds the tables as the import found them."""
    from django.db import connection, transaction

    from trunnion.kernel.journal import enter_organisation

    with transaction.atomic(), connection.cursor() as cursor:
        enter_organisation(ctx.organisation_id)
        for table, (columns, rows) in reversed(found.items()):
            key = columns.split(",")[0]
            gone = [(row[0],) for row in reversed(rows) if row[0] not in before.get(table, set())]
            cursor.executemany(f'DELETE FROM "{table}" WHERE {key} = %s', gone)


def bare(ctx: Any, file: Path, written: Rows) -> None:
    """What any import at least has to do: parse every cell, store every row."""
    import python_calamine
    from django.db import connection, transaction

    from trunnion.kernel.journal import enter_organisation

    book = python_calamine.CalamineWorkbook.from_path(str(file))
    for name in book.sheet_names:
        list(book.get_sheet_by_name(name).iter_rows())
    with transaction.atomic(), connection.cursor() as cursor:
        enter_organisation(ctx.organisation_id)
        for table, (columns, rows) in written.items():
            places = ", ".join(["%s"] * (columns.count(",") + 1))
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', rows)


def main() -> None:
    """Measures one database in this process, or starts itself once for each."""
    if len(sys.argv) < 2 or sys.argv[1] not in ("sqlite", "postgresql"):
        for database in _place.databases():
            os.spawnv(os.P_WAIT, sys.executable, [sys.executable, __file__, database, *sys.argv[1:]])
        return
    with _place.installation(sys.argv[1]) as env, tempfile.TemporaryDirectory() as folder:
        _place.in_process(env)
        files = [Path(name) for name in sys.argv[2:]]
        if not files:
            public = Path(os.environ.get("TRUNNION_DATA", "none")) / "cobie-duplex"
            files = [*sorted(public.glob("*.xlsx")), made_up(Path(folder))]
        print(f"{sys.argv[1]}:", flush=True)
        for number, file in enumerate(files):
            measure(file, number)


if __name__ == "__main__":
    main()
