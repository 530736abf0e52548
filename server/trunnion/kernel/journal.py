"""The journal: one entry for each verb, sealed into a hash chain for each organisation, verifiable row by row."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from . import clock, writer
from .encoding import canonical
from .models import Chain, Entry, Payload, RowChange
from .unit import Change, Unit

# More changed rows than this in one entry go to the side table, where each finds its entry by an index.
INLINE_CHANGES = 40


def write(unit: Unit, arguments: dict[str, Any]) -> Entry:
    """Stores the entry of a finished unit in the running transaction; on SQLite it is sealed at once."""
    changes = [_change(c) for c in unit.changes]
    bulk = len(changes) > INLINE_CHANGES
    bodies = [canonical(c) for c in changes] if bulk else []
    body = canonical(
        {
            "arguments": arguments,
            "changes": [] if bulk else changes,
            "bulk": _digest_of(bodies) if bulk else None,
            "events": [[e.fact, e] for e in unit.events],
        }
    ).decode()
    salt = secrets.token_hex(16)
    entry = _entry(unit, hashlib.sha256((salt + body).encode()).hexdigest())
    sealed_inline = connection.vendor == "sqlite"
    if sealed_inline:
        _seal_one(entry)
    writer.insert(entry)
    writer.insert(Payload(entry_id=entry.id, organisation_id=entry.organisation_id, salt=salt, body=body))
    if bulk:
        _store_bulk(entry, unit.changes, bodies)
    return entry


def _entry(unit: Unit, digest: str) -> Entry:
    ctx = unit.ctx
    kind, row_id = unit.subject or ("", None)
    return Entry(
        id=unit.entry_id,
        organisation_id=ctx.organisation_id,
        verb=unit.verb,
        actor_id=ctx.actor_id,
        actor_name=ctx.actor_name,
        on_behalf_of=ctx.on_behalf_of,
        door=ctx.door,
        subject_kind=kind,
        subject_id=row_id,
        parent_id=unit.parent.entry_id if unit.parent else None,
        key=(ctx.key or "") if unit.parent is None else "",
        events=",".join(dict.fromkeys(e.fact for e in unit.events)),
        occurred_at=clock.now(),
        device_at=ctx.device_at,
        digest=digest,
    )


def _change(change: Change) -> dict[str, Any]:
    return {"kind": change.kind, "id": change.row_id, "op": change.op, "fields": change.fields}


def _digest_of(bodies: Iterable[bytes]) -> str:
    rolling = hashlib.sha256()
    for body in bodies:
        rolling.update(body)
        rolling.update(b"\n")
    return rolling.hexdigest()


def _store_bulk(entry: Entry, changes: list[Change], bodies: list[bytes]) -> None:
    RowChange.objects.bulk_create(
        (
            RowChange(
                organisation_id=entry.organisation_id, entry_id=entry.id, row_id=c.row_id, body=b.decode()
            )
            for c, b in zip(changes, bodies, strict=True)
        ),
        batch_size=5000,
    )


def _link(previous: str, entry: Entry) -> str:
    header = [
        entry.sequence, entry.id, entry.organisation_id, entry.verb, entry.actor_id, entry.door, entry.subject_kind,
        entry.subject_id, entry.parent_id, entry.key, entry.events, entry.occurred_at, entry.device_at, entry.digest,
    ]  # fmt: skip
    return hashlib.sha256(previous.encode() + canonical(header)).hexdigest()


def _seal_one(entry: Entry) -> None:
    # SQLite has one writer, so the sequence can be given before the insert and nobody waits for it.
    owner = entry.organisation_id.hex
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, hash FROM kernel_chain WHERE organisation_id = %s", [owner])
        sequence, previous = cursor.fetchone() or (0, "")
        entry.sequence = sequence + 1
        entry.hash = _link(previous, entry)
        cursor.execute(
            "INSERT INTO kernel_chain (organisation_id, sequence, hash) VALUES (%s, %s, %s)"
            " ON CONFLICT (organisation_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash",
            [owner, entry.sequence, entry.hash],
        )


def seal(organisation_id: UUID, limit: int = 500) -> list[Entry]:
    """Gives committed entries their sequence and hash, in order; one sealer at a time, the others do nothing."""
    with transaction.atomic():
        enter_organisation(organisation_id)
        Chain.objects.bulk_create([Chain(organisation_id=organisation_id)], ignore_conflicts=True)
        head = (
            Chain.objects.select_for_update(skip_locked=True).filter(organisation_id=organisation_id).first()
        )
        if head is None:
            return []
        waiting = list(
            Entry.objects.filter(organisation_id=organisation_id, sequence__isnull=True).order_by("id")[
                :limit
            ]
        )
        for entry in waiting:
            head.sequence += 1
            entry.sequence = head.sequence
            head.hash = entry.hash = _link(head.hash, entry)
        if waiting:
            Entry.objects.bulk_update(waiting, ["sequence", "hash"])
            head.save(update_fields=["sequence", "hash"])
            from .delivery import plan

            plan(waiting)
        return waiting


def enter_organisation(organisation_id: UUID) -> None:
    """Tells PostgreSQL's row security for which organisation this transaction reads and writes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('trunnion.organisation', %s, true)", [str(organisation_id)])


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row at which a chain does not verify."""

    sequence: int
    entry_id: UUID | None
    reason: str


def verify(organisation_id: UUID) -> tuple[int, Fault | None]:
    """Walks an organisation's chain; returns how many entries hold and the first fault, if any."""
    previous, count = "", 0
    with transaction.atomic():
        enter_organisation(organisation_id)
        for entry in _in_order(organisation_id):
            fault = _check(previous, count, entry)
            if fault:
                return count, fault
            previous, count = entry.hash, count + 1
        head = Chain.objects.filter(organisation_id=organisation_id).first()
        if head is not None and (head.sequence, head.hash) != (count, previous):
            return count, Fault(count + 1, None, "missing_at_end")
    return count, None


def _in_order(organisation_id: UUID, step: int = 2000) -> Iterator[Entry]:
    after = 0
    while True:
        found = list(
            Entry.objects.filter(organisation_id=organisation_id, sequence__gt=after).order_by("sequence")[
                :step
            ]
        )
        yield from found
        if len(found) < step:
            return
        after = found[-1].sequence or 0


def _check(previous: str, count: int, entry: Entry) -> Fault | None:
    sequence = entry.sequence or 0
    if sequence != count + 1:
        return Fault(count + 1, None, "missing")
    if _link(previous, entry) != entry.hash:
        return Fault(sequence, entry.id, "entry_changed")
    payload = Payload.objects.filter(entry_id=entry.id).first()
    if payload is None:
        return Fault(sequence, entry.id, "payload_missing")
    if payload.erased_at is not None:
        return None
    if hashlib.sha256((payload.salt + payload.body).encode()).hexdigest() != entry.digest:
        return Fault(sequence, entry.id, "payload_changed")
    expected = msgspec.json.decode(payload.body)["bulk"]
    if expected is not None:
        rows = RowChange.objects.filter(entry_id=entry.id).order_by("id").values_list("body", flat=True)
        if _digest_of(body.encode() for body in rows) != expected:
            return Fault(sequence, entry.id, "changes_changed")
    return None
