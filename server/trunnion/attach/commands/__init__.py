"""The verbs of attach, by noun."""

from . import attribute, comment, file, reference, signature, tag

__all__ = ["attribute", "comment", "file", "reference", "signature", "tag"]
