"""The verbs of attach, by noun."""

from . import attribute, batch, comment, custom, custom_field, file, reference, signature, tag

__all__ = ["attribute", "batch", "comment", "custom", "custom_field", "file", "reference", "signature", "tag"]
