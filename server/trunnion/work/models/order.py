"""The order itself and the people on it."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import Row
from trunnion.work.types import OrderState, Priority


class Order(Row):
    """Something that a person must do to an asset, at a place, by a time."""

    kind = "work.order"
    search_fields = ("number", "title", "symptom", "subject_words")
    derived_fields = frozenset({"subject_words"})

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    symptom = models.CharField(max_length=500, blank=True)
    work_kind = models.CharField(max_length=20)
    maintenance_type = models.CharField(max_length=24)
    priority = models.CharField(max_length=10, default=Priority.NORMAL)
    # The same as a number, because words do not sort by urgency.
    priority_rank = models.PositiveSmallIntegerField(editable=False)
    source = models.CharField(max_length=12)
    is_stopped = models.BooleanField(default=False)

    asset = reference("assets.Asset", null=True, db_index=False)
    position = reference("assets.Position", null=True)
    location = reference("assets.Location", null=True)
    customer = reference("parties.Party", null=True, db_index=False)
    # The names of asset, place and customer as they are now, so that a search finds the order by them.
    subject_words = models.TextField(blank=True)

    state = models.CharField(max_length=12, default=OrderState.DRAFT)
    state_at = models.DateTimeField()
    waiting_from = models.CharField(max_length=12, blank=True)
    waiting_reason = models.CharField(max_length=10, blank=True)

    leading = reference("workforce.LabourResource", null=True, db_index=False)
    team = reference("workforce.Team", null=True)
    planned_from_at = models.DateTimeField(null=True)
    planned_until_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    reported_by_id = models.UUIDField(null=True)
    reporter_name = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)

    remedy = models.TextField(blank=True)
    end_reason = models.CharField(max_length=500, blank=True)

    # Merged: the order named by whoever merged, and the one that stands at the end of the chain.
    merged_into = reference("work.Order", null=True, db_index=False)
    survivor = reference("work.Order", null=True, db_index=False)
    merged_from = models.CharField(max_length=12, blank=True)

    # Whether its parts are there; empty where it needs none.
    parts = models.CharField(max_length=8, blank=True)

    cost_labour = ExactField(null=True)
    cost_material = ExactField(null=True)
    cost_service = ExactField(null=True)
    cost_currency = models.CharField(max_length=3, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="order_number"),
            # Waiting always knows what for and where it goes back to.
            models.CheckConstraint(
                condition=(
                    models.Q(state="waiting") & ~models.Q(waiting_from="") & ~models.Q(waiting_reason="")
                )
                | (~models.Q(state="waiting") & models.Q(waiting_from="", waiting_reason="")),
                name="order_waiting_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False, survivor__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True, survivor__isnull=True)),
                name="order_merged_known",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "number", "id"], name="order_number_list"),
            models.Index(fields=["organisation_id", "reported_at", "id"], name="order_reported"),
            models.Index(fields=["organisation_id", "priority_rank", "id"], name="order_priority"),
            models.Index(fields=["organisation_id", "due_at", "id"], name="order_due"),
            models.Index(fields=["organisation_id", "planned_from_at", "id"], name="order_window"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="order_created"),
            models.Index(fields=["organisation_id", "state", "priority_rank", "id"], name="order_board"),
            models.Index(fields=["organisation_id", "asset", "id"], name="order_asset"),
            models.Index(fields=["organisation_id", "customer", "id"], name="order_customer"),
            models.Index(fields=["organisation_id", "leading", "state"], name="order_leading"),
            models.Index(fields=["organisation_id", "survivor"], name="order_survivor"),
            models.Index(fields=["organisation_id", "reported_by_id", "id"], name="order_reporter"),
        ]


class OrderCrew(Row):
    """Somebody who works on an order beside the leading one."""

    kind = "work.order_crew"

    order = reference("work.Order", db_index=False)
    resource = reference("workforce.LabourResource", db_index=False)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "order", "resource"], name="order_crew_once")
        ]
        indexes = [models.Index(fields=["organisation_id", "resource", "order"], name="order_crew_resource")]
