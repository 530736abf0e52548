"""The verbs of procedures, by noun."""

from . import procedure, version

__all__ = ["procedure", "version"]
