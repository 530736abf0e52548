"""What labels are printed on: which cells a sheet has, and whether what was said of it can be."""

from collections.abc import Iterator
from decimal import Decimal

from trunnion.attach.labels.types import CodeSide, Content, Page, Roll, Sheet
from trunnion.kernel.errors import FieldError

PAGES: dict[Page, tuple[Decimal, Decimal]] = {
    Page.A4: (Decimal(210), Decimal(297)),
    Page.LETTER: (Decimal("215.9"), Decimal("279.4")),
}
# Vendors round to a tenth of a millimetre.
SLACK = Decimal("0.1")
# A symbol of 8 mm still has modules of two dots at 203 dpi.
LEAST_CODE = Decimal(8)
# The light zone around the symbol, as a part of its side: four modules of 41.
QUIET = Decimal("0.1")
BORDER_INSET = Decimal("0.5")
POINT = Decimal("0.352778")
# From one line of text to the next, in the size of its letters.
LEADING = Decimal("1.22")


def faults_of_sheet(sheet: Sheet) -> Iterator[FieldError]:
    """Where the labels do not fit on their sheet."""
    width, height = PAGES[sheet.page]
    across = sheet.columns * sheet.label_width + (sheet.columns - 1) * sheet.gap_x + sheet.margin_left
    down = sheet.rows * sheet.label_height + (sheet.rows - 1) * sheet.gap_y + sheet.margin_top
    # The field to blame is the one that alone would already be too much.
    if across > width + SLACK:
        named = "label_width" if sheet.label_width > width else "columns"
        yield FieldError(f"/sheet/{named}", "label.too_wide", {"needs": _mm(across), "has": _mm(width)})
    if down > height + SLACK:
        named = "label_height" if sheet.label_height > height else "rows"
        yield FieldError(f"/sheet/{named}", "label.too_high", {"needs": _mm(down), "has": _mm(height)})


def faults_of_content(stock: Sheet | Roll, content: Content) -> Iterator[FieldError]:
    """Where what shall stand on a label does not fit on it."""
    width, height = stock.label_width, stock.label_height
    edge = inset(content)
    code = content.code_mm
    if code and code < LEAST_CODE:
        yield FieldError("/content/code_mm", "label.code_too_small", {"least": _mm(LEAST_CODE)})
        return
    under = content.short_code_pt * POINT * LEADING if code else Decimal(0)
    if 2 * edge + max(code, Decimal(5)) > width or 2 * edge + code + under > height:
        least = f"{_mm(2 * edge + code)} × {_mm(2 * edge + code + under)}"
        yield FieldError("/content/code_mm", "label.code_too_large", {"least": least})
        return
    needs = content.logo_mm + sum((f.size_pt * POINT * LEADING for f in content.fields), Decimal(0))
    free = height - 2 * edge
    if content.code_side == CodeSide.TOP or not code:
        needs += code + under
    if needs > free:
        yield FieldError("/content/fields", "label.fields_too_high", {"needs": _mm(needs), "has": _mm(free)})
    beside = width - 2 * edge - code - quiet(content)
    if content.fields and code and content.code_side != CodeSide.TOP and beside < 5:
        yield FieldError("/content/fields", "label.no_room_beside", {"has": _mm(max(beside, Decimal(0)))})


def quiet(content: Content) -> Decimal:
    """How much light the symbol needs around it."""
    return content.code_mm * QUIET


def inset(content: Content) -> Decimal:
    """How far from the edge of the label things begin."""
    light = quiet(content) + (BORDER_INSET if content.has_border else 0)
    return max(content.padding_mm, light)


def per_page(stock: Sheet | Roll) -> int:
    """How many labels a page holds."""
    return stock.rows * stock.columns if isinstance(stock, Sheet) else 1


def page_size(stock: Sheet | Roll) -> tuple[Decimal, Decimal]:
    """Width and height of a page."""
    return PAGES[stock.page] if isinstance(stock, Sheet) else (stock.label_width, stock.label_height)


def corner(stock: Sheet | Roll, cell: int) -> tuple[Decimal, Decimal]:
    """The upper left corner of a cell, counted from 0 along the rows."""
    if isinstance(stock, Roll):
        return Decimal(0), Decimal(0)
    row, column = divmod(cell, stock.columns)
    return (
        stock.margin_left + column * (stock.label_width + stock.gap_x),
        stock.margin_top + row * (stock.label_height + stock.gap_y),
    )


def pages_of(stock: Sheet | Roll, labels: int, start: int) -> int:
    """How many pages so many labels take, the first of them at cell `start` (from 1)."""
    return -(-(labels + start - 1) // per_page(stock))


def _mm(length: Decimal) -> str:
    return f"{length.quantize(Decimal('0.1')):f} mm"
