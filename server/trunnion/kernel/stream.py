"""The event stream: sealed entries as they come, filtered for each recipient at the moment of sending."""

from typing import Any
from uuid import UUID

from .context import Context
from .database import reading
from .models import Chain, Entry
from .policies import KINDS, may_read, visible

BATCH = 200


def head(organisation_id: UUID) -> int:
    """The sequence of the newest sealed entry."""
    found = Chain.objects.filter(organisation_id=organisation_id).values_list("sequence", flat=True).first()
    return found or 0


def after(ctx: Context, sequence: int) -> tuple[list[dict[str, Any]], int]:
    """The events behind a sequence that this recipient may know of, and the sequence reached."""
    with reading(ctx.organisation_id):
        entries = list(
            Entry.objects.filter(organisation_id=ctx.organisation_id, sequence__gt=sequence).order_by(
                "sequence"
            )[:BATCH]
        )
        if not entries:
            return [], sequence
        versions = _versions(ctx, entries)
    told = [
        _message(e, versions[e.subject_kind, e.subject_id])
        for e in entries
        if (e.subject_kind, e.subject_id) in versions
    ]
    return told, entries[-1].sequence or sequence


def _versions(ctx: Context, entries: list[Entry]) -> dict[tuple[str, UUID | None], int]:
    """The present versions of those subjects that this recipient may know of."""
    wanted: dict[str, set[UUID]] = {}
    for entry in entries:
        if entry.subject_id is not None:
            wanted.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    found: dict[tuple[str, UUID | None], int] = {}
    for kind, ids in wanted.items():
        # Knowing that a record changed takes the right to read its kind, besides seeing the record itself.
        if not may_read(ctx, kind):
            continue
        rows = visible(ctx, KINDS[kind]).filter(id__in=ids)
        found.update({(kind, row_id): version for row_id, version in rows.values_list("id", "version")})
    return found


def _message(entry: Entry, version: int) -> dict[str, Any]:
    return {
        "id": entry.sequence,
        "events": entry.events.split(",") if entry.events else [entry.verb],
        "data": {
            "subject_kind": entry.subject_kind,
            "subject_id": entry.subject_id,
            "version": version,
            "verb": entry.verb,
            "actor_name": entry.actor_name,
            "at": entry.occurred_at,
        },
    }
