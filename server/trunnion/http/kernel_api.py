"""Routes of the kernel itself: health, journal, jobs."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse

from trunnion import __version__
from trunnion.kernel import history, jobs
from trunnion.kernel.context import Context
from trunnion.kernel.web.answers import answer
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room

room = Room("system")


def health(request: HttpRequest) -> HttpResponse:
    """Whether the process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return answer({"status": "ok", "version": __version__})


def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """A job that the caller started."""
    return answer(jobs.get_job(context_of(request), job_id))


def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Calls a job of the caller's off."""
    ctx = context_of(request)
    jobs.get_job(ctx, job_id)
    jobs.cancel(job_id, ctx.organisation_id)
    return answer(jobs.get_job(ctx, job_id))


def parked(ctx: Context) -> dict[str, Any]:
    """The jobs and deliveries that failed for good, newest first."""
    return {"rows": history.parked_jobs(ctx)}


def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Gives a parked job another life."""
    ctx = context_of(request)
    jobs.retry(job_id, ctx.organisation_id)
    return answer({"id": job_id})


room.plain("GET", "/health", health, open_because="watchdogs have no account")
room.plain("GET", "/jobs/{uuid:job_id}", job, open_because="shows only the caller's own jobs")
room.plain("POST", "/jobs/{uuid:job_id}/cancel", cancel, open_because="cancels only the caller's own jobs")
room.detail("/parked", parked, "kernel.job.read")
room.plain("POST", "/parked/{uuid:job_id}/retry", retry, "kernel.job.retry")
room.detail("/journal", history.list_entries, "kernel.journal.read")
room.detail("/journal/verify", history.verify, "kernel.journal.verify")
room.detail("/journal/{entry_id}", history.get_entry, "kernel.journal.read")
