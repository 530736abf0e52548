"""What happens to an order on its way: waits, standstill, other orders that follow, the customer's word."""

from django.db import models
from django.db.models import F, Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import Row


class WaitInterval(Row):
    """A stretch of waiting: what for, who said so, from when to when, and from which state."""

    kind = "work.wait"

    order = reference("work.Order", db_index=False)
    reason = models.CharField(max_length=10)
    remark = models.CharField(max_length=500, blank=True)
    from_state = models.CharField(max_length=12)
    began_at = models.DateTimeField()
    began_by_id = models.UUIDField(null=True)
    began_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "order"], name="wait_open_once", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="wait_ends_after_begin"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "order", "began_at"], name="wait_order")]


class Whereabouts(Row):
    """Where somebody on the way is, while they let it be seen: the newest only, and gone when they are there."""

    kind = "work.whereabouts"
    # The verbs that began and ended it are journalled; where anybody was is not.
    is_recorded = False
    stays_behind = True
    hidden_fields = frozenset({"lat", "lon", "accuracy_m"})

    order = reference("work.Order", db_index=False)
    resource = reference("workforce.LabourResource", db_index=False)
    lat = ExactField(null=True)
    lon = ExactField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "order"], name="whereabouts_order")]


class Downtime(Row):
    """A machine's standstill on account of an order; `interval` is the stretch of its state history."""

    kind = "work.downtime"

    order = reference("work.Order", db_index=False)
    asset = reference("assets.Asset", db_index=False)
    interval = reference("assets.StateInterval", null=True)
    # The order that the interval is due to: another one's where the machine stood already.
    cause_id = models.UUIDField()
    downtime_kind = models.CharField(max_length=16)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "order", "asset"],
                name="downtime_open_once",
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="downtime_ends_after_begin"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "order", "began_at"], name="downtime_order"),
            models.Index(fields=["organisation_id", "asset", "ended_at"], name="downtime_asset"),
            models.Index(fields=["organisation_id", "began_at", "id"], name="downtime_began"),
        ]


class FollowUp(Row):
    """One order led to another."""

    kind = "work.follow_up"

    order = reference("work.Order", db_index=False)
    next_order = reference("work.Order", db_index=False)
    # The check that it was found at.
    task = reference("work.Task", null=True, db_index=False)
    reason = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "next_order"], name="follow_up_one_origin"),
            models.CheckConstraint(condition=~Q(order=F("next_order")), name="follow_up_another"),
        ]
        indexes = [models.Index(fields=["organisation_id", "order", "id"], name="follow_up_order")]


class Confirmation(Row):
    """The word of whoever asked for the work: content, or not and why."""

    kind = "work.confirmation"

    order = reference("work.Order", db_index=False)
    is_accepted = models.BooleanField()
    signer_name = models.CharField(max_length=200)
    signer_user_id = models.UUIDField(null=True)
    remark = models.TextField(blank=True)
    signature = reference("attach.Signature", null=True)
    given_at = models.DateTimeField()

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["organisation_id", "order", "given_at"], name="confirmation_order")]
