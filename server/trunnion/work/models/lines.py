"""The lines of an order: checks, time, failures."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import LedgerRow, Row


class Task(Row):
    """A simple check or step with its result."""

    kind = "work.task"

    order = reference("work.Order", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    instruction = models.TextField(blank=True)
    # What it wants to know, and what is right: limits of a number, answers to choose from, codes that fit.
    asks = models.CharField(max_length=10, default="check")
    unit = models.CharField(max_length=20, blank=True)
    low = ExactField(null=True)
    high = ExactField(null=True)
    choices = models.JSONField(default=list)
    value = models.CharField(max_length=500, blank=True)
    result = models.CharField(max_length=8, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    # What follows is of a step of a procedure; `when` are its conditions on earlier answers.
    procedure = reference("work.OrderProcedure", null=True, db_index=False)
    step_key = models.CharField(max_length=40, blank=True)
    section = models.CharField(max_length=200, blank=True)
    requirement = models.CharField(max_length=8, default="optional")
    repeat = models.PositiveSmallIntegerField(default=0)
    when = models.JSONField(default=list)
    file_id = models.UUIDField(null=True)
    meter = reference("assets.Meter", null=True, db_index=False)
    number = ExactField(null=True)

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "order", "position"], name="task_order"),
            models.Index(fields=["organisation_id", "procedure"], name="task_procedure"),
        ]


class LabourEntry(LedgerRow):
    """Booked time at the rate of its day; a correction is an entry with the sign turned that names what it reverses."""

    kind = "work.labour"

    order = reference("work.Order", db_index=False)
    resource = reference("workforce.LabourResource", db_index=False)
    labour_kind = models.CharField(max_length=8)
    minutes = models.IntegerField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    worked_on = models.DateField()
    rate = ExactField(null=True)
    amount = ExactField(null=True)
    currency = models.CharField(max_length=3)
    remark = models.CharField(max_length=500, blank=True)
    recorded_by_id = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200, blank=True)
    reverses = reference("work.LabourEntry", null=True, db_index=False)

    class Meta(LedgerRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "reverses"],
                name="labour_reversed_once",
                condition=models.Q(reverses__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "order", "id"], name="labour_order"),
            models.Index(fields=["organisation_id", "resource", "worked_on"], name="labour_resource_day"),
            models.Index(fields=["organisation_id", "worked_on", "id"], name="labour_day"),
        ]


class LabourTimer(Row):
    """A clock that runs: nobody has two. It becomes a labour entry when it is stopped."""

    kind = "work.labour_timer"

    order = reference("work.Order", db_index=False)
    resource = reference("workforce.LabourResource", db_index=False)
    labour_kind = models.CharField(max_length=8)
    began_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "resource"], name="labour_timer_resource")
        ]
        indexes = [models.Index(fields=["organisation_id", "order"], name="labour_timer_order")]


class Failure(Row):
    """The record of one failure event; an order may have none or several, and a failure is never a kind of order."""

    kind = "work.failure"

    order = reference("work.Order", db_index=False)
    asset = reference("assets.Asset", null=True, db_index=False)
    mode = reference("knowledge.FailureCode", db_index=False)
    mechanism = reference("knowledge.FailureCode", null=True, db_index=False)
    cause = reference("knowledge.FailureCode", null=True, db_index=False)
    detection = reference("knowledge.FailureCode", null=True, db_index=False)
    activity = reference("knowledge.FailureCode", null=True, db_index=False)
    part = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    began_at = models.DateTimeField(null=True)
    detected_at = models.DateTimeField()
    restored_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(began_at=None) | models.Q(began_at__lte=models.F("detected_at")),
                name="failure_begins_before_detected",
            ),
            models.CheckConstraint(
                condition=models.Q(restored_at=None) | models.Q(restored_at__gte=models.F("detected_at")),
                name="failure_restored_after_detected",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "order", "id"], name="failure_order"),
            models.Index(fields=["organisation_id", "asset", "detected_at", "id"], name="failure_asset"),
            models.Index(fields=["organisation_id", "detected_at", "id"], name="failure_detected"),
        ]
