"""Proves that a journal was not tampered with, or names the first row that was."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from .database import reading
from .journal import actor_of, digest_of, link
from .models import Chain, Entry, Payload, RowChange

ERASURE = "kernel.journal.erase"
STEP = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row at which a chain does not verify."""

    sequence: int
    entry_id: UUID | None
    reason: str


@dataclass(slots=True)
class _Walk:
    """How far a verification has come."""

    count: int = 0
    hash: str = ""
    erased: dict[UUID, int] = field(default_factory=dict)
    erasures: set[UUID] = field(default_factory=set)


def verify(organisation_id: UUID) -> tuple[int, Fault | None]:
    """Walks an organisation's chain up to its present head; returns how many entries hold and the first fault, if any.

    Nobody has to wait for it: what is sealed meanwhile is the next walk's.
    """
    walk = _Walk()
    with reading(organisation_id):
        head = Chain.objects.filter(organisation_id=organisation_id).first()
        for entry, payload, has_rows in _in_order(organisation_id, head.sequence if head else 0):
            fault = _check(walk, entry, payload, has_rows)
            if fault:
                return walk.count, fault
            walk.hash, walk.count = entry.hash, walk.count + 1
        return walk.count, _check_end(walk, organisation_id, head)


def _in_order(organisation_id: UUID, until: int) -> Iterator[tuple[Entry, Payload | None, bool]]:
    after = 0
    while after < until:
        rows = Entry.objects.filter(organisation_id=organisation_id, sequence__gt=after, sequence__lte=until)
        found = list(rows.order_by("sequence")[:STEP])
        if not found:
            return
        ids = [e.id for e in found]
        payloads = Payload.objects.in_bulk(ids)
        batches = set(
            RowChange.objects.filter(entry_id__in=ids).values_list("entry_id", flat=True).distinct()
        )
        for entry in found:
            yield entry, payloads.get(entry.id), entry.id in batches
        after = found[-1].sequence or until


def _check(walk: _Walk, entry: Entry, payload: Payload | None, has_rows: bool) -> Fault | None:
    sequence = entry.sequence or 0
    if sequence != walk.count + 1:
        return Fault(walk.count + 1, None, "missing")
    if link(walk.hash, entry) != entry.hash:
        return Fault(sequence, entry.id, "entry_changed")
    if payload is None:
        return Fault(sequence, entry.id, "payload_missing")
    if payload.erased_at is not None:
        walk.erased[entry.id] = sequence
        reason = "payload_changed" if payload.body or has_rows or any(actor_of(entry)) else ""
    else:
        reason = _check_payload(walk, entry, payload, has_rows)
    return Fault(sequence, entry.id, reason) if reason else None


def _check_payload(walk: _Walk, entry: Entry, payload: Payload, has_rows: bool) -> str:
    if hashlib.sha256((payload.salt + payload.body).encode()).hexdigest() != entry.digest:
        return "payload_changed"
    body: dict[str, Any] = msgspec.json.decode(payload.body)
    if body.get("actor") != actor_of(entry):
        return "entry_changed"
    if entry.verb == ERASURE:
        walk.erasures.update(map(UUID, body["arguments"]["entry_ids"]))
    if body["bulk"] is None:
        return "changes_changed" if has_rows else ""
    rows = list(RowChange.objects.filter(entry_id=entry.id).order_by("id"))
    told = digest_of(row.body.encode() for row in rows)
    if told != body["bulk"] or any(msgspec.json.decode(row.body)["id"] != str(row.row_id) for row in rows):
        return "changes_changed"
    return ""


def _check_end(walk: _Walk, organisation_id: UUID, head: Chain | None) -> Fault | None:
    for entry_id, sequence in walk.erased.items():
        if entry_id not in walk.erasures:
            return Fault(sequence, entry_id, "payload_erased")
    if head is not None and (head.sequence, head.hash) != (walk.count, walk.hash):
        return Fault(walk.count + 1, None, "missing_at_end")
    entries = Entry.objects.filter(organisation_id=organisation_id)
    present = Chain.objects.filter(organisation_id=organisation_id).values("sequence")
    beyond = entries.filter(sequence__gt=Coalesce(Subquery(present), 0)).order_by("sequence").first()
    if beyond is not None:
        return Fault(walk.count + 1, beyond.id, "beyond_the_head")
    if connection.vendor == "sqlite" and entries.filter(sequence=None).exists():
        return Fault(walk.count + 1, None, "unsealed")
    return None
