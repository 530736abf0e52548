"""Where each thing stands on a label, in millimetres from its upper left corner; PDF and ZPL draw the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from trunnion.attach.labels.types import CodeSide, Content, LabelFacts, Roll, Sheet

from .lines import fitted
from .stock import BORDER_INSET, LEADING, POINT, inset, quiet

MM = float(POINT)
# The width of a text in millimetres at a size in points.
Measure = Callable[[str, float], float]
# What a field is called on the label.
Naming = Callable[[str], str]


@dataclass(frozen=True)
class Symbol:
    """A QR code without its light zone."""

    x: float
    y: float
    side: float
    text: str


@dataclass(frozen=True)
class Line:
    """One line of text within a width; `y` is its upper edge."""

    x: float
    y: float
    width: float
    size_pt: float
    text: str
    is_centred: bool = False
    is_bold: bool = False


@dataclass(frozen=True)
class Logo:
    """The organisation's mark, as large as fits into the box."""

    x: float
    y: float
    width: float
    height: float
    is_centred: bool = False


@dataclass(frozen=True)
class Border:
    """A frame around the label."""

    x: float
    y: float
    width: float
    height: float


Thing = Symbol | Line | Logo | Border


@dataclass(frozen=True)
class _Column:
    """The part of a label in which fields stand below each other."""

    x: float
    y: float
    width: float
    height: float
    is_centred: bool


def things(
    stock: Sheet | Roll, content: Content, facts: LabelFacts, naming: Naming, measure: Measure
) -> list[Thing]:
    """Everything that stands on one label."""
    width, height = float(stock.label_width), float(stock.label_height)
    found: list[Thing] = []
    if content.has_border:
        edge = float(BORDER_INSET)
        found.append(Border(edge, edge, width - 2 * edge, height - 2 * edge))
    column = _Column(*_inner(content, width, height), is_centred=False)
    if content.code_mm:
        column, coded = _code(content, facts, column, measure)
        found += coded
    found += _fields(content, facts, column, naming, measure)
    return _centred(found, height) if content.code_side == CodeSide.TOP else found


def _centred(found: list[Thing], height: float) -> list[Thing]:
    """The same with as much room above as below; the frame stays."""
    moved = [t for t in found if not isinstance(t, Border)]
    if not moved:
        return found
    lowest = max(t.y + _height(t) for t in moved)
    down = max(0.0, (height - lowest - min(t.y for t in moved)) / 2)
    return [t if isinstance(t, Border) else replace(t, y=t.y + down) for t in found]


def _height(thing: Thing) -> float:
    if isinstance(thing, Symbol):
        return thing.side
    return thing.size_pt * MM if isinstance(thing, Line) else thing.height


def _inner(content: Content, width: float, height: float) -> tuple[float, float, float, float]:
    edge = float(inset(content))
    return edge, edge, width - 2 * edge, height - 2 * edge


def _code(content: Content, facts: LabelFacts, box: _Column, measure: Measure) -> tuple[_Column, list[Thing]]:
    """The symbol with its short code, and the part of the label that is left."""
    side, light = float(content.code_mm), float(quiet(content))
    size = _size_for(facts.short_code, float(content.short_code_pt), side + 2 * light, measure)
    below = size * MM * float(LEADING) if size else 0.0
    taken = side + below
    if content.code_side == CodeSide.TOP:
        x, y = box.x + (box.width - side) / 2, box.y
        rest = _Column(box.x, box.y + taken + MM, box.width, box.height - taken - MM, is_centred=True)
    else:
        is_left = content.code_side == CodeSide.LEFT
        x = box.x if is_left else box.x + box.width - side
        y = box.y + (box.height - taken) / 2
        left = box.x + side + light if is_left else box.x
        rest = _Column(left, box.y, box.width - side - light, box.height, is_centred=False)
    found: list[Thing] = [Symbol(x, y, side, facts.code)]
    if size:
        # A hand's breadth below the symbol, inside of its light zone, letters do no harm to a scanner.
        found.append(
            Line(
                x - light, y + side + size * MM * 0.18, side + 2 * light, size, facts.short_code,
                is_centred=True,
            )
        )  # fmt: skip
    return rest, found


def _size_for(text: str, size: float, room: float, measure: Measure) -> float:
    if not text or not size:
        return 0.0
    wide = measure(text, size)
    return size if wide <= room else size * room / wide


def _fields(
    content: Content, facts: LabelFacts, box: _Column, naming: Naming, measure: Measure
) -> Iterator[Thing]:
    """The logo and the fields, centred in the height that is left."""
    blocks = list(_blocks(content, facts, box, naming, measure))
    logo = float(content.logo_mm)
    gap = 2 * MM if logo and blocks else 0.0
    total = logo + gap + sum(len(lines) * size * MM * float(LEADING) for lines, size, _ in blocks)
    squeeze = min(1.0, (box.height - logo - gap) / (total - logo - gap)) if total > box.height else 1.0
    y = box.y if box.is_centred else box.y + max(0.0, box.height - total) / 2
    if logo:
        yield Logo(box.x, y, box.width, logo, box.is_centred)
        y += logo + gap
    for lines, size, is_bold in blocks:
        for text in lines:
            yield Line(box.x, y, box.width, size * squeeze, text, box.is_centred, is_bold)
            y += size * squeeze * MM * float(LEADING)


def _blocks(
    content: Content, facts: LabelFacts, box: _Column, naming: Naming, measure: Measure
) -> Iterator[tuple[list[str], float, bool]]:
    for field in content.fields:
        text = facts.fields.get(field.name, "")
        if not text:
            continue
        size = float(field.size_pt)
        shown = f"{naming(field.name)} {text}" if field.is_named else text
        # A bold stroke is a little wider than the letter that is measured.
        room = box.width * (0.96 if field.is_bold else 1.0)
        lines, factor = fitted(shown, partial(_width, measure, size), room, field.lines)
        yield lines, size * factor, field.is_bold


def _width(measure: Measure, size: float, text: str) -> float:
    return measure(text, size)
