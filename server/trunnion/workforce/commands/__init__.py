"""The verbs of workforce, by noun."""

from . import batch, labour_resource, rate, team

__all__ = ["batch", "labour_resource", "rate", "team"]
