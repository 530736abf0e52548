"""A rest for the cycle collector while a workbook is in work."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_resting = 0


@contextmanager
def collector_rests() -> Iterator[None]:
    """Hundreds of thousands of live objects would be looked through again and again, a quarter of the whole time.

    It is for the few seconds of one batch, and counted, so that the last one to leave wakes the collector.
    """
    global _resting  # noqa: PLW0603  (one collector serves the whole process)
    with _lock:
        was_awake = _resting > 0 or gc.isenabled()
        _resting += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _resting -= 1
            if not _resting and was_awake:
                gc.enable()
