"""Tables of second factors: they belong to a person, whatever organisation they work in."""

from django.db import models

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import Global

from .types import Way


class Factor(Global):
    """An authenticator app or a passkey of a person; it counts once it was proved."""

    kind = "identity.factor"
    hidden_fields = frozenset({"secret", "credential_id", "public_key", "last_step", "sign_count"})
    stays_behind = True

    user = reference("identity.User")
    way = models.CharField(max_length=10, choices=[(str(w), str(w)) for w in (Way.TOTP, Way.PASSKEY)])
    name = models.CharField(max_length=200)
    # Of an app: its sealed secret, and the step of the last code that opened.
    secret = models.CharField(max_length=400, blank=True)
    last_step = models.BigIntegerField(default=0)
    # Of a passkey.
    credential_id = models.CharField(max_length=1400, blank=True)
    public_key = models.TextField(blank=True)
    sign_count = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "confirmed_at"], name="factor_user")]


class RecoveryCode(Global):
    """A code on paper that opens once."""

    kind = "identity.recovery_code"
    hidden_fields = frozenset({"digest"})
    stays_behind = True

    user = reference("identity.User")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_user")]
