"""Text in a box: cut into lines where its language allows, made smaller before anything is left out."""

import re
from collections.abc import Callable

# A run of Latin letters and figures stays together; any other character may end a line, but no line begins with a stop.
_STOPS = r"[.,;:!?)\]%，。、；：！？）】》”’]*"
_PIECES = re.compile(rf"[^\W\u2e80-\u9fff\uf900-\uffef]+{_STOPS}|\s+|.{_STOPS}", re.DOTALL)
ELLIPSIS = "…"
# Nothing becomes smaller than this part of what was asked for.
SMALLEST = 0.75
Width = Callable[[str], float]


def fitted(text: str, width: Width, room: float, most: int) -> tuple[list[str], float]:
    """The lines of a text and the factor of their size; `width` measures at full size, `room` is that of a line.

    What does not fit at the smallest size ends with an ellipsis.
    """
    plain = " ".join(text.split())
    if not plain:
        return [], 1.0
    for factor in (1.0, 0.9, 0.82, SMALLEST):
        lines = wrapped(plain, width, room / factor)
        if len(lines) <= most:
            return lines, factor
    kept = lines[:most]
    kept[-1] = _cut(kept[-1] + ELLIPSIS, width, room / SMALLEST)
    return kept, SMALLEST


def wrapped(text: str, width: Width, room: float) -> list[str]:
    """A text as lines that are no wider than `room`; a word that is wider than a line is cut."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if width((line + piece).rstrip()) <= room:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while line and width(line) > room and len(line) > 1:
            head = _head(line, width, room)
            lines.append(line[:head])
            line = line[head:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _head(word: str, width: Width, room: float) -> int:
    count = 1
    while count < len(word) and width(word[: count + 1]) <= room:
        count += 1
    return count


def _cut(line: str, width: Width, room: float) -> str:
    while len(line) > 1 and width(line) > room:
        line = line[:-2].rstrip() + ELLIPSIS
    return line
