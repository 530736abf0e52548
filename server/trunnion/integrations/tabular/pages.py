"""The rows of an import as they are kept: in pages of some hundred, read and written page by page."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from trunnion.integrations.models import ImportPage, ImportRun
from trunnion.kernel.context import Context

from .types import Staged, Verdict

PAGE = 500
_decoder = msgspec.json.Decoder(list[Staged])
COLUMNS = {
    Verdict.NEW: "new", Verdict.CHANGED: "changed", Verdict.SAME: "same", Verdict.ERROR: "error",
    Verdict.LEFT_OUT: "left_out",
}  # fmt: skip


def rows_of(page: ImportPage) -> list[Staged]:
    """The rows of a page."""
    return _decoder.decode(page.body)


def body_of(rows: list[Staged]) -> str:
    """Rows as they are kept."""
    return msgspec.json.encode(rows).decode()


def put(page: ImportPage, rows: list[Staged]) -> None:
    """Writes rows into a page and counts them."""
    page.body = body_of(rows)
    counts = Counter(row.verdict for row in rows)
    for verdict, column in COLUMNS.items():
        setattr(page, column, counts[verdict])


def each(ctx: Context, run: ImportRun, **narrow: int) -> Iterator[ImportPage]:
    """The pages of an import, one in memory at a time."""
    numbers = (
        ImportPage.objects.of(ctx)
        .filter(run_id=run.id, **narrow)
        .order_by("page")
        .values_list("page", flat=True)
    )
    for number in list(numbers):
        yield ImportPage.objects.of(ctx).get(run_id=run.id, page=number)


def cells(ctx: Context, run: ImportRun) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of every row that is not left out."""
    for page in each(ctx, run):
        for row in rows_of(page):
            if row.verdict != Verdict.LEFT_OUT:
                yield row.number, row.cells


def portions(rows: Iterable[tuple[int, list[str]]]) -> Iterator[list[Staged]]:
    """Rows in portions of a page."""
    portion: list[Staged] = []
    for number, row in rows:
        portion.append(Staged(number, row))
        if len(portion) == PAGE:
            yield portion
            portion = []
    if portion:
        yield portion
