"""The verbs of attach, by noun."""

from . import attribute, batch, comment, file, reference, signature, tag

__all__ = ["attribute", "batch", "comment", "file", "reference", "signature", "tag"]
