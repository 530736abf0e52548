"""The verbs of labels, by noun."""

from . import label, printer, template

__all__ = ["label", "printer", "template"]
