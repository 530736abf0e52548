"""Delivery: each event of a sealed entry becomes one leased job for each handler that listens to it."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import connection, transaction

from . import clock
from .context import Door, system
from .events import EVENTS, HANDLERS, Event
from .models import Entry, Job, Payload
from .models.jobs import DELIVERY
from .wake import tell, wake


class Parcel(msgspec.Struct, frozen=True):
    """Which event of which entry goes to which handler."""

    entry_id: UUID
    index: int
    handler: str


def plan(entries: list[Entry], events: dict[UUID, list[Event]] | None = None) -> None:
    """Makes the jobs of these entries' events, in the transaction that sealed them."""
    jobs: list[Job] = []
    for entry in entries:
        if not any(name in HANDLERS for name in entry.events.split(",")):
            continue
        names = [e.fact for e in events[entry.id]] if events else [n for n, _ in _events_of(entry.id)[1]]
        for index, name in enumerate(names):
            jobs.extend(_job(entry, index, handler.name) for handler in HANDLERS.get(name, []))
    if jobs:
        Job.objects.bulk_create(jobs, ignore_conflicts=True)
        transaction.on_commit(wake)


def _job(entry: Entry, index: int, handler: str) -> Job:
    return Job(
        organisation_id=entry.organisation_id,
        task=DELIVERY,
        arguments=msgspec.json.encode(Parcel(entry.id, index, handler)).decode(),
        unique_key=f"{entry.id.hex}:{index}:{handler}",
        run_at=clock.now(),
        created_at=clock.now(),
    )


def _events_of(entry_id: UUID) -> tuple[Payload, list[Any]]:
    payload = Payload.objects.get(entry_id=entry_id)
    return payload, msgspec.json.decode(payload.body)["events"] if payload.body else []


def deliver(job: Job) -> None:
    """Gives one event to one handler; runs inside the transaction that also marks the job done."""
    parcel = msgspec.json.decode(job.arguments, type=Parcel)
    payload, events = _events_of(parcel.entry_id)
    if payload.erased_at is not None:
        return
    name, body = events[parcel.index]
    handler = next((h for h in HANDLERS.get(name, []) if h.name == parcel.handler), None)
    if handler is None:
        return
    entry = Entry.objects.get(id=parcel.entry_id)
    ctx = system(entry.organisation_id, Door.JOB, on_behalf_of=entry.actor_name, caused_by=entry.actor_id)
    handler.run(ctx, msgspec.convert(body, EVENTS[name], strict=False))


def after_commit(organisation_id: UUID) -> None:
    """Called once an outermost command has committed: wakes the sealer and the workers, or does their work in tests."""
    if getattr(settings, "TRUNNION_DELIVERY", "worker") == "inline":
        from .worker import settle

        settle([organisation_id])
        return
    # A handler's command ends inside the delivery's transaction: nobody is woken before that has committed too.
    # On SQLite an entry is sealed as it is written, and whoever made a job has said so.
    is_sealed = connection.vendor == "sqlite"
    transaction.on_commit(tell if is_sealed else partial(wake, organisation_id))
