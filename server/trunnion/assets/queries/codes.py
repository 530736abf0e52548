"""Reads of QR codes: from a scanned token to the asset, and the picture of a code."""

import io
from typing import Any
from uuid import UUID

from django.conf import settings

from trunnion.assets.models import Asset, QrCode, QrToken
from trunnion.assets.rules.codes import PATH, digest_of, is_token
from trunnion.attach.labels.queries import symbol_of
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotVisible, Refusal
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.mergeable import family_of
from trunnion.kernel.policies import get

QUIET_ZONE = 4


class LabelRevoked(Refusal):
    """The label is one of ours and no longer in use (410)."""

    status = 410


def get_asset_by_token(token: str) -> tuple[UUID, UUID]:
    """The organisation and the asset of a label, for callers without an account; needs no organisation.

    A revoked label and one that is not yet anybody's say so; anything else is as if it were not there.
    """
    found = QrToken.objects.filter(digest=digest_of(token)).first() if is_token(token) else None
    if found is None:
        raise NotVisible
    if found.is_revoked:
        raise LabelRevoked("assets.label_revoked")
    if found.asset_id is None:
        raise Refusal("assets.label_blank")
    return found.organisation_id, found.asset_id


def find_asset_by_token(token: str) -> tuple[UUID, UUID] | None:
    """The organisation and the asset of a live code; None for anything else. Needs no organisation and no account."""
    if not is_token(token):
        return None
    rows = QrToken.objects.filter(digest=digest_of(token), asset_id__isnull=False)
    for organisation_id, asset_id in rows.values_list("organisation_id", "asset_id")[:1]:
        return None if asset_id is None else (organisation_id, asset_id)
    return None


def get_code(ctx: Context, asset_id: UUID) -> dict[str, Any]:
    """An asset's live code and those that it had."""
    asset = get(ctx, Asset, asset_id)
    family = family_of(ctx, Asset.kind, [asset.id])
    rows = QrCode.objects.of(ctx).filter(asset_id__in=family).order_by("-issued_at", "-id")
    # Labels of what was merged into it lead here as well; what is printed anew is its own.
    live = next((row for row in rows if row.revoked_at is None and row.asset_id == asset.id), None)
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
    symbol = symbol_of(address(live.token))
    out = io.BytesIO()
    options: dict[str, Any] = {"border": QUIET_ZONE, "scale": min(max(scale, 1), 40)}
    if form == "svg":
        options.update(xmldecl=False, svgclass=None, lineclass=None, title=asset.number)
    symbol.save(out, kind=form, **options)
    return out.getvalue()


CODES = Listing(
    name="assets.qr_codes",
    model=QrCode,
    permission="assets.qr.read",
    order="-issued_at",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("short_code", path="short_code"),
        Column("asset_id", Type.REFERENCE, path="asset_id", refers_to="assets.asset"),
        Column("asset_number", path="asset__number"),
        Column("asset", path="asset__name"),
        Column("issued_at", Type.INSTANT, path="issued_at", sort="issued_at"),
        Column("bound_at", Type.INSTANT, path="bound_at"),
        Column("revoked_at", Type.INSTANT, path="revoked_at"),
        Column("revoked_because", path="revoked_because"),
    ),
)
