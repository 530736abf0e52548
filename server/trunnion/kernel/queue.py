"""Reads of the queue: an organisation's jobs and deliveries, what became of them, and why one failed, in parts."""

import ast
import re
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count

from .context import Context
from .jobs import live_progress
from .models import Job
from .models.jobs import DELIVERY, JobState

MOST = 200
OPEN = (JobState.RUNNING, JobState.READY)
_REFUSED = re.compile(r"([a-z][a-z0-9_.]*) (\{.*\})", re.DOTALL)


class Group(StrEnum):
    """What is asked for: whatever is still to end, or what ended in this way."""

    OPEN = "open"
    PARKED = "parked"
    DONE = "done"
    CANCELLED = "cancelled"


class Sort(StrEnum):
    """Work that somebody or the clock asked for, or an event on its way to a handler."""

    ALL = "all"
    TASK = "task"
    DELIVERY = "delivery"


def list_jobs(
    ctx: Context,
    group: Group = Group.OPEN,
    sort: Sort = Sort.ALL,
    before: UUID | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Jobs and deliveries, newest first, with how many are open or failed; `before` is the one to go on from."""
    own = Job.objects.filter(organisation_id=ctx.organisation_id)
    rows = own.filter(state__in=OPEN if group == Group.OPEN else [group])
    if sort != Sort.ALL:
        rows = rows.filter(task=DELIVERY) if sort == Sort.DELIVERY else rows.exclude(task=DELIVERY)
    if before is not None:
        rows = rows.filter(id__lt=before)
    limit = min(max(limit, 1), MOST)
    found = list(rows.order_by("-id")[: limit + 1])
    counted = own.filter(state__in=[*OPEN, JobState.PARKED]).values_list("state").annotate(Count("id"))
    shown = found[:limit]
    return {
        "rows": [_line(job) for job in shown],
        "counts": {str(state): many for state, many in counted.order_by()},
        "next": shown[-1].id if len(found) > limit else None,
    }


def _line(job: Job) -> dict[str, Any]:
    done, total = live_progress(job)
    is_delivery = job.task == DELIVERY
    return {
        "id": job.id, "task": job.task, "is_delivery": is_delivery, "state": job.state, "attempts": job.attempts,
        "handler": msgspec.json.decode(job.arguments).get("handler") if is_delivery else None,
        "asked_by": msgspec.json.decode(job.context).get("actor_name", "") if job.context else "",
        "progress_done": done, "progress_total": total, "error": job.error, "reason": reason_of(job.error),
        "created_at": job.created_at, "run_at": job.run_at, "finished_at": job.finished_at,
    }  # fmt: skip


def reason_of(error: str) -> dict[str, Any] | None:
    """Why a job failed: the code of its refusal with the facts that can be told, or that it broke down."""
    if not error:
        return None
    if error == "worker_lost":
        return {"code": error, "facts": {}}
    refused = _REFUSED.fullmatch(error.strip())
    if refused is None:
        return {"code": "broke_down", "facts": {"last": error.strip().rsplit("\n", 1)[-1][:400]}}
    try:
        facts = ast.literal_eval(refused[2])
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return {"code": refused[1], "facts": {}}
    return {"code": refused[1], "facts": facts if isinstance(facts, dict) else {}}
