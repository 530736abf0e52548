"""The clock's work of safekeeping: a copy each night."""

from datetime import timedelta
from typing import Any

from trunnion.kernel.database import writing
from trunnion.kernel.jobs import Progress, every
from trunnion.kernel.models import Job
from trunnion.kernel.models.jobs import JobState

from . import apart, keeping

TASK = "integrations.backup"


@every(timedelta(minutes=30), TASK)
def night(progress: Progress) -> dict[str, Any] | None:
    """Makes and proves a copy when one is due; one that fails is parked at once, where the operator sees it."""
    if not keeping.is_due():
        return None
    try:
        made = apart.keep_one(progress)
    except apart.Failed as failed:
        if not failed.is_noted:
            keeping.note_failure(failed.reason)
        raise
    forgive()
    return made


def forgive() -> None:
    """A good copy makes up for those that failed before."""
    with writing():
        Job.objects.filter(task=TASK, state=JobState.PARKED).delete()
