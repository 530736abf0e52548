"""The table of invitations."""

from django.db import models

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import Row


class Invitation(Row):
    """A way in for one person or for a group; of its link only the digest is kept."""

    kind = "identity.invitation"
    # A link leads to this installation, and nobody else's.
    stays_behind = True
    hidden_fields = frozenset({"digest"})
    search_fields = ("name", "email")

    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    roles = models.JSONField()
    scopes = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    invited_by = reference("identity.User")
    most = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "digest"], name="invitation_digest")
        ]
        indexes = [models.Index(fields=["organisation_id", "created_at", "id"], name="invitation_created")]
