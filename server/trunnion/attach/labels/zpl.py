"""Labels as ZPL II for label printers: the symbol and plain Latin text by the printer, all other text as graphics."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from .fonts import face, has, measure, other_face
from .pages import TELL_EVERY, Run, Told, quietly
from .rules.layout import Border, Line, Naming, Symbol, Thing, things
from .symbol import side_of
from .types import LabelFacts, Roll

# What a field's data would be taken for a command by, or for a break of the line.
_COMMANDS = frozenset("^~\\")
MOST_MAGNIFICATION = 10
DARK = 140


class Head:
    """A print head: millimetres to dots, with the printer's offset."""

    def __init__(self, run: Run, dpi: int) -> None:
        self.dpi = dpi
        self._x, self._y = float(run.offset_x), float(run.offset_y)

    def dots(self, mm: float) -> int:
        """A length in dots."""
        return round(mm * self.dpi / 25.4)

    def at(self, x: float, y: float) -> str:
        """The command that goes to a place."""
        return f"^FO{max(0, self.dots(x + self._x))},{max(0, self.dots(y + self._y))}"


def zpl_of(run: Run, labels: Iterable[LabelFacts], naming: Naming, told: Told = quietly) -> bytes:
    """One format for each label; copies are the printer's matter."""
    if not isinstance(run.stock, Roll):
        raise TypeError("a roll was expected")
    head = Head(run, int(run.stock.dpi))
    width, height = head.dots(float(run.stock.label_width)), head.dots(float(run.stock.label_height))
    listed, out = list(labels), []
    for number, facts in enumerate(listed):
        drawn = things(run.stock, run.content, facts, naming, measure)
        # ^CI28: what follows is UTF-8.
        out.append(f"^XA^CI28^PW{width}^LL{height}^LH0,0")
        out += [command for thing in drawn for command in _drawn(head, run, thing)]
        out.append(f"^PQ{run.copies}^XZ\n")
        if number % TELL_EVERY == 0:
            told(number, len(listed))
    return "".join(out).encode()


def _drawn(head: Head, run: Run, thing: Thing) -> Iterator[str]:
    if isinstance(thing, Symbol):
        yield _symbol(head, thing)
    elif isinstance(thing, Line):
        yield _line(head, thing)
    elif isinstance(thing, Border):
        size = f"{head.dots(thing.width)},{head.dots(thing.height)}"
        yield f"{head.at(thing.x, thing.y)}^GB{size},{max(1, head.dpi // 100)}^FS"
    elif run.logo is not None:
        box = (head.dots(thing.width), head.dots(thing.height))
        yield head.at(thing.x, thing.y) + _logo(run.logo, box, thing.is_centred)


def _symbol(head: Head, thing: Symbol) -> str:
    count = side_of(len(thing.text.encode()))
    scale = max(1, min(MOST_MAGNIFICATION, head.dots(thing.side) // count))
    spare = (thing.side - count * scale * 25.4 / head.dpi) / 2
    # H: the level of correction; A: the printer finds the mode of the data itself.
    return f"{head.at(thing.x + spare, thing.y + spare)}^BQN,2,{scale}^FDHA,{thing.text}^FS"


def _line(head: Head, line: Line) -> str:
    size = max(8, round(line.size_pt * head.dpi / 72))
    width = head.dots(line.width)
    if _is_native(line.text):
        # Font 0 stands in every printer and is narrower than the letters that were measured.
        where = "C" if line.is_centred else "L"
        return f"{head.at(line.x, line.y)}^A0N,{size}^FB{width},1,0,{where}^FD{line.text}^FS"
    return head.at(line.x, line.y) + _text(line.text, size, width, line.is_centred, line.is_bold)


def _is_native(text: str) -> bool:
    return all(" " <= c <= "~" for c in text) and not _COMMANDS & set(text)


@lru_cache(maxsize=512)
def _text(text: str, size: int, width: int, is_centred: bool, is_bold: bool) -> str:
    picture = Image.new("L", (max(1, width), round(size * 1.2)), 255)
    pen = ImageDraw.Draw(picture)
    wide = sum(_face(c, size).getlength(c) for c in text)
    x = max(0.0, (width - wide) / 2) if is_centred else 0.0
    for character in text:
        font = _face(character, size)
        pen.text((x, size * 0.9), character, 0, font, anchor="ls", stroke_width=1 if is_bold else 0)
        x += font.getlength(character)
    return _graphic(picture)


def _face(character: str, size: int):  # type: ignore[no-untyped-def]  # the picture library names no type
    return face(size) if has(character) else other_face(size) or face(size)


@lru_cache(maxsize=16)
def _logo(path: Path, box: tuple[int, int], is_centred: bool) -> str:
    with Image.open(path) as opened:
        seen = opened.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    fitting = ImageOps.contain(ground.convert("L"), box)
    picture = Image.new("L", box, 255)
    left = (box[0] - fitting.width) // 2 if is_centred else 0
    picture.paste(fitting, (left, (box[1] - fitting.height) // 2))
    # A head knows black only: greys become dots.
    return _graphic(picture.convert("1").convert("L"))


def _graphic(picture: Image.Image) -> str:
    """A picture as a graphic field: a set bit is a dark dot."""
    dark = picture.point(lambda shade: 255 if shade < DARK else 0).convert("1")
    row = (dark.width + 7) // 8
    data = dark.tobytes()
    return f"^GFA,{len(data)},{len(data)},{row},{data.hex().upper()}^FS"
