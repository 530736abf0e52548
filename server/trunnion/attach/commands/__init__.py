"""The verbs of attach, by noun."""

from . import (
    attribute,
    batch,
    comment,
    contents,
    custom,
    custom_field,
    file,
    reference,
    signature,
    tag,
    upload,
)

__all__ = [
    "attribute", "batch", "comment", "contents", "custom", "custom_field", "file", "reference", "signature", "tag",
    "upload",
]  # fmt: skip
