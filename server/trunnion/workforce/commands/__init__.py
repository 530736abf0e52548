"""The verbs of workforce, by noun."""

from . import labour_resource, rate, team

__all__ = ["labour_resource", "rate", "team"]
