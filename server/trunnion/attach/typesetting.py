"""Pages as PDF from a template and data, with the fonts that are shipped: for labels and for the rooms' papers."""

import io
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import typst
from PIL import Image, ImageOps

from .labels.fonts import families, installed

LARGE = 500_000


def typeset(
    template: bytes,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes] | None = None,
    *,
    is_read: bool = True,
) -> bytes:
    """The pages of a typst template that reads `data.json`; `is_read` gives them the order in which they are read."""
    encoder = msgspec.json.Encoder(enc_hook=_numbers, decimal_format="number")
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        root = Path(folder)
        (root / "data.json").write_bytes(encoder.encode({**data, "fonts": families()}))
        (root / "main.typ").write_bytes(template)
        for name, content in (pictures or {}).items():
            (root / name).write_bytes(content)
        compiler = typst.Compiler(str(root / "main.typ"), root=str(root), font_paths=installed())
        pages = compiler.compile(format="pdf", pdf_tags=is_read)
    if not isinstance(pages, bytes):
        raise TypeError("one PDF was expected")
    if len(pages) > LARGE:
        _forget()
    return pages


def shrunk(path: Path, most: int) -> bytes:
    """A picture as a JPEG of at most so many dots a side, upright, on white."""
    with Image.open(path) as opened:
        opened.draft("RGB", (most, most))
        opened.thumbnail((most, most))
        seen = ImageOps.exif_transpose(opened).convert("RGBA")
    flat = Image.new("RGBA", seen.size, "white")
    flat.alpha_composite(seen)
    out = io.BytesIO()
    flat.convert("RGB").save(out, "JPEG", quality=82)
    return out.getvalue()


def _numbers(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)


def _forget() -> None:
    """Makes the page maker let go of a large print: it keeps what its last ten runs knew, in case they come again."""
    for _ in range(12):
        typst.Compiler(b".", font_paths=installed()).compile(format="pdf")
