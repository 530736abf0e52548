"""The verbs of work, by noun."""

from . import batch, downtime, failure, follow_up, history, labour, order, procedure, task

__all__ = ["batch", "downtime", "failure", "follow_up", "history", "labour", "order", "procedure", "task"]
