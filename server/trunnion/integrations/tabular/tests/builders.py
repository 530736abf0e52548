"""Makes what tests of tables need: files of rows, and an import looked through."""

import csv
import io
from pathlib import Path
from typing import Any

import xlsxwriter

from trunnion.attach.commands import file as files
from trunnion.integrations.commands import import_run, table, undo
from trunnion.integrations.models import ImportRun
from trunnion.integrations.queries import get_import
from trunnion.integrations.tabular import preview
from trunnion.integrations.tabular.types import Layout, Mapping
from trunnion.integrations.types import ImportKind
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading

Rows = list[list[str]]


def csv_of(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Rows as a file of text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Sheets as a workbook; days as days, numbers as numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for at, value in enumerate(row):
                sheet.write(line, at, value)
    book.close()
    return out.getvalue()


def brought(
    ctx: Context, content: bytes, target: str, name: str = "table.csv", mapping: Mapping | None = None,
    layout: Layout | None = None,
) -> ImportRun:  # fmt: skip
    """An import of this content, looked through (jobs run at once in tests)."""
    stored = files.store(ctx, name, [content])
    made = import_run.create(ctx, file_id=stored.id, kind=ImportKind.TABLE, target=target, layout=layout)
    import_run.check(ctx, import_id=made.id)
    if mapping is not None:
        table.map_(ctx, import_id=made.id, mapping=mapping)
    return fresh(ctx, made.id)


def applied(ctx: Context, run: ImportRun) -> ImportRun:
    """The import, written."""
    import_run.apply(ctx, import_id=run.id)
    return fresh(ctx, run.id)


def undone(ctx: Context, run: ImportRun) -> ImportRun:
    """The import, taken back."""
    undo.undo(ctx, import_id=run.id)
    return fresh(ctx, run.id)


def fresh(ctx: Context, import_id: Any) -> ImportRun:
    """The import as it stands."""
    with reading(ctx.organisation_id):
        return ImportRun.objects.of(ctx).get(id=import_id)


def rows_of(ctx: Context, run: ImportRun, verdict: str = "") -> list[dict[str, Any]]:
    """The rows of an import as the preview shows them."""
    with reading(ctx.organisation_id):
        return list(preview.get_rows(ctx, run.id, verdict, limit=500)["rows"])


def reasons(ctx: Context, run: ImportRun) -> dict[int, list[tuple[str, str]]]:
    """Field and code of every error by row."""
    return {
        row["number"]: [(r["field"], r["code"]) for r in row["reasons"] if r["severity"] == "error"]
        for row in rows_of(ctx, run, "error")
    }


def detail(ctx: Context, run: ImportRun) -> dict[str, Any]:
    """The import as the console shows it."""
    with reading(ctx.organisation_id):
        return get_import(ctx, run.id)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """New, changed, the same, set aside."""
    return run.new, run.changed, run.same, run.errors


def stored(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    """Content as a file."""
    path = folder / name
    path.write_bytes(content)
    return path
