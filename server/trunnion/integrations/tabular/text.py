"""Texts of tables: which encoding a file is written in, which sign divides its cells, and its rows one by one."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from trunnion.kernel.errors import Invalid

SAMPLE = 1 << 20
CHUNK = 1 << 20
DELIMITERS = (",", "\t", ";", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "big5")
# What spreadsheets put before a text so that it is not run as a formula.
_GUARDED = tuple(f"'{sign}" for sign in "=+-@\t\r\n＝＋－＠")
LONGEST_CELL = 32_767
# Of one row, whatever it consists of.
LONGEST_LINE = 2 << 20


def encoding_of(path: Path, asked: str | None = None) -> str:
    """The encoding of a file, which every byte of it fits; refuses one that does not."""
    if asked:
        if asked not in ENCODINGS:
            raise Invalid.field("/layout/encoding", "table.encoding_unknown", known=list(ENCODINGS))
        if not _fits(path, asked):
            raise Invalid.field("/layout/encoding", "table.encoding_wrong", encoding=asked)
        return asked
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            if _fits(path, name):
                return name
            raise Invalid.field("/layout/encoding", "table.encoding_wrong", encoding=name)
    if b"\x00" in head:
        return _wide(head)
    for name in ("utf-8", "gb18030"):
        if _fits(path, name):
            return name
    raise Invalid.field("/layout/encoding", "table.encoding_not_found", known=list(ENCODINGS))


def _wide(head: bytes) -> str:
    """UTF-16 without a mark has a zero in every second byte of its Latin letters; other zeros are no text."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 8 < len(head) // 2 or min(even, odd) > max(even, odd) // 8:
        raise Invalid.field("/file", "table.not_a_table")
    return "utf-16-le" if odd > even else "utf-16-be"


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def delimiter_of(path: Path, encoding: str, asked: str | None = None) -> str:
    """The sign that divides the cells: the one that divides most lines into equally many."""
    if asked:
        if asked not in DELIMITERS:
            raise Invalid.field("/layout/delimiter", "table.delimiter_unknown", known=[",", "tab", ";", "|"])
        return asked
    with path.open(encoding=encoding, newline="") as file:
        # A line that long divides into nothing that could be counted.
        lines = [line[:LONGEST_LINE] for line in file.read(SAMPLE).splitlines()[:200]]
    csv.field_size_limit(LONGEST_LINE * 2)
    best, most = ",", 0.0
    for sign in DELIMITERS:
        counts = Counter(_widths(lines, sign))
        score = max((count * (width - 1) ** 0.5 for width, count in counts.items() if width > 1), default=0)
        if score > most:
            best, most = sign, score
    return best


def _widths(lines: list[str], delimiter: str) -> Iterator[int]:
    try:
        yield from (len(row) for row in csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return


def rows_of(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a file of text; nothing in them is evaluated."""
    csv.field_size_limit(LONGEST_CELL * 4)
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file)
        try:
            for row in csv.reader(lines, delimiter=delimiter):
                lines.taken = 0
                yield [plain(cell) for cell in row]
        except csv.Error as fault:
            raise Invalid.field("/file", "table.cell_too_long", most=LONGEST_CELL) from fault


class _Lines:
    """The lines of a file, measured: neither one nor those of one row may go on without end."""

    def __init__(self, file: TextIO) -> None:
        self._file, self.taken = file, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.taken += len(line)
        if self.taken > LONGEST_LINE:
            raise Invalid.field("/file", "table.line_too_long", most=LONGEST_LINE)
        if "\x00" in line:
            raise Invalid.field("/file", "table.not_a_table")
        return line


def plain(cell: str) -> str:
    """A cell as its writer meant it: without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell.startswith(_GUARDED) else cell
