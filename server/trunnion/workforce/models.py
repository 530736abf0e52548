"""Tables of workforce."""

from django.db import models

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, Row

from .types import ResourceKind


class LabourResource(Row):
    """Somebody who can do work: an employee, a contractor's person, or a crew that is sent as one."""

    kind = "workforce.labour_resource"
    search_fields = ("name", "code", "phone")
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    resource_kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in ResourceKind])
    code = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    user_id = models.UUIDField(null=True)
    party = reference("parties.Party", null=True)
    is_active = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "user_id"],
                name="labour_resource_user",
                condition=models.Q(user_id__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="labour_resource_name")]


class Rate(Row):
    """What an hour of a resource costs from a day on; a new rate never changes what was booked before."""

    kind = "workforce.rate"

    resource = reference("workforce.LabourResource")
    craft = models.CharField(max_length=60, blank=True)
    amount = ExactField()
    currency = models.CharField(max_length=3)
    from_on = models.DateField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "resource", "craft", "from_on"], name="rate_from"
            )
        ]


class Team(Row):
    """People who share work; members may be narrowed to their team's orders."""

    kind = "workforce.team"
    search_fields = ("name",)
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    is_active = models.BooleanField(default=True)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "name"], name="team_name_once")]
        indexes = [models.Index(fields=["organisation_id", "name_key", "id"], name="team_name")]


class TeamMember(Row):
    """A resource's place in a team."""

    kind = "workforce.team_member"

    team = reference("workforce.Team")
    resource = reference("workforce.LabourResource")

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "team", "resource"], name="team_member_once")
        ]
        indexes = [models.Index(fields=["organisation_id", "resource", "id"], name="team_member_resource")]
