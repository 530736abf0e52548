"""Reads of certificates: what an asset has and lacks, and whether it may be used."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from trunnion.assets.commands.deadline import WARNINGS
from trunnion.assets.models import Asset, Certificate, CertificateRequirement
from trunnion.assets.types.cards import Usability
from trunnion.assets.types.kinds import AssetState, CertificateState
from trunnion.kernel import clock
from trunnion.kernel.among import AT_ONCE, among
from trunnion.kernel.context import Context
from trunnion.kernel.policies import visible
from trunnion.kernel.shape import shaped

MOST = 500
GONE = (AssetState.DISPOSED, AssetState.DECOMMISSIONED)
COMING = (AssetState.PLANNED, AssetState.REQUESTED, AssetState.ORDERED)


def state_of(due_on: date | None, today: date) -> CertificateState:
    """Whether a certificate still holds on a day."""
    if due_on is None or due_on > today + timedelta(days=max(WARNINGS)):
        return CertificateState.VALID
    return CertificateState.DUE if due_on >= today else CertificateState.OVERDUE


def certificates_of(ctx: Context, asset_id: UUID) -> list[dict[str, Any]]:
    """The certificates of an asset, newest first, each with whether it still holds, and those that it lacks."""
    today = clock.today(ctx.zone)
    rows = Certificate.objects.of(ctx).filter(asset_id=asset_id).order_by("-issued_on", "-id")
    found = shaped(
        rows[:MOST], "id", "version", "number", "issuer_id", "issuer_name", "issued_on", "valid_until_on",
        "next_due_on", "file_id", "remark", "is_current", "revoked_at", "revoked_because",
        kind_id="certificate_kind_id", kind="certificate_kind__name", issuer="issuer__name",
    )  # fmt: skip
    for row in found:
        row["state"] = state_of(row["next_due_on"], today) if row["is_current"] else None
    lacking = missing(ctx, [asset_id])
    return found + [
        {"id": None, "kind_id": r["kind_id"], "kind": r["kind"], "state": "missing", "is_current": False}
        for r in lacking
    ]


def missing(ctx: Context, asset_ids: Iterable[UUID] | None = None) -> list[dict[str, Any]]:
    """Which assets need a kind of certificate by their class and have none that is current."""
    found: list[dict[str, Any]] = []
    needs = CertificateRequirement.objects.of(ctx).filter(certificate_kind__is_active=True)
    seen: set[tuple[UUID, UUID]] = set()
    for need in needs.select_related("certificate_kind", "equipment_class"):
        held = Certificate.objects.of(ctx).filter(
            asset_id=OuterRef("pk"), certificate_kind_id=need.certificate_kind_id, is_current=True
        )
        rows = visible(ctx, Asset).filter(model__equipment_class__path__startswith=need.equipment_class.path)
        rows = rows.exclude(state__in=[*GONE, *COMING]).exclude(Exists(held))
        if asset_ids is not None:
            rows = rows.filter(id__in=list(asset_ids))
        kind = {
            "kind_id": need.certificate_kind_id, "kind": need.certificate_kind.name,
            "blocks_use": need.certificate_kind.blocks_use,
        }  # fmt: skip
        for row in shaped(rows.order_by("number")[:MOST], "number", "name", "state", asset_id="id"):
            if (row["asset_id"], need.certificate_kind_id) not in seen:
                seen.add((row["asset_id"], need.certificate_kind_id))
                found.append({**row, **kind})
    return found


def list_missing(ctx: Context) -> dict[str, Any]:
    """The assets that lack a certificate which their class needs."""
    return {"rows": missing(ctx)[:MOST]}


def may_be_used(ctx: Context, asset_id: UUID) -> Usability:
    """Whether an asset may be used today: nothing that blocks use is overdue or was never issued."""
    today = clock.today(_zone(ctx, asset_id))
    late = Certificate.objects.of(ctx).filter(
        asset_id=asset_id, is_current=True, next_due_on__lt=today, certificate_kind__blocks_use=True,
        certificate_kind__is_active=True,
    )  # fmt: skip
    reasons = [f"overdue: {name}" for name in late.values_list("certificate_kind__name", flat=True)]
    reasons += [f"missing: {row['kind']}" for row in missing(ctx, [asset_id]) if row["blocks_use"]]
    return Usability(not reasons, sorted(reasons))


def _zone(ctx: Context, asset_id: UUID) -> str:
    rows = Asset.objects.of(ctx).filter(id=asset_id)
    return rows.values_list("location__site__zone", flat=True).first() or ctx.zone


def on_record(ctx: Context, asset_ids: Iterable[UUID]) -> dict[tuple[UUID, UUID, str, date], UUID]:
    """The certificates of these assets by asset, kind, number and day of issue."""
    ids, found = list(asset_ids), {}
    for start in range(0, len(ids), AT_ONCE):
        rows = visible(ctx, Certificate).filter(asset_id__in=among(ids[start : start + AT_ONCE]))
        for row_id, *key in rows.values_list("id", "asset_id", "certificate_kind_id", "number", "issued_on"):
            found[key[0], key[1], key[2], key[3]] = row_id
    return found
