"""The journal: one entry for each verb, sealed into a hash chain for each organisation."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from . import clock, writer
from .encoding import canonical
from .events import gathered
from .models import Chain, Entry, Payload, RowChange
from .plans import keeping_cursor
from .unit import Change, Unit

# More changed rows than this in one entry go to the side table, where each finds its entry by an index.
INLINE_CHANGES = 40
# The organisations whose chain this process knows to exist.
_begun: set[UUID] = set()


def write(unit: Unit, arguments: dict[str, Any]) -> Entry:
    """Stores the entry of a finished unit in the running transaction; on SQLite it is sealed at once."""
    changes = [_change(c) for c in unit.changes]
    unit.events = gathered(unit.events)
    bulk = len(changes) > INLINE_CHANGES or (unit.is_batch and bool(changes))
    bodies = [canonical(c) for c in changes] if bulk else []
    body = canonical(
        {
            "actor": actor_of(unit.ctx),
            "arguments": arguments,
            "changes": [] if bulk else changes,
            "bulk": digest_of(bodies) if bulk else None,
            "events": [[e.fact, e] for e in unit.events],
        }
    ).decode()
    salt = secrets.token_hex(16)
    entry = _entry(unit, hashlib.sha256((salt + body).encode()).hexdigest())
    sealed_inline = connection.vendor == "sqlite"
    if sealed_inline:
        _seal_one(entry)
    else:
        _begin_chain(entry.organisation_id)
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
        # In UTC, as it will be read back: the chain's hash is made of it.
        device_at=ctx.device_at and ctx.device_at.astimezone(UTC),
        digest=digest,
    )


def actor_of(known: Any) -> list[str]:
    """Under which names a context acted, or an entry says so; they stand in the payload, proved and erasable."""
    return [known.actor_name, known.on_behalf_of]


def _change(change: Change) -> dict[str, Any]:
    return {"kind": change.kind, "id": change.row_id, "op": change.op, "fields": change.fields}


def _store_bulk(entry: Entry, changes: list[Change], bodies: list[bytes]) -> None:
    writer.insert_plain(
        RowChange,
        (
            (entry.organisation_id, entry.id, c.row_id, b.decode())
            for c, b in zip(changes, bodies, strict=True)
        ),
    )


def digest_of(bodies: Iterable[bytes]) -> str:
    """One digest for the row differences of a batch, in their order."""
    rolling = hashlib.sha256()
    for body in bodies:
        rolling.update(body)
        rolling.update(b"\n")
    return rolling.hexdigest()


def link(previous: str, entry: Entry) -> str:
    """The hash that ties an entry to the one before it."""
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
        entry.hash = link(previous, entry)
        cursor.execute(
            "INSERT INTO kernel_chain (organisation_id, sequence, hash) VALUES (%s, %s, %s)"
            " ON CONFLICT (organisation_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash",
            [owner, entry.sequence, entry.hash],
        )


def _begin_chain(organisation_id: UUID) -> None:
    # In the transaction of the first entry: the sealer looks for work where there is a chain.
    if organisation_id not in _begun:
        Chain.objects.bulk_create([Chain(organisation_id=organisation_id)], ignore_conflicts=True)
        transaction.on_commit(partial(_begun.add, organisation_id))


def seal(organisation_id: UUID, limit: int = 500) -> list[Entry]:
    """Gives committed entries their sequence and hash; one sealer at a time, another one waits its short turn.

    In the order in which they were written, not begun: a verb that waited for another's lock comes after it.
    """
    with transaction.atomic():
        enter_organisation(organisation_id)
        chains = Chain.objects.filter(organisation_id=organisation_id)
        head = chains.select_for_update().first()
        if head is None:
            return []
        unsealed = Entry.objects.filter(organisation_id=organisation_id, sequence__isnull=True)
        waiting = list(unsealed.order_by("occurred_at", "id")[:limit])
        for entry in waiting:
            head.sequence += 1
            entry.sequence = head.sequence
            head.hash = entry.hash = link(head.hash, entry)
        if waiting:
            Entry.objects.bulk_update(waiting, ["sequence", "hash"])
            head.save(update_fields=["sequence", "hash"])
            from .delivery import plan

            plan(waiting)
        return waiting


def organisations() -> list[UUID]:
    """Every organisation that has a journal: whoever ever entered anything."""
    return list(Chain.objects.values_list("organisation_id", flat=True))


def enter_organisation(organisation_id: UUID) -> None:
    """Tells PostgreSQL's row security for which organisation this transaction reads and writes."""
    if connection.vendor == "postgresql":
        with keeping_cursor(connection) as cursor:
            cursor.execute("SELECT set_config('trunnion.organisation', %s, true)", [str(organisation_id)])
