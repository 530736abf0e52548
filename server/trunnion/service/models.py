"""Tables of service: requests, and the links by which guests follow them."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import KeyField, Row

from .types import RequestState


class Request(Row):
    """What somebody asked for. Who it was is kept here only, never in the journal, so that it can be forgotten."""

    kind = "service.request"
    search_fields = ("number", "text")
    hidden_fields = frozenset({"reporter_name", "reporter_contact", "reporter_hint"})

    number = KeyField(max_length=20)
    request_kind = models.CharField(max_length=16)
    channel = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    # Codes of failure modes that the reporter tapped.
    symptoms = models.JSONField(default=list)
    is_stopped = models.BooleanField(default=False)
    language = models.CharField(max_length=10)

    reporter_name = models.CharField(max_length=200, blank=True)
    reporter_contact = models.CharField(max_length=200, blank=True)
    # What lists and exports show of the two: enough to tell people apart, too little to reach anybody.
    reporter_hint = models.CharField(max_length=100, blank=True)
    erased_at = models.DateTimeField(null=True)

    asset = reference("assets.Asset", null=True, db_index=False)
    location = reference("assets.Location", null=True, db_index=False)
    customer = reference("parties.Party", null=True, db_index=False)
    order = reference("work.Order", null=True, db_index=False)
    merged_into = reference("service.Request", null=True, db_index=False)
    # The request that a complaint is about: its rating was low.
    about = reference("service.Request", null=True, db_index=False)

    state = models.CharField(max_length=10, default=RequestState.NEW)
    state_at = models.DateTimeField()
    end_reason = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField()
    urged_count = models.PositiveSmallIntegerField(default=0)
    urged_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_text = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="request_number"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="request_merged_known",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="request_rating_stars"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "received_at", "id"], name="request_received"),
            models.Index(fields=["organisation_id", "number", "id"], name="request_number_list"),
            models.Index(fields=["organisation_id", "state", "received_at", "id"], name="request_inbox"),
            models.Index(fields=["organisation_id", "urged_at", "id"], name="request_urged"),
            models.Index(fields=["organisation_id", "rating", "id"], name="request_rating"),
            models.Index(fields=["organisation_id", "asset", "received_at"], name="request_asset"),
            models.Index(fields=["organisation_id", "location"], name="request_location"),
            models.Index(fields=["organisation_id", "customer"], name="request_customer"),
            models.Index(fields=["organisation_id", "order"], name="request_order"),
            models.Index(fields=["organisation_id", "merged_into"], name="request_merged"),
            models.Index(fields=["organisation_id", "about"], name="request_about"),
        ]


class GuestLink(models.Model):
    """The way from a progress link to its request, for callers without an account.

    Only the digest of the token is kept, and the random seed from which, with the installation's secret, the token
    can be told again. It stands outside the walls, like a session: whoever opens a link has no organisation yet.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    id = models.UUIDField(unique=True)
    organisation_id = models.UUIDField()
    request_id = models.UUIDField()
    role = models.CharField(max_length=10)
    seed = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    # Rises with each message and photo, so that a page that asks every other second is answered by two small reads.
    news = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "request_id", "role"], name="guest_link_request"),
        ]
