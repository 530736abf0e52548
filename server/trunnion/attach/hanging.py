"""Which records something hangs on: a comment, a file, a signature, a name elsewhere, an attribute, a tag."""

from collections.abc import Set
from uuid import UUID

from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.context import Context

from .models import Attribute, Comment, ExternalRef, FileLink, Signature, TagLink

_TABLES = (Comment, FileLink, Signature, ExternalRef, Attribute, TagLink)


def attached_to(ctx: Context, row_ids: list[UUID], besides: Set[UUID] = frozenset()) -> dict[UUID, str]:
    """Those of these records that something hangs on, with the kind of it; what `besides` names does not count."""
    found: dict[UUID, str] = {}
    for table in _TABLES:
        for start in range(0, len(row_ids), AT_ONCE):
            rows = table.objects.of(ctx).filter(subject_id__in=among(row_ids[start : start + AT_ONCE]))
            hanging = rows.values_list("id", "subject_id")
            found.update((subject, table.kind) for row_id, subject in hanging if row_id not in besides)
    return found
