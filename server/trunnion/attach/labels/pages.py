"""Labels as PDF pages: places everything, has it drawn at once, tells how far it is."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from PIL import Image

from trunnion.attach.typesetting import typeset

from .fonts import measure
from .rules.layout import Border, Line, Logo, Naming, Symbol, Thing, things
from .rules.stock import PAGES, corner, page_size, per_page
from .symbol import drawing
from .types import Content, LabelFacts, Page, Roll, Sheet

Told = Callable[[int, int], None]
TELL_EVERY = 100
LOGO = "logo.png"
# Sharper than any printer draws a mark of a few centimetres.
LOGO_DOTS = (1200, 1200)


@dataclass(frozen=True)
class Run:
    """One print: which stock, what on it, from which cell, how often each, and how far the printer is off."""

    stock: Sheet | Roll
    content: Content
    start: int = 1
    copies: int = 1
    offset_x: Decimal = Decimal(0)
    offset_y: Decimal = Decimal(0)
    logo: Path | None = None
    title: str = ""


def quietly(_done: int, _total: int) -> None:
    """Tells nobody how far it is."""


def pdf_of(run: Run, labels: Iterable[LabelFacts], naming: Naming, told: Told = quietly) -> bytes:
    """The pages of a print."""
    width, height = page_size(run.stock)
    stock = run.stock
    data: dict[str, Any] = {
        "title": run.title, "width": width, "height": height, "label_width": stock.label_width,
        "label_height": stock.label_height, "logo": LOGO if run.logo else "",
        "pages": _pages(run, list(labels), naming, told),
    }  # fmt: skip
    return _compiled("labels.typ", data, run.logo)


def _pages(run: Run, labels: list[LabelFacts], naming: Naming, told: Told) -> list[list[dict[str, Any]]]:
    cells, each = per_page(run.stock), run.copies
    pages: list[list[dict[str, Any]]] = []
    for number, facts in enumerate(labels):
        drawn = [_plain(t) for t in things(run.stock, run.content, facts, naming, measure)]
        drawn = [t for t in drawn if t["is"] != "logo" or run.logo]
        for copy in range(each):
            page, cell = divmod(run.start - 1 + number * each + copy, cells)
            while len(pages) <= page:
                pages.append([])
            x, y = corner(run.stock, cell)
            pages[page].append({"x": x + run.offset_x, "y": y + run.offset_y, "things": drawn})
        if number % TELL_EVERY == 0:
            told(number, len(labels))
    return pages


def _plain(thing: Thing) -> dict[str, Any]:
    at: dict[str, Any] = {"x": thing.x, "y": thing.y}
    if isinstance(thing, Symbol):
        return {"is": "symbol", "side": thing.side, "svg": drawing(thing.text), **at}
    if isinstance(thing, Line):
        told = {"width": thing.width, "size": thing.size_pt, "text": thing.text}
        return {"is": "line", "centred": thing.is_centred, "bold": thing.is_bold, **told, **at}
    box = {"width": thing.width, "height": thing.height}
    if isinstance(thing, Logo):
        return {"is": "logo", "centred": thing.is_centred, **box, **at}
    assert isinstance(thing, Border)  # noqa: S101  (the last of the four)
    return {"is": "border", **box, **at}


def calibration(
    page: Page, offset: tuple[Decimal, Decimal], words: dict[str, Any], stock: Sheet | None = None
) -> bytes:
    """A page with rulers and crosses, and the outlines of a stock's labels, by which a printer's offset is measured."""
    width, height = PAGES[page]
    cells = [corner(stock, cell) for cell in range(per_page(stock))] if stock else []
    data = {
        "width": width, "height": height, "offset_x": offset[0], "offset_y": offset[1],
        "words": words, "cells": [{"x": x, "y": y} for x, y in cells],
        "label_width": stock.label_width if stock else 0, "label_height": stock.label_height if stock else 0,
    }  # fmt: skip
    return _compiled("calibration.typ", data, None)


def _logo_of(logo: Path) -> bytes:
    with Image.open(logo) as opened:
        seen = opened.convert("RGBA")
    seen.thumbnail(LOGO_DOTS)
    out = io.BytesIO()
    seen.save(out, "PNG")
    return out.getvalue()


@cache
def _source(name: str) -> bytes:
    return (resources.files("trunnion.attach.labels") / name).read_bytes()


def _compiled(template: str, data: dict[str, Any], logo: Path | None) -> bytes:
    # A label is no text to be read in order: pages without structure are a tenth as large.
    return typeset(_source(template), data, {LOGO: _logo_of(logo)} if logo else {}, is_read=False)
