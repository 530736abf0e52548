"""The kernel's own tables, which are outside the write guard: they are how it keeps its promises."""

from .jobs import Attempt, Job, Schedule
from .journal import Chain, Entry, Payload, Replay, RowChange
from .numbers import Counter
from .search import SearchText

__all__ = [
    "Attempt",
    "Chain",
    "Counter",
    "Entry",
    "Job",
    "Payload",
    "Replay",
    "RowChange",
    "Schedule",
    "SearchText",
]
