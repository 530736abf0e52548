"""The verbs of work, by noun."""

from . import batch, board, downtime, failure, follow_up, history, labour, order, part, procedure, task

__all__ = [
    "batch",
    "board",
    "downtime",
    "failure",
    "follow_up",
    "history",
    "labour",
    "order",
    "part",
    "procedure",
    "task",
]
