"""Which records something hangs on: a comment, a file, a signature, a name elsewhere, an attribute, a tag."""

from uuid import UUID

from trunnion.kernel.context import Context

from .models import Attribute, Comment, ExternalRef, FileLink, Signature, TagLink
from .subjects import STEP

_TABLES = (Comment, FileLink, Signature, ExternalRef, Attribute, TagLink)


def attached_to(ctx: Context, row_ids: list[UUID]) -> dict[UUID, str]:
    """Those of these records that something hangs on, with the kind of it."""
    found: dict[UUID, str] = {}
    for table in _TABLES:
        for start in range(0, len(row_ids), STEP):
            rows = table.objects.of(ctx).filter(subject_id__in=row_ids[start : start + STEP])
            found.update(dict.fromkeys(rows.values_list("subject_id", flat=True), table.kind))
    return found
