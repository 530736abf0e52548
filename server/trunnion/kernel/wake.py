"""Wakes the threads of this process that wait for new entries: the sealer, the workers, the event streams."""

import threading
from collections.abc import Callable
from uuid import UUID

_dirty: set[UUID] = set()
_lock = threading.Lock()
_bell = threading.Event()
_listeners: list[Callable[[], None]] = []


def wake(organisation_id: UUID | None = None) -> None:
    """Something was committed; `organisation_id` names whose entries wait to be sealed."""
    if organisation_id is not None:
        with _lock:
            _dirty.add(organisation_id)
    _bell.set()
    tell()


def tell() -> None:
    """Something was committed that gives nobody work: the event streams alone look."""
    for listener in _listeners:
        listener()


def wait(seconds: float) -> None:
    """Sleeps until woken, or for so long."""
    _bell.wait(seconds)
    _bell.clear()


def dirty() -> list[UUID]:
    """The organisations with new entries since the last call."""
    with _lock:
        found = list(_dirty)
        _dirty.clear()
    return found


def listen(listener: Callable[[], None]) -> Callable[[], None]:
    """Calls `listener` at each wake; returns how to stop that."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)
