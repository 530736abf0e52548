"""Tables of identity; people and organisations stand above the walls, memberships and roles behind them."""

from django.db import models

from trunnion.kernel.fields import reference
from trunnion.kernel.ids import uuid7
from trunnion.kernel.tables import Global, KeyField, Row


class Organisation(Global):
    """A tenant: everything else belongs to exactly one."""

    kind = "identity.organisation"
    is_organisation = True

    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=60, default="UTC")
    currency = models.CharField(max_length=3, default="EUR")


class User(Global):
    """A person with a login; who they are to an organisation is their membership."""

    kind = "identity.user"
    hidden_fields = frozenset({"password_hash"})
    secret_fields = frozenset({"password_hash"})

    email = models.CharField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    password_hash = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    home_organisation = reference("identity.Organisation")


class Role(Row):
    """A named set of grants; a shipped role without grants of its own follows the shipped list."""

    kind = "identity.role"
    search_fields = ("key", "name")

    key = KeyField(max_length=60)
    name = models.CharField(max_length=200, blank=True)
    grants = models.JSONField(null=True)
    # Its holders may do nothing before they proved a second factor.
    needs_factor = models.BooleanField(default=False)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "key"], name="role_key")]
        indexes = [models.Index(fields=["organisation_id", "created_at", "id"], name="role_created")]


class Membership(Row):
    """A user's belonging to an organisation."""

    kind = "identity.membership"
    search_fields = ("name", "email")
    sort_keys = {"name_key": "name"}

    user = reference("identity.User")
    name = models.CharField(max_length=200)
    name_key = KeyField(max_length=120, editable=False)
    email = models.CharField(max_length=254)
    is_active = models.BooleanField(default=True)
    is_scoped = models.BooleanField(default=False)

    class Meta(Row.Meta):
        constraints = [models.UniqueConstraint(fields=["organisation_id", "user"], name="membership_user")]
        indexes = [
            models.Index(fields=["organisation_id", "name_key", "id"], name="membership_name"),
            models.Index(fields=["organisation_id", "created_at", "id"], name="membership_created"),
        ]


class MembershipRole(Row):
    """A role that a member has."""

    kind = "identity.membership_role"

    membership = reference("identity.Membership")
    role = reference("identity.Role")

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "membership", "role"], name="membership_role")
        ]


class MembershipScope(Row):
    """A part of the organisation that a narrowed member sees; the target lives in a higher room and is opaque here."""

    kind = "identity.membership_scope"
    names_subject = ("by", "target_id", {"parties.party": "customer"})

    membership = reference("identity.Membership")
    by = models.CharField(max_length=10)
    target_id = models.UUIDField()

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "membership", "by", "target_id"], name="membership_scope"
            )
        ]


class Session(models.Model):
    """An open sign-in; only the token's digest is kept. Outside the write guard, like every mechanism of the door."""

    stays_behind = True

    id = models.UUIDField(primary_key=True, default=uuid7)
    token_hash = models.CharField(max_length=64, unique=True)
    user = reference("identity.User")
    organisation_id = models.UUIDField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    # Whether a second factor was proved in it.
    is_proved = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at"], name="session_user")]


class ApiToken(Global):
    """A key for programs: hashed, scoped, expiring, never stronger than its owner is now."""

    kind = "identity.token"
    hidden_fields = frozenset({"token_hash"})
    stays_behind = True

    name = models.CharField(max_length=200)
    prefix = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    user = reference("identity.User")
    organisation_id = models.UUIDField()
    permissions = models.JSONField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "id"], name="token_list")]


class TokenUse(models.Model):
    """When a token was last used; outside the write guard."""

    token_id = models.UUIDField(primary_key=True)
    used_at = models.DateTimeField()


# Django looks for a room's tables here; those of the smaller room stand in its own file.
from .approvals.models import (  # noqa: E402
    Approval,
    ApprovalDecision,
    ApprovalRule,
    ApprovalStep,
    ApprovalStepMember,
    Delegation,
)
from .factors.models import Factor, RecoveryCode  # noqa: E402
from .numbering.models import Numbering  # noqa: E402
from .views.models import View  # noqa: E402

__all__ = [
    "ApiToken", "Approval", "ApprovalDecision", "ApprovalRule", "ApprovalStep", "ApprovalStepMember", "Delegation",
    "Factor", "Membership", "MembershipRole", "MembershipScope", "Numbering", "Organisation", "RecoveryCode", "Role",
    "Session", "TokenUse", "User", "View",
]  # fmt: skip
