"""The kernel's own verbs and clockwork: jobs called off or tried again, payloads erased, spent rows swept away."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from . import clock, jobs, statistics
from .command import command
from .context import Context
from .database import reading, writing
from .errors import NotVisible, Refusal
from .inputs import Name
from .journal import organisations
from .models import Attempt, Entry, Job, Payload, Replay, RowChange
from .models.jobs import DELIVERY, JobState
from .verification import ERASURE

Entries = Annotated[list[UUID], Field(min_length=1, max_length=500)]
KEEP_JOBS = timedelta(days=14)
KEEP_REPLAYS = timedelta(days=60)


@command("kernel.job.cancel", open_to_all=True)
def cancel(ctx: Context, job_id: UUID) -> None:
    """Calls off a job of one's own; a running one notices at its next report."""
    jobs.get_job(ctx, job_id)
    jobs.cancel(job_id, ctx.organisation_id)


@command("kernel.job.stop")
def stop(ctx: Context, job_id: UUID) -> None:
    """Calls off anybody's job; an event's delivery is owed and can only be tried again."""
    job = Job.objects.filter(id=job_id, organisation_id=ctx.organisation_id).first()
    if job is None:
        raise NotVisible
    if job.task == DELIVERY:
        raise Refusal("delivery_stays")
    if not jobs.cancel(job_id, ctx.organisation_id):
        raise Refusal("job_ended")


@command("kernel.job.retry")
def retry(ctx: Context, job_id: UUID) -> None:
    """Gives a job or delivery that failed for good another life."""
    if not jobs.retry(job_id, ctx.organisation_id):
        raise NotVisible


@command(ERASURE)
def erase(ctx: Context, entry_ids: Entries, reason: Name) -> int:  # noqa: ARG001  (journalled)
    """Erases what entries hold of arguments and differences; that they happened, and this erasure, stay proved."""
    found = Entry.objects.filter(organisation_id=ctx.organisation_id, id__in=entry_ids)
    known = dict(found.values_list("id", "verb"))
    if len(known) != len(set(entry_ids)):
        raise NotVisible
    if ERASURE in known.values():
        raise Refusal("erasure_stays")
    Payload.objects.filter(entry_id__in=known).update(body="", salt="", erased_at=clock.now())
    RowChange.objects.filter(entry_id__in=known).delete()
    found.update(actor_name="", on_behalf_of="")
    return len(known)


@jobs.every(timedelta(hours=6), "kernel.count")
def count(progress: jobs.Progress) -> None:  # noqa: ARG001  (every task is given one)
    """Counts anew what the database's plans rest on."""
    statistics.gather()


@jobs.every(timedelta(hours=6), "kernel.sweep")
def sweep(progress: jobs.Progress) -> int:  # noqa: ARG001  (every task is given one)
    """Removes finished jobs, counted attempts and remembered answers that nobody will ask for any more."""
    now = clock.now()
    with writing():
        gone, _ = Attempt.objects.filter(window_until__lt=now).delete()
    ended = Job.objects.filter(state__in=[JobState.DONE, JobState.CANCELLED], finished_at__lt=now - KEEP_JOBS)
    with writing():
        gone += ended.delete()[0]
    for organisation_id in organisations():
        with writing(), reading(organisation_id):
            old = Replay.objects.filter(organisation_id=organisation_id, created_at__lt=now - KEEP_REPLAYS)
            gone += old.delete()[0]
    return gone
