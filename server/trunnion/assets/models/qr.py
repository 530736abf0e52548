"""Tables of QR codes: what an organisation issued, and the way from a scanned token to the organisation."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import KeyField, reference
from trunnion.kernel.tables import Row


class QrCode(Row):
    """A code on a label; of those that an asset had, at most one is live. A blank one waits for its asset."""

    kind = "assets.qr"
    stays_with_merged = True
    search_fields = ("short_code",)
    hidden_fields = frozenset({"token"})

    asset = reference("assets.Asset", null=True, db_index=False)
    token = models.CharField(max_length=60)
    # What people type where a camera cannot read; blank codes have one, the others are known by their asset.
    short_code = KeyField(max_length=12, blank=True)
    issued_at = models.DateTimeField()
    bound_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "asset"], name="qr_live", condition=Q(revoked_at=None)
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "short_code"], name="qr_short_code", condition=~Q(short_code="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "asset", "issued_at"], name="qr_asset"),
            models.Index(fields=["organisation_id", "token"], name="qr_token"),
            models.Index(fields=["organisation_id", "issued_at", "id"], name="qr_issued"),
        ]


class QrToken(models.Model):
    """The index of tokens for callers without an account: a digest leads to the organisation and the asset.

    It stands outside the walls and the write guard, like a session: whoever scans a label has no organisation yet.
    Of a revoked token nothing is kept but that it is one.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    organisation_id = models.UUIDField()
    asset_id = models.UUIDField(null=True)
    is_revoked = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "asset_id"], name="qr_token_asset")]
