"""A printed sheet, as pixels at 300 dpi, is read by a decoder that is not ours, soiled over 15 % of each symbol."""

import random
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from trunnion.attach.labels.pages import Run, calibration, pdf_of
from trunnion.attach.labels.rules.stock import corner
from trunnion.attach.labels.symbol import modules
from trunnion.attach.labels.types import CodeSide, Page

from .builders import content, labels, naming, roll, sheet

DPI = 300
SOILED = 0.15
# The finder patterns with their light rim: without one of these three no decoder knows that there is a symbol.
FINDER = 8


def pictures(made: bytes) -> list[Image.Image]:
    """The pages of a PDF as a printer would set their dots."""
    document = pypdfium2.PdfDocument(made)
    found = [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    document.close()
    return found


def read(picture: Image.Image) -> set[str]:
    return {found.text for found in zxingcpp.read_barcodes(picture)}


def stained(count: int, dice: random.Random) -> set[tuple[int, int]]:
    """One stain over 15 % of the modules, anywhere outside of the finder patterns."""
    free = {
        (x, y)
        for x in range(count)
        for y in range(count)
        if not (min(x, count - 1 - x) < FINDER and y < FINDER) and not (x < FINDER and count - 1 - y < FINDER)
    }
    wanted = round(SOILED * count * count)
    middle = dice.choice(sorted(free))
    near = sorted(free, key=lambda m: (m[0] - middle[0]) ** 2 + (m[1] - middle[1]) ** 2)
    return set(near[:wanted])


def soil(picture: Image.Image, box: tuple[float, float, float], text: str, dice: random.Random) -> None:
    """Paints a stain, dark or light, over a symbol whose corner and side are in millimetres."""
    x, y, side = (mm * DPI / 25.4 for mm in box)
    count = len(modules(text))
    module, pen, shade = side / count, ImageDraw.Draw(picture), dice.choice((0, 255))
    for column, row in stained(count, dice):
        at = (x + column * module, y + row * module)
        pen.rectangle([*at, at[0] + module, at[1] + module], fill=shade)


@pytest.mark.parametrize("seed", range(4))
def test_twenty_millimetres_with_a_stain_over_15_percent_are_read(seed):
    dice = random.Random(seed)
    stock, what, told = sheet(), content(), labels(21)
    [page] = pictures(pdf_of(Run(stock, what), told, naming))
    assert abs(page.width - 2480) <= 1
    assert read(page) == {label.code for label in told}
    inset = 2.0
    for cell, label in enumerate(told):
        x, y = (float(mm) for mm in corner(stock, cell))
        box = _symbol_box(page, x, y, inset)
        soil(page, box, label.code, dice)
        left, top = (int(mm * DPI / 25.4) for mm in (x, y))
        cut = page.crop((left, top, left + 750, top + 450))
        assert read(cut) == {label.code}, (seed, cell)


def _symbol_box(page: Image.Image, x: float, y: float, inset: float) -> tuple[float, float, float]:
    """Where the symbol was drawn: found in the pixels, so that the place is proven as well."""
    dots = DPI / 25.4
    left, top = int(x * dots), int(y * dots)
    around = page.crop((left, top, left + int((inset + 20.5) * dots), top + int(38.1 * dots)))
    dark = around.point(lambda shade: 255 if shade < 128 else 0)
    columns = dark.getbbox()
    side = 20.0
    assert columns is not None
    assert abs(columns[0] / dots - inset) < 0.2
    return x + columns[0] / dots, y + columns[1] / dots, side


def test_position_copies_offset_and_the_partly_used_sheet():
    told = labels(2)
    made = pdf_of(
        Run(sheet(), content(), start=20, copies=2, offset_x=Decimal(1), offset_y=Decimal("-0.5")),
        told,
        naming,
    )
    first, second = pictures(made)
    assert read(first) == {told[0].code}
    assert read(second) == {told[1].code}
    box = first.point(lambda shade: 255 if shade < 128 else 0).getbbox()
    x, _ = corner(sheet(), 19)
    assert abs(box[0] * 25.4 / DPI - (float(x) + 1 + 2)) < 0.3


@pytest.mark.parametrize("side", list(CodeSide))
def test_rolls_and_every_side_are_read(side):
    told = labels(3)
    what = content(code_side=side, fields=content().fields[:1], has_border=True, code_mm=Decimal(20))
    found = pictures(pdf_of(Run(roll(), what), told, naming))
    assert [read(page) for page in found] == [{label.code} for label in told]


def test_a_mark_is_drawn_and_rare_characters_do_not_fail(tmp_path):
    mark = tmp_path / "mark"
    out = BytesIO()
    Image.new("RGB", (300, 100), (200, 0, 0)).save(out, "JPEG")
    mark.write_bytes(out.getvalue())
    what = content(logo_mm=Decimal(6))
    document = pypdfium2.PdfDocument(pdf_of(Run(sheet(), what, logo=mark), labels(6), naming))
    page = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    assert any(r > 180 and g < 40 and b < 40 for _, (r, g, b) in page.getcolors(1 << 20))


def test_the_calibration_page_has_its_cross_where_it_says():
    made = calibration(Page.A4, (Decimal(0), Decimal(0)), {"title": "校准", "lines": ["a"]}, sheet())
    moved = calibration(Page.LETTER, (Decimal(2), Decimal(0)), {"title": "Calibration", "lines": []})
    for pdf, right in ((made, 0), (moved, 2)):
        [page] = pictures(pdf)
        # The middle of the upper left cross: 30 mm from both edges, and the offset.
        spot = [round((30 + right) * DPI / 25.4), round(30 * DPI / 25.4)]
        around = page.crop((spot[0] - 3, spot[1] - 40, spot[0] + 4, spot[1] + 41))
        dark = [c for c in range(7) if all(around.getpixel((c, r)) < 200 for r in range(0, 80, 7))]
        assert dark
