"""The clock's work of safekeeping: a copy each night."""

from datetime import timedelta
from typing import Any

from trunnion.kernel.database import writing
from trunnion.kernel.errors import Refusal
from trunnion.kernel.jobs import Cancelled, LostLease, Progress, every
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import JobState

from . import keeping

TASK = "integrations.backup"


@every(timedelta(minutes=30), TASK)
def night(progress: Progress) -> dict[str, Any] | None:
    """Makes and proves a copy when one is due; one that fails is parked at once, where the operator sees it."""
    if not keeping.is_due():
        return None
    try:
        made = keeping.keep_one(progress)
    except (Cancelled, LostLease, Refusal):
        raise
    except Exception as fault:
        raise Refusal("backup.failed", reason=f"{type(fault).__name__}: {fault}"[:300]) from fault
    forgive()
    return made


def forgive() -> None:
    """A good copy makes up for those that failed before."""
    with writing():
        Job.objects.filter(task=TASK, state=JobState.PARKED).delete()
