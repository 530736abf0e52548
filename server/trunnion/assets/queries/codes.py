"""Reads of QR codes: from a scanned token to the asset, and the picture of a code."""

import io
from typing import Any
from uuid import UUID

import segno
from django.conf import settings

from trunnion.assets.models import Asset, QrCode, QrToken
from trunnion.assets.rules.codes import PATH, digest_of, is_token
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.policies import get

# Symbols at level M still read with a seventh of the label soiled.
ERROR_LEVEL = "m"
QUIET_ZONE = 4


def find_asset_by_token(token: str) -> tuple[UUID, UUID] | None:
    """The organisation and the asset of a live code; None for anything else. Needs no organisation and no account."""
    if not is_token(token):
        return None
    found = QrToken.objects.filter(digest=digest_of(token)).values_list("organisation_id", "asset_id").first()
    return found or None


def get_code(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """An asset's live code and those that it had."""
    asset = get(ctx, Asset, asset_id)
    rows = QrCode.objects.of(ctx).filter(asset_id=asset.id).order_by("-issued_at", "-id")
    live = next((row for row in rows if row.revoked_at is None), None)
    return {
        "asset_id": asset.id, "number": asset.number, "name": asset.name,
        "path": PATH + live.token if live else None, "url": address(live.token) if live else None,
        "issued_at": live.issued_at if live else None,
        "codes": [
            {
                "id": row.id, "issued_at": row.issued_at, "revoked_at": row.revoked_at,
                "revoked_because": row.revoked_because,
            }
            for row in rows
        ],
    }  # fmt: skip


def address(token: str) -> str:
    """What the symbol holds: one short, stable address without data in its query."""
    return f"{settings.BASE_URL}{PATH}{token}"


def picture(ctx: Context, asset_id: UUID, form: str, scale: int = 8) -> bytes:
    """The live code of an asset as an SVG or PNG symbol; raises Refusal where it has none."""
    asset = get(ctx, Asset, asset_id)
    live = QrCode.objects.of(ctx).filter(asset_id=asset.id, revoked_at=None).first()
    if live is None:
        raise Refusal("assets.no_code")
    symbol = segno.make(address(live.token), error=ERROR_LEVEL, micro=False)
    out = io.BytesIO()
    options: dict[str, Any] = {"border": QUIET_ZONE, "scale": min(max(scale, 1), 40)}
    if form == "svg":
        options.update(xmldecl=False, svgclass=None, lineclass=None, title=asset.number)
    symbol.save(out, kind=form, **options)
    return out.getvalue()
