"""Routes of the kernel itself: health, journal, jobs."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from trunnion import __version__
from trunnion.kernel import clock, database, gauges, health, history, jobs, metrics, queue, upkeep, wastebin
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotGranted, NotVisible
from trunnion.kernel.listing import exports
from trunnion.kernel.permissions import declare
from trunnion.kernel.web.answers import answer
from trunnion.kernel.web.request import context_of
from trunnion.kernel.web.routes import Room
from trunnion.kernel.words import say

room = Room("system")
jobs_room = Room("jobs")
rooms = (room, jobs_room)


def answers(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the framework names it)
    """Whether the process answers and reaches its database."""
    database.ping()
    return answer({"status": "ok", "version": __version__})


def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """A job that the caller started."""
    return answer(jobs.get_job(context_of(request), job_id))


def file(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """The file that a job of the caller's has made."""
    ctx = context_of(request)
    found = jobs.get_job(ctx, job_id)
    result = found["result"] or {}
    # A right that was withdrawn since takes the file with it.
    if "permission" in result and not ctx.may(result["permission"]):
        raise NotGranted(result["permission"])
    path = exports.path_of(job_id)
    if found["state"] != "done" or "name" not in result or not path.exists():
        raise NotVisible
    return FileResponse(path.open("rb"), as_attachment=True, filename=result["name"])


def thrown(request: HttpRequest, before: UUID | None = None, limit: int = wastebin.PAGE) -> HttpResponse:
    """What was removed or laid aside in the last thirty days by verbs that the caller may do, newest first."""
    ctx = context_of(request)
    with database.reading(ctx.organisation_id):
        return answer(wastebin.list_thrown(ctx, before, limit))


def parked(ctx: Context) -> dict[str, Any]:
    """The jobs and deliveries that failed for good, newest first."""
    return {"rows": history.parked_jobs(ctx)}


def checks(ctx: Context) -> dict[str, Any]:
    """Every look at the installation that takes no time, with its state, what was seen, and what to do about it."""
    return {
        "rows": [
            {
                "name": one.name, "state": one.state, "code": one.code, "facts": one.facts,
                "title": say(f"check.name.{one.name}", ctx.language), "fact": one.fact(ctx.language),
                "fix": one.fix(ctx.language),
            }
            for one in health.findings()
        ],
        "looked_at": clock.now(),
    }  # fmt: skip


def figures(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the framework names it)
    """This process's figures, in the text format that Prometheus reads."""
    gauges.register()
    return HttpResponse(metrics.render(), content_type="text/plain; version=0.0.4; charset=utf-8")


room.plain("GET", "/metrics", figures, declare("kernel.metrics.look"))
room.plain("GET", "/health", answers, open_because="watchdogs have no account")
jobs_room.plain("GET", "/{uuid:job_id}", job, open_because="shows only the caller's own jobs")
jobs_room.verb("/{uuid:job_id}/cancel", upkeep.cancel)
jobs_room.plain("GET", "/{uuid:job_id}/file", file, open_because="gives only the caller's own files")
room.detail("/checks", checks, declare("kernel.health.look"))
room.plain("GET", "/bin", thrown, open_because="tells only what the caller may remove")
room.verb("/bin/{uuid:entry_id}/restore", wastebin.restore)
room.detail("/parked", parked, "kernel.job.read")
room.verb("/parked/{uuid:job_id}/retry", upkeep.retry)
room.detail("/jobs", queue.list_jobs, "kernel.job.read")
room.verb("/jobs/{uuid:job_id}/stop", upkeep.stop)
room.verb("/journal/erase", upkeep.erase)
room.detail("/journal", history.list_entries, "kernel.journal.read")
room.detail("/journal/verify", history.verify, "kernel.journal.verify")
room.detail("/journal/{entry_id}", history.get_entry, "kernel.journal.read")
