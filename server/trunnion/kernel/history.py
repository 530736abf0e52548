"""Reads of the journal: an organisation's entries, one record's history, one entry whole."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import OuterRef, Subquery

from . import verification
from .context import Context
from .errors import NotVisible
from .models import Entry, Job, Payload, RowChange
from .models.jobs import JobState
from .prepared import Prepared

MOST = 200
_COLUMNS = (
    "id", "sequence", "verb", "actor_id", "actor_name", "on_behalf_of", "door", "subject_kind", "subject_id",
    "device_at", "occurred_at", "events",
)  # fmt: skip
# Under these names verbs take what is said about them.
_WHY = ("reason", "remark")
_BODY = Subquery(Payload.objects.filter(entry_id=OuterRef("id")).values("body")[:1])
_OWN = Prepared(
    lambda organisation_id, row_ids: (
        Entry.objects.filter(organisation_id=organisation_id, subject_id__in=row_ids)
        .order_by("-id")
        .annotate(body=_BODY)
        .values_list(*_COLUMNS, "body")[:MOST]
    ),
    organisation_id=UUID,
    row_ids=list[UUID],
)
_TOUCHED = Prepared(
    lambda organisation_id, row_ids: (
        RowChange.objects.filter(organisation_id=organisation_id, row_id__in=row_ids)
        .order_by("-id")
        .values_list("entry_id", "body")[:MOST]
    ),
    organisation_id=UUID,
    row_ids=list[UUID],
)


def list_entries(
    ctx: Context,
    before: int | None = None,
    actor_id: UUID | None = None,
    verb: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Sealed entries, newest first; `before` is the sequence to go on from."""
    rows = Entry.objects.filter(organisation_id=ctx.organisation_id, sequence__isnull=False)
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    if actor_id is not None:
        rows = rows.filter(actor_id=actor_id)
    if verb:
        rows = rows.filter(verb__startswith=verb[:100])
    limit = min(max(limit, 1), MOST)
    found = list(rows.order_by("-sequence")[: limit + 1])
    cut = found[:limit]
    return {"rows": [_line(e) for e in cut], "next": cut[-1].sequence if len(found) > limit else None}


def of_record(ctx: Context, row_id: UUID, limit: int = MOST) -> list[dict[str, Any]]:
    """What happened to one record, newest first, with before and after; the caller has checked that it is visible."""
    return of_records(ctx, [row_id], limit)


def of_records(ctx: Context, row_ids: list[UUID], limit: int = MOST) -> list[dict[str, Any]]:
    """What happened to several records, newest first."""
    asked = {"organisation_id": ctx.organisation_id, "row_ids": row_ids}
    found = {row[0]: row for row in _OWN.rows(**asked)}
    # Entries about many records keep what happened to each of them apart.
    bulk: dict[UUID, str] = dict(_TOUCHED.rows(**asked))
    if others := bulk.keys() - found.keys():
        rows = Entry.objects.filter(organisation_id=ctx.organisation_id, id__in=others)
        found |= {row[0]: row for row in rows.annotate(body=_BODY).values_list(*_COLUMNS, "body")}
    newest = sorted(found.values(), key=lambda row: row[0], reverse=True)[:limit]
    return [
        {**_told(*row), "said": _said(body), "changes": _changes(body, bulk.get(row[0]))}
        for *row, body in newest
    ]


def get_entry(ctx: Context, entry_id: UUID) -> dict[str, Any]:
    """One entry with its arguments and differences."""
    entry = Entry.objects.filter(id=entry_id, organisation_id=ctx.organisation_id).first()
    if entry is None:
        raise NotVisible
    payload = Payload.objects.filter(entry_id=entry.id).first()
    body = msgspec.json.decode(payload.body) if payload and payload.body else {}
    return {
        **_line(entry), "digest": entry.digest, "hash": entry.hash, "arguments": body.get("arguments"),
        "changes": body.get("changes", []), "erased_at": payload.erased_at if payload else None,
    }  # fmt: skip


def verify(ctx: Context) -> dict[str, Any]:
    """Whether the organisation's chain holds, and the first row at which it does not."""
    count, fault = verification.verify(ctx.organisation_id)
    return {"entries": count, "fault": fault}


def parked_jobs(ctx: Context) -> list[dict[str, Any]]:
    """The jobs and deliveries of the organisation that failed for good."""
    rows = Job.objects.filter(organisation_id=ctx.organisation_id, state=JobState.PARKED).order_by("-id")[
        :MOST
    ]
    return [
        dict(row)
        for row in rows.values("id", "task", "arguments", "attempts", "error", "created_at", "finished_at")
    ]


def _line(entry: Entry) -> dict[str, Any]:
    return _told(*(getattr(entry, column) for column in _COLUMNS))


def _told(*values: Any) -> dict[str, Any]:
    said = dict(zip(_COLUMNS, values, strict=True))
    said["at"] = said.pop("occurred_at")
    said["events"] = said["events"].split(",") if said["events"] else []
    return said


def _changes(body: str | None, bulk: str | None) -> list[Any]:
    if bulk:
        return [msgspec.json.decode(bulk)]
    return msgspec.json.decode(body).get("changes", []) if body else []


def _said(body: str | None) -> str:
    """Why somebody did it, in their own words: what no column of the record keeps."""
    arguments = (msgspec.json.decode(body).get("arguments") or {}) if body else {}
    words = [arguments.get(name) for name in _WHY]
    return next((word for word in words if isinstance(word, str) and word), "")


class Did(msgspec.Struct, frozen=True):
    """One row's difference as the journal keeps it: `fields` holds before and after."""

    kind: str
    row_id: UUID
    op: str
    fields: dict[str, list[Any]]


def done_within(ctx: Context, entry_id: UUID, until_id: UUID) -> Iterator[tuple[str, list[Did]]]:
    """What the verbs inside one entry changed, the last verb first; `until_id` was made when the entry was complete."""
    rows = Entry.objects.filter(organisation_id=ctx.organisation_id, id__gte=entry_id, id__lt=until_id)
    family = {entry_id}
    inside: list[tuple[UUID, str]] = []
    # A part is begun after the whole, so that every parent comes before its children.
    for row_id, parent_id, verb in rows.order_by("id").values_list("id", "parent_id", "verb"):
        if parent_id in family:
            family.add(row_id)
            inside.append((row_id, verb))
    for row_id, verb in reversed(inside):
        yield verb, did(row_id)


def latest_about(ctx: Context, verb: str, row_id: UUID) -> UUID | None:
    """The last entry of a verb that was about this record."""
    rows = Entry.objects.filter(organisation_id=ctx.organisation_id, subject_id=row_id, verb=verb)
    return rows.order_by("-id").values_list("id", flat=True).first()


def did(entry_id: UUID) -> list[Did]:
    """What one entry itself changed, in order."""
    bodies = list(RowChange.objects.filter(entry_id=entry_id).order_by("id").values_list("body", flat=True))
    if not bodies:
        body = Payload.objects.filter(entry_id=entry_id).values_list("body", flat=True).first()
        found = msgspec.json.decode(body).get("changes", []) if body else []
    else:
        found = [msgspec.json.decode(body) for body in bodies]
    return [Did(one["kind"], UUID(one["id"]), one["op"], one["fields"]) for one in found]
