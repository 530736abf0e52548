"""SQLite's write-ahead log: when what waits in it is moved into the database."""

import itertools
from pathlib import Path

# After so many writes: moving a little often stops nobody for long, moving much stops every writer at once.
EVERY = 100
# What was written and waits in the log makes every read slower that has to look for its page there.
MOST = 64 << 20
# The log keeps this much of its file when it begins anew: growing a file costs more than writing into it.
KEPT = 16 << 20
# While a reader still needs the log it cannot begin anew and grows on; it is looked after again this much later.
STEP = 16 << 20


class WriteAheadLog:
    """Counts writes and looks at the file's size; says when the log is due to be moved."""

    def __init__(self, every: int = EVERY, most: int = MOST, step: int = STEP) -> None:
        self._every = every
        self._most = most
        self._step = step
        self._writes = itertools.count(1)
        self._is_count_due = False
        self._due_at = most

    @staticmethod
    def size_of(database: str | Path) -> int:
        """How many bytes the log of a database file holds, or has held since it last began anew."""
        try:
            return Path(f"{database}-wal").stat().st_size
        except OSError:
            return 0

    def is_due(self, size: int, *, has_written: bool = False) -> bool:
        """Whether the log is to be moved, at this size of its file; `has_written` counts one more write."""
        if has_written and next(self._writes) % self._every == 0:
            self._is_count_due = True
        if size < self._most:
            self._due_at = self._most
        return self._is_count_due or size >= self._due_at

    def moved(self, size: int) -> None:
        """The log has been moved. Its file shrinks at the next write only, and not while a reader needs it."""
        self._is_count_due = False
        if size >= self._most:
            self._due_at = size + self._step
