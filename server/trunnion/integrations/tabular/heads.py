"""Finds the row in which a table's headings stand: it is not always the first."""

import hashlib
from collections.abc import Iterable, Sequence

from .synonyms import folded, names_of

WITHIN = 25


def header_row(rows: Sequence[tuple[int, list[str]]], target: str) -> int | None:
    """The number of the row that looks most like headings: texts, all different, known words, rows below it."""
    known = names_of(target)
    best, most = None, 0.0
    for index, (number, row) in enumerate(rows[:WITHIN]):
        score = _score([cell.strip() for cell in row], known, rows[index + 1 : index + 6])
        if score > most:
            best, most = number, score
    return best


def _score(cells: list[str], known: Iterable[str], below: Sequence[tuple[int, list[str]]]) -> float:
    filled = [cell for cell in cells if cell]
    if not filled or not below:
        return 0
    words = sum(1 for cell in filled if folded(cell) in known)
    texts = sum(1 for cell in filled if not any(sign.isdigit() for sign in cell) and len(cell) <= 40)
    width = max(len(row) for _, row in below)
    alike = min(len(filled), width) / max(len(filled), width, 1)
    different = len(set(filled)) / len(filled)
    return 3 * words + (texts / len(filled) + alike + different) * min(len(filled), 4) / 4


def headings_digest(headings: Sequence[str]) -> str:
    """The same for the same headings, whatever their capital letters and blanks."""
    return hashlib.sha256("\x1f".join(folded(text) for text in headings).encode()).hexdigest()
