"""A process of its own that is killed with SIGKILL in the middle of its work, at a statement of the test's choice."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

LONGEST = 60.0
HERE, DONE, FAILED = b"h", b"d", b"f"


@contextmanager
def stopped_at(statement: str, work: Callable[[], Any], nth: int = 1) -> Iterator[None]:
    """Runs `work` in a forked process up to its nth statement that begins so; it waits there during the block.

    At the end of the block it is killed with SIGKILL: nothing of it gets to clean up. What it held back from the
    sweeper would be free after a while; it is freed at once, so that no later test finds it.
    """
    before = _marks()
    # Nobody may share a connection with the other process.
    connections.close_all()
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        _work(statement, work, nth, writing_end)
    os.close(writing_end)
    watch = threading.Timer(LONGEST, os.kill, (child, signal.SIGKILL))
    watch.start()
    try:
        told = os.read(reading_end, 1)
        assert told == HERE, (
            f"the process came to its end before: {told!r} {os.read(reading_end, 4000).decode()}"
        )
        yield
    finally:
        watch.cancel()
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(reading_end)
        for mark in _marks() - before:
            mark.unlink(missing_ok=True)
    assert os.WTERMSIG(status) == signal.SIGKILL


def _marks() -> set[Path]:
    return set(settings.ENVIRONMENT.folder("holds").iterdir())


def _work(statement: str, work: Callable[[], Any], nth: int, out: int) -> None:
    left = nth

    def stop(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        found = execute(sql, params, many, context)
        if sql.startswith(statement):
            left -= 1
            if left == 0:
                os.write(out, HERE)
                signal.pause()
        return found

    try:
        with connection.execute_wrapper(stop):
            work()
        os.write(out, DONE)
    except BaseException as fault:  # noqa: BLE001  (it is told to the process of the test)
        os.write(out, FAILED + repr(fault).encode())
    os._exit(1)
