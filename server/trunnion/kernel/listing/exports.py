"""A listing as a CSV or XLSX file, made by a job with progress; cells are safe in spreadsheets."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import xlsxwriter
from django.conf import settings

from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, NotGranted, NotVisible
from trunnion.kernel.jobs import Progress, enqueue, every, task
from trunnion.kernel.words import say

from . import page
from .columns import LISTINGS, Column, Listing, Type

FORMATS = ("csv", "xlsx")
BETWEEN = "; "
STEP = 500
# A cell that begins so is run as a formula by spreadsheets.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
# What a sheet and a cell of a workbook can hold.
SHEET_ROWS = 1_048_575
CELL_LENGTH = 32_767
# Spreadsheets take 1900 for a leap year, so that their days are sure from the next on.
FIRST_YEAR = 1901


class Queued(msgspec.Struct, frozen=True):
    """A job that was queued."""

    job_id: UUID


def write(
    ctx: Context,
    listing: Listing,
    ask: page.Ask,
    path: Path,
    format_: str,
    progress: Callable[[int, int], None],
) -> int:
    """Writes all matching rows to `path`; returns how many."""
    with reading(ctx.organisation_id):
        total = page.matching(ctx, listing, ask).count()
        listing = page.laid_out(ctx, listing, ask)
    shown = page.shown(listing, ask.columns, for_file=True)
    ask = replace(ask, columns=",".join(c.key for c in shown))
    rows = _rows(ctx, listing, ask, shown, lambda done: progress(done, total))
    writer = _csv if format_ == "csv" else _xlsx
    return writer(path, [_head(ctx, listing, c, format_) for c in shown], rows)


def _head(ctx: Context, listing: Listing, column: Column, format_: str) -> str:
    if column.label is None:
        label = say(f"column.{listing.name}.{column.key}", ctx.language)
    else:
        label = column.label[ctx.language]
    # A cell of a workbook cannot say in which zone its time is told, so its heading does.
    unit = ctx.zone if column.type == Type.INSTANT and format_ == "xlsx" else column.unit
    return f"{label} ({unit})" if unit else label


def _rows(
    ctx: Context, listing: Listing, ask: page.Ask, shown: list[Column], told: Callable[[int], None]
) -> Iterator[list[Any]]:
    cursor, done = None, 0
    while True:
        with reading(ctx.organisation_id):
            found = page.page(ctx, listing, replace(ask, cursor=cursor, limit=STEP, count="none"))
        for row in found["rows"]:
            yield [_cell(ctx, c, row[c.key]) for c in shown]
        done += len(found["rows"])
        told(done)
        cursor = found["next"]
        if cursor is None:
            return


def _cell(ctx: Context, column: Column, value: Any) -> Any:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return _joined([str(_cell(ctx, column, one)) for one in value])
    if column.options:
        return next((o.label[ctx.language] for o in column.options if o.value == value), value)
    if column.type == Type.CHOICE and column.words:
        return say(f"{column.words}.{value}", ctx.language)
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(ctx.zone))
    if isinstance(value, bool):
        return say(f"bool.{str(value).lower()}", ctx.language)
    return str(value) if isinstance(value, UUID) else value


def _joined(texts: list[str]) -> str:
    """Several values in one cell, parted by a sign that names seldom have; of too many, as many whole ones as fit."""
    length = kept = 0
    for text in texts:
        length += len(text) + len(BETWEEN)
        if length - len(BETWEEN) > CELL_LENGTH:
            break
        kept += 1
    return BETWEEN.join(texts[:kept])


def _text(value: Any) -> Any:
    """A cell of a file of text: instants with their distance from UTC, nothing that a spreadsheet would run."""
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(_DANGEROUS) else value


def _csv(path: Path, head: list[str], rows: Iterator[list[Any]]) -> int:
    count = 0
    # The mark at the beginning makes spreadsheets read Chinese.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(head)
        for row in rows:
            out.writerow([_text(value) for value in row])
            count += 1
    return count


def _xlsx(path: Path, head: list[str], rows: Iterator[list[Any]]) -> int:
    count = 0
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    instants = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = _sheet(book, head)
    for row in rows:
        line = count % SHEET_ROWS + 1
        if count and line == 1:
            sheet = _sheet(book, head)
        count += 1
        for index, value in enumerate(row):
            if isinstance(value, date) and _is_told_by_a_cell(value):
                is_instant = isinstance(value, datetime)
                told = value.replace(microsecond=0, tzinfo=None) if isinstance(value, datetime) else value
                sheet.write_datetime(line, index, told, instants if is_instant else days)
            elif isinstance(value, (int, float, Decimal)):
                sheet.write_number(line, index, float(value))
            else:
                text = value.isoformat() if isinstance(value, date) else str(value)
                sheet.write_string(line, index, text[:CELL_LENGTH])
    book.close()
    return count


def _is_told_by_a_cell(value: date) -> bool:
    """Whether a workbook can hold the day or the wall clock's time, and means one instant by it."""
    if value.year < FIRST_YEAR:
        return False
    is_twice = (
        isinstance(value, datetime) and value.utcoffset() != value.replace(fold=1 - value.fold).utcoffset()
    )
    return not is_twice


def _sheet(book: Any, head: list[str]) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for index, text in enumerate(head):
        sheet.write_string(0, index, text)
    return sheet


def path_of(job_id: UUID) -> Path:
    """Where a job's file lies."""
    return settings.ENVIRONMENT.folder("exports") / str(job_id)


@command("kernel.export.request", open_to_all=True)
def request(
    ctx: Context, listing: str, format: str, filter: str | None = None, search: str | None = None,
    sort: str | None = None, columns: str | None = None,
) -> Queued:  # fmt: skip
    """Queues a file of a listing; what is asked is checked at once, the right to it here and again by the job."""
    declared = LISTINGS.get(listing)
    if declared is None:
        raise NotVisible
    if not ctx.may(declared.permission):
        raise NotGranted(declared.permission)
    if format not in FORMATS:
        raise Invalid.field("/format", "listing.format_unknown", known=list(FORMATS))
    asked = {"filter": filter, "search": search, "sort": sort, "columns": columns}
    page.check(ctx, declared, page.Ask(filter=filter, search=search, sort=sort, columns=columns))
    return Queued(enqueue(ctx, "kernel.export", listing=listing, format=format, **asked))


@task("kernel.export")
def export(ctx: Context, progress: Progress, listing: str, format: str, **asked: Any) -> dict[str, Any]:
    """Writes a listing into a file, with the rights that its originator has at the time."""
    declared = LISTINGS[listing]
    if not ctx.may(declared.permission):
        raise NotGranted(declared.permission)
    ask = page.Ask(**asked)
    rows = write(ctx, declared, ask, path_of(progress.job.id), format, progress)
    return {"name": f"{listing}-{clock.today(ctx.zone)}.{format}", "rows": rows}


@every(timedelta(hours=6), "kernel.exports.sweep")
def sweep(_progress: Progress) -> int:
    """Removes files that were made more than a day ago."""
    old = [
        p
        for p in settings.ENVIRONMENT.folder("exports").iterdir()
        if p.stat().st_mtime < clock.now().timestamp() - 86_400
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
