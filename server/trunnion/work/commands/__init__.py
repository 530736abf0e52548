"""The verbs of work, by noun."""

from . import downtime, failure, follow_up, labour, order, task

__all__ = ["downtime", "failure", "follow_up", "labour", "order", "task"]
