"""Fonts of labels: one that is shipped, so that every machine prints the same, and the system's for rare characters."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from PIL import ImageFont

FAMILY = "Trunnion Labels"
FOLDER = Path(str(resources.files("trunnion.attach.labels") / "fonts"))
FILE = FOLDER / "TrunnionLabels-Regular.otf"
# Asked for a character that the shipped font lacks, in this order; whatever else there is comes last.
OTHERS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "SimHei", "DejaVu Sans",
)  # fmt: skip
_SCALE = 1000
POINT_MM = 25.4 / 72


@cache
def installed() -> typst.Fonts:
    """Every font that pages may use, looked for once."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[str(FOLDER)])


@cache
def families() -> list[str]:
    """The fonts in the order in which a character is looked for."""
    there = set(installed().families())
    return [FAMILY, *(name for name in OTHERS if name in there)]


@cache
def face(size: int) -> Any:
    """The shipped font at a size in dots."""
    return ImageFont.truetype(str(FILE), size)


@cache
def other_face(size: int) -> Any | None:
    """The first of the system's fonts for rare characters, at a size in dots."""
    for family in OTHERS:
        for font in installed().fonts():
            if font.family == family and font.path and font.weight == 400:
                return ImageFont.truetype(font.path, size, index=font.index)
    return None


@cache
def has(character: str) -> bool:
    """Whether the shipped font can draw a character."""
    if character.isspace():
        return True
    mask, missing = (bytes(face(40).getmask(c)) for c in (character, "\U000f0000"))
    return mask != missing


@cache
def _advance(character: str) -> float:
    # What the shipped font lacks is a Chinese character more often than anything else, and as wide as high.
    return face(_SCALE).getlength(character) / _SCALE if has(character) else 1.0


def measure(text: str, size_pt: float) -> float:
    """The width of a text in millimetres."""
    return sum(map(_advance, text)) * size_pt * POINT_MM
