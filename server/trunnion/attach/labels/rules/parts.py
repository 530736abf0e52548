"""How a large print is cut into files: at full sheets, so that nothing is fed twice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """The records from one to before another, and the cell of the sheet where they begin."""

    first: int
    last: int
    start: int


def parts(count: int, copies: int, start: int, cells: int, most: int) -> list[Part]:
    """The files of a print of `count` records, each of at most `most` labels (or one record)."""
    found: list[Part] = []
    done = 0
    while done < count:
        begins = start if not found else 1
        size = min(max(1, most // copies), count - done)
        if done + size < count:
            size = _full(size, copies, begins, cells)
        found.append(Part(done, done + size, begins))
        done += size
    return found


def _full(size: int, copies: int, start: int, cells: int) -> int:
    """The largest number up to `size` that fills its last sheet; `size` where none does."""
    for fewer in range(size, max(0, size - cells), -1):
        if (start - 1 + fewer * copies) % cells == 0:
            return fewer
    return size
