"""Tables of QR codes: what an organisation issued, and the way from a scanned token to the organisation."""

from django.db import models
from django.db.models import Q

from trunnion.kernel.fields import reference
from trunnion.kernel.tables import Row


class QrCode(Row):
    """A code on an asset's label; of those that an asset had, at most one is live."""

    kind = "assets.qr"
    hidden_fields = frozenset({"token"})

    asset = reference("assets.Asset", db_index=False)
    token = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "asset"], name="qr_live", condition=Q(revoked_at=None)
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "asset", "issued_at"], name="qr_asset")]


class QrToken(models.Model):
    """The index of live tokens for callers without an account: a digest leads to the organisation and the asset.

    It stands outside the walls and the write guard, like a session: whoever scans a label has no organisation yet.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    organisation_id = models.UUIDField()
    asset_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "asset_id"], name="qr_token_asset")]
