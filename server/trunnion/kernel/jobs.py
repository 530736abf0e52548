"""Jobs: persistent work with leases, fencing, retries and progress, on SQLite as on PostgreSQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import F

from . import clock
from .context import Context, Door, system
from .database import writing
from .encoding import canonical, encode
from .errors import KernelError, NotVisible, Refusal
from .models import Job, Schedule
from .models.jobs import JobState

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
TASKS: dict[str, Callable[..., Any]] = {}
SCHEDULES: dict[str, tuple[str, timedelta]] = {}
# Given by identity: the context that an actor has now, so that a job never outlives its originator's rights.
_context_source: list[Callable[[UUID, UUID], Context]] = []


class LostLease(Exception):
    """Another worker took the job over; whatever this one did must not count."""


class Cancelled(Exception):
    """The job was called off while it ran."""


def task(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers `function(ctx, progress, **arguments)`; it may run more than once and must then end the same."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        TASKS[name] = function
        return function

    return register


def every(interval: timedelta, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers a task that the clock starts at this interval, once however many schedulers run."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        SCHEDULES[name] = (name, interval)
        return task(name)(function)

    return register


def set_context_source(source: Callable[[UUID, UUID], Context]) -> None:
    """Tells how the context of a job's originator is made anew when it runs."""
    _context_source[:] = [source]


def enqueue(ctx: Context, name: str, *, unique_key: str | None = None, **arguments: Any) -> UUID:
    """Queues a task in the caller's transaction, to run with the caller's rights as they are then."""
    if name not in TASKS:
        raise KeyError(name)
    job = Job(
        organisation_id=ctx.organisation_id,
        task=name,
        arguments=canonical(arguments).decode(),
        context=encode({"language": ctx.language, "zone": ctx.zone, "actor_name": ctx.actor_name}).decode(),
        actor_id=ctx.actor_id,
        unique_key=unique_key,
        run_at=clock.now(),
        created_at=clock.now(),
    )
    job.save(force_insert=True)
    return job.id


@dataclass(slots=True)
class Progress:
    """A running job's way to say how far it is; each report also renews the lease."""

    job: Job
    done: int = 0

    def __call__(self, done: int, total: int) -> None:
        """Reports; raises LostLease or Cancelled when the job is no longer this worker's."""
        self.done = done
        until = clock.now() + LEASE
        with writing():
            kept = Job.objects.filter(id=self.job.id, fence=self.job.fence, state=JobState.RUNNING).update(
                progress_done=done, progress_total=total, leased_until=until, run_at=until
            )
        if not kept:
            state = Job.objects.filter(id=self.job.id).values_list("state", flat=True).first()
            raise Cancelled if state == JobState.CANCELLED else LostLease


def lease(limit: int = 1) -> list[Job]:
    """Takes due jobs: fresh ones, and those whose worker has not been heard of since its lease ran out."""
    with writing(), transaction.atomic():
        now = clock.now()
        due = Job.objects.filter(state__in=[JobState.READY, JobState.RUNNING], run_at__lte=now)
        if connection.vendor == "postgresql":
            due = due.select_for_update(skip_locked=True)
        taken = list(due.order_by("run_at", "id")[:limit])
        for job in taken:
            job.state, job.attempts, job.fence = JobState.RUNNING, job.attempts + 1, job.fence + 1
            job.leased_until = job.run_at = now + LEASE
        Job.objects.bulk_update(taken, ["state", "attempts", "fence", "leased_until", "run_at"])
        return taken


def finish(job: Job, result: Any = None) -> None:
    """Marks a job done, in the caller's transaction; raises LostLease when it is no longer the caller's."""
    written = Job.objects.filter(id=job.id, fence=job.fence, state=JobState.RUNNING).update(
        state=JobState.DONE,
        finished_at=clock.now(),
        result=encode(result).decode() if result is not None else "",
        error="",
    )
    if not written:
        raise LostLease


def fail(job: Job, error: str, *, park: bool = False) -> None:
    """Puts a failed job back with a growing pause, or parks it where it can be seen."""
    with writing():
        parked = park or job.attempts >= MAX_ATTEMPTS
        Job.objects.filter(id=job.id, fence=job.fence, state=JobState.RUNNING).update(
            state=JobState.PARKED if parked else JobState.READY,
            run_at=clock.now() + timedelta(seconds=min(2**job.attempts, 3600)),
            error=error[-4000:],
            finished_at=clock.now() if parked else None,
        )


def retry(job_id: UUID, organisation_id: UUID) -> None:
    """Gives a parked job another life."""
    with writing():
        Job.objects.filter(id=job_id, organisation_id=organisation_id, state=JobState.PARKED).update(
            state=JobState.READY, attempts=0, run_at=clock.now(), fence=F("fence") + 1
        )


def cancel(job_id: UUID, organisation_id: UUID) -> None:
    """Calls a job off; a running one notices at its next report."""
    with writing():
        Job.objects.filter(
            id=job_id, organisation_id=organisation_id, state__in=[JobState.READY, JobState.RUNNING]
        ).update(state=JobState.CANCELLED, finished_at=clock.now())


def get_job(ctx: Context, job_id: UUID) -> dict[str, Any]:
    """A job as its originator sees it."""
    job = Job.objects.filter(id=job_id, organisation_id=ctx.organisation_id, actor_id=ctx.actor_id).first()
    if job is None:
        raise NotVisible
    return {
        "id": job.id, "task": job.task, "state": job.state, "progress_done": job.progress_done,
        "progress_total": job.progress_total, "error": job.error.strip().rsplit("\n", 1)[-1],
        "result": msgspec.json.decode(job.result) if job.result else None, "created_at": job.created_at,
        "finished_at": job.finished_at,
    }  # fmt: skip


def context_of(job: Job) -> Context:
    """The context in which a job runs: its originator's of this moment, or the system's."""
    if job.organisation_id is None:
        raise KernelError("a job of no organisation has no context")
    facts = msgspec.json.decode(job.context) if job.context else {}
    if job.actor_id is None or not _context_source:
        return system(job.organisation_id, **facts)
    return _context_source[0](job.organisation_id, job.actor_id).with_(door=Door.JOB, **facts)


def run_task(job: Job) -> Any:
    """Runs a named task outside of any transaction of the worker's."""
    function = TASKS.get(job.task)
    if function is None:
        raise Refusal("task_unknown", task=job.task)
    if job.organisation_id is None:
        return function(Progress(job))
    return function(context_of(job), Progress(job), **msgspec.json.decode(job.arguments))


def tick() -> None:
    """Queues the scheduled tasks that are due."""
    now = clock.now()
    for name, (task_name, interval) in SCHEDULES.items():
        with writing(), transaction.atomic():
            _, fresh = Schedule.objects.get_or_create(name=name, defaults={"next_at": now + interval})
            if fresh or not Schedule.objects.filter(name=name, next_at__lte=now).update(
                next_at=now + interval
            ):
                continue
            Job(task=task_name, arguments="{}", run_at=now, created_at=now).save(force_insert=True)
