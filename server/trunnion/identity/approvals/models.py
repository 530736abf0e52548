"""Tables of approvals: rules, what was asked, its steps, who decided, and who decides for whom."""

from django.db import models
from django.db.models import F, Q

from trunnion.kernel.fields import ExactField, reference
from trunnion.kernel.tables import KeyField, LedgerRow, Row


class ApprovalRule(Row):
    """Which verb needs whose agreement, within which amounts, where."""

    kind = "identity.approval_rule"
    search_fields = ("name",)
    sort_keys = {"name_key": "name"}

    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    verb = KeyField(max_length=100)
    amount_from = ExactField(null=True)
    amount_to = ExactField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    # A place and all below it; it stands in a higher room and is opaque here.
    scope_kind = models.CharField(max_length=60, blank=True)
    scope_id = models.UUIDField(null=True)
    # Copied into the approval when it is asked for: a change of the rule never changes what is under way.
    steps = models.JSONField()
    remind_after_hours = models.PositiveIntegerField(default=48)
    is_active = models.BooleanField(default=True)

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["organisation_id", "verb", "id"], name="approval_rule_verb"),
            models.Index(fields=["organisation_id", "name_key", "id"], name="approval_rule_name"),
        ]


class Approval(Row):
    """What somebody wants to do with a record, and whether those who must agree did."""

    kind = "identity.approval"
    search_fields = ("number", "title")

    number = KeyField(max_length=20)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    verb = KeyField(max_length=100)
    title = models.CharField(max_length=500)
    amount = ExactField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    rule = reference("identity.ApprovalRule")
    state = models.CharField(max_length=12)
    asked_by_id = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="approval_number"),
            models.UniqueConstraint(
                fields=["organisation_id", "subject_kind", "subject_id", "verb"],
                name="approval_once",
                condition=Q(state="pending"),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "asked_at", "id"], name="approval_asked"),
            models.Index(fields=["organisation_id", "state", "asked_at"], name="approval_state"),
            models.Index(fields=["organisation_id", "subject_id"], name="approval_subject"),
            models.Index(fields=["organisation_id", "remind_at"], name="approval_remind"),
        ]


class ApprovalStep(Row):
    """One step of an approval, in order; `fell_back_at` says since when the administrators stand in."""

    kind = "identity.approval_step"

    approval = reference("identity.Approval", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500, blank=True)
    role = reference("identity.Role", null=True)
    need = models.CharField(max_length=5)
    state = models.CharField(max_length=12)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    fell_back_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "approval", "position"], name="approval_step_order"
            )
        ]


class ApprovalStepMember(Row):
    """A member who is named for a step."""

    kind = "identity.approval_step_member"

    step = reference("identity.ApprovalStep", db_index=False)
    membership = reference("identity.Membership")

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "step", "membership"], name="approval_member")
        ]


class ApprovalDecision(LedgerRow):
    """One voice: whose it is (`for_user_id`), and who spoke."""

    kind = "identity.approval_decision"

    step = reference("identity.ApprovalStep", db_index=False)
    is_granted = models.BooleanField()
    remark = models.CharField(max_length=500, blank=True)
    for_user_id = models.UUIDField()
    for_name = models.CharField(max_length=200)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    is_stand_in = models.BooleanField(default=False)
    decided_at = models.DateTimeField()

    class Meta(LedgerRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "step", "for_user_id"], name="approval_voice_once"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "actor_id"], name="approval_decision_actor")]


class Delegation(Row):
    """A member decides for another one for a while, in everything or in one verb."""

    kind = "identity.delegation"

    from_member = reference("identity.Membership", db_index=False)
    to_member = reference("identity.Membership", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    verb = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gte=F("from_at")), name="delegation_order"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "from_member"], name="delegation_from"),
            models.Index(fields=["organisation_id", "to_member"], name="delegation_to"),
            models.Index(fields=["organisation_id", "from_at", "id"], name="delegation_list"),
        ]
