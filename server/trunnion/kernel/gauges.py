"""What an operator watches of an installation: its queue, its disk, its version; looked up when it is asked for."""

import shutil
from functools import cache

from django.conf import settings
from django.db.models import Count, Min

from trunnion import __version__

from . import clock, metrics
from .metrics import Labels
from .models import Job
from .models.jobs import JobState


def _jobs() -> dict[Labels, float]:
    found = dict(Job.objects.values_list("state").annotate(many=Count("id")))
    return {(("state", str(state)),): float(found.get(state, 0)) for state in JobState}


def _waiting() -> dict[Labels, float]:
    oldest = Job.objects.filter(state=JobState.READY).aggregate(at=Min("run_at"))["at"]
    late = (clock.now() - oldest).total_seconds() if oldest else 0.0
    return {(): max(0.0, late)}


def _disk() -> dict[Labels, float]:
    return {(): float(shutil.disk_usage(settings.ENVIRONMENT.home).free)}


def _version() -> dict[Labels, float]:
    return {(("version", __version__),): 1.0}


@cache
def register() -> None:
    """Puts them into this process's registry, once."""
    metrics.gauge("trunnion_jobs", "Jobs and deliveries by state.", _jobs)
    metrics.gauge("trunnion_queue_late_seconds", "How long the oldest due job has waited.", _waiting)
    metrics.gauge("trunnion_disk_free_bytes", "Room left where the data lies.", _disk)
    metrics.gauge("trunnion_build", "The version that runs.", _version)
