"""Turns: threads compute one after the other, in the order in which they came, instead of all at once.

Python computes in one thread at a time anyway. Threads that share it hand it over at each row that SQLite gives, which
costs more than the rows do: eight requests at once take twice the time of the same eight in a row, and the last of
them four times as long as the first.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

# Whoever computes for longer does not keep others waiting any more: from then on one more may compute beside it.
PATIENCE = 0.05


class Turns:
    """Lets `at_once` threads through, first come, first served; those who take long stop counting."""

    def __init__(self, at_once: int = 1, patience: float = PATIENCE) -> None:
        self._at_once = at_once
        self._patience = patience
        self._lock = threading.Lock()
        self._queue: deque[tuple[int, threading.Lock]] = deque()
        # Since when each of those computes whose turn it is, from the moment at which they were called.
        self._began: dict[int, float] = {}

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for a turn and has it for the length of the block."""
        self._take(first=False)
        _held.turns = self
        try:
            yield
        finally:
            _held.turns = None
            self._give()

    def _take(self, *, first: bool) -> None:
        me = threading.get_ident()
        called = threading.Lock()
        with self._lock:
            if not self._queue and self._is_free():
                self._began[me] = time.monotonic()
                return
            called.acquire()
            self._queue.appendleft((me, called)) if first else self._queue.append((me, called))
        while not called.acquire(timeout=self._patience):
            self._call_next()

    def _give(self) -> None:
        with self._lock:
            self._began.pop(threading.get_ident(), None)
        self._call_next()

    def _call_next(self) -> None:
        with self._lock:
            while self._queue and self._is_free():
                waiting, called = self._queue.popleft()
                self._began[waiting] = time.monotonic()
                called.release()

    def _is_free(self) -> bool:
        lately = time.monotonic() - self._patience
        return sum(began > lately for began in self._began.values()) < self._at_once


class _Held(threading.local):
    turns: Turns | None = None


_held = _Held()


@contextmanager
def aside() -> Iterator[None]:
    """Gives the thread's turn away while it waits for something else; takes it back ahead of those who came later."""
    turns = _held.turns
    if turns is None:
        yield
        return
    turns._give()
    try:
        yield
    finally:
        turns._take(first=True)
