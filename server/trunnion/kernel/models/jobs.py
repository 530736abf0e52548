"""The job queue's tables: leased work, the clock's schedule, and counted attempts."""

from django.db import models

from trunnion.kernel.ids import uuid7

# The task of giving one event to one handler.
DELIVERY = "kernel.deliver"


class JobState(models.TextChoices):
    """Where a job is."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    PARKED = "parked"
    CANCELLED = "cancelled"


class Job(models.Model):
    """Work to be done at least once; `fence` rises with each lease, so that a stalled worker cannot finish."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    organisation_id = models.UUIDField(null=True)
    task = models.CharField(max_length=100)
    arguments = models.TextField()
    context = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=JobState.READY)
    run_at = models.DateTimeField()
    unique_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001  (null is no key)
    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(default=0)
    result = models.TextField(blank=True)
    error = models.TextField(blank=True)
    actor_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run_at", "id"], name="job_due", condition=models.Q(state__in=["ready", "running"])
            ),
            models.Index(fields=["organisation_id", "state", "id"], name="job_list"),
        ]


class Schedule(models.Model):
    """When a recurring task is next due."""

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()


class Attempt(models.Model):
    """Counted attempts within a window: sign-ins, guest reports."""

    bucket = models.CharField(max_length=200, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    window_until = models.DateTimeField()
