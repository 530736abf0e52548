"""Jobs: persistent work with leases, fencing, retries and progress, on SQLite as on PostgreSQL."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, connections, transaction
from django.db.models import F

from . import clock, writer
from .context import Context, Door, system
from .database import writing
from .encoding import canonical, encode
from .errors import KernelError, NotVisible, Refusal
from .models import Job, Schedule
from .models.jobs import DELIVERY, JobState
from .wake import wake

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
TASKS: dict[str, Callable[..., Any]] = {}
SCHEDULES: dict[str, tuple[str, timedelta]] = {}
# How far the tasks of this process are inside a transaction that nobody else sees yet.
_LIVE: dict[UUID, tuple[int, int]] = {}
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
    """Queues a task in the caller's transaction, to run with the caller's rights as they are then.

    With a `unique_key` it is queued once only; whoever asks again gets the job that is there.
    """
    if name not in TASKS:
        raise KeyError(name)
    job = Job(
        organisation_id=ctx.organisation_id,
        task=name,
        arguments=canonical(arguments).decode(),
        context=encode({"language": ctx.language, "zone": ctx.zone, "actor_name": ctx.actor_name}).decode(),
        actor_id=ctx.actor_id,
        unique_key=f"{ctx.organisation_id.hex}:{unique_key}"[:200] if unique_key else None,
        run_at=clock.now(),
        created_at=clock.now(),
    )
    if not writer.insert_unless_there(job):
        return Job.objects.values_list("id", flat=True).get(unique_key=job.unique_key)
    transaction.on_commit(wake)
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

    def live(self, done: int, total: int) -> None:
        """Says how far it is without writing: for work inside one transaction. Seen by this process only."""
        _LIVE[self.job.id] = (done, total)


def lease(limit: int = 1, *, deliveries_only: bool = False) -> list[Job]:
    """Takes due jobs: fresh ones, and those whose worker has not been heard of since its lease ran out.

    Several deliveries may be taken at once, but nothing behind a task: it may take long.
    """
    due = Job.objects.filter(state__in=[JobState.READY, JobState.RUNNING], run_at__lte=clock.now())
    if deliveries_only:
        due = due.filter(task=DELIVERY)
    if not due.exists():
        return []
    with writing(), transaction.atomic():
        if connection.vendor == "postgresql":
            due = due.select_for_update(skip_locked=True)
        seen, taken = [], []
        for job in due.order_by("run_at", "id")[:limit]:
            seen.append(job)
            if _took(job):
                taken.append(job)
                if job.task != DELIVERY:
                    break
        columns = ["state", "attempts", "fence", "leased_until", "run_at", "error", "finished_at"]
        Job.objects.bulk_update(seen, columns)
        return taken


def _took(job: Job) -> bool:
    job.fence += 1
    if job.state == JobState.RUNNING and job.attempts >= MAX_ATTEMPTS:
        # Whoever took it died of it each time; it must not take the next worker down as well.
        job.state, job.finished_at, job.error = JobState.PARKED, clock.now(), "worker_lost"
        return False
    job.state, job.attempts = JobState.RUNNING, job.attempts + 1
    job.leased_until = job.run_at = clock.now() + LEASE
    return True


def renew(job: Job) -> bool:
    """Says that the job's worker is alive; returns whether the job is still its own."""
    until = clock.now() + LEASE
    with writing():
        kept_on = Job.objects.filter(id=job.id, fence=job.fence, state=JobState.RUNNING)
        return bool(kept_on.update(leased_until=until, run_at=until))


@contextmanager
def kept(job: Job) -> Iterator[None]:
    """Renews the job's lease from a thread of its own for the length of the block, however rarely the task reports."""
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(LEASE.total_seconds() / 3) and renew(job):
                pass
        finally:
            connections.close_all()

    heart = threading.Thread(target=beat, name=f"lease-{job.id}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()


def finish(job: Job, result: Any = None) -> None:
    """Marks a job done, in the caller's transaction; raises LostLease when it is no longer the caller's."""
    _LIVE.pop(job.id, None)
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
    _LIVE.pop(job.id, None)
    with writing():
        parked = park or job.attempts >= MAX_ATTEMPTS
        Job.objects.filter(id=job.id, fence=job.fence, state=JobState.RUNNING).update(
            state=JobState.PARKED if parked else JobState.READY,
            run_at=clock.now() + timedelta(seconds=min(2**job.attempts, 3600)),
            error=error[-4000:],
            finished_at=clock.now() if parked else None,
        )


def retry(job_id: UUID, organisation_id: UUID) -> bool:
    """Gives a parked job another life; returns whether there was one."""
    with writing():
        return bool(
            Job.objects.filter(id=job_id, organisation_id=organisation_id, state=JobState.PARKED).update(
                state=JobState.READY, attempts=0, run_at=clock.now(), fence=F("fence") + 1, finished_at=None
            )
        )


def cancel(job_id: UUID, organisation_id: UUID) -> bool:
    """Calls a job off; a running one notices at its next report. Returns whether there was one to call off."""
    open_ = [JobState.READY, JobState.RUNNING]
    with writing():
        found = Job.objects.filter(id=job_id, organisation_id=organisation_id, state__in=open_)
        return bool(found.update(state=JobState.CANCELLED, finished_at=clock.now()))


def live_progress(job: Job) -> tuple[int, int]:
    """How far a job is, also where it says so without writing."""
    return _LIVE.get(job.id, (job.progress_done, job.progress_total))


def get_job(ctx: Context, job_id: UUID) -> dict[str, Any]:
    """A job as its originator sees it."""
    job = Job.objects.filter(id=job_id, organisation_id=ctx.organisation_id, actor_id=ctx.actor_id).first()
    if job is None:
        raise NotVisible
    done, total = live_progress(job)
    return {
        "id": job.id, "task": job.task, "state": job.state, "progress_done": done, "progress_total": total,
        "error": job.error.strip().rsplit("\n", 1)[-1],
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
