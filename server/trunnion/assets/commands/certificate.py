"""Verbs on statutory certificates: their kinds, which classes need them, and what was certified."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import CertificateRecorded, CertificateRevoked
from trunnion.assets.models import Asset, Certificate, CertificateKind, CertificateRequirement
from trunnion.assets.rules.dates import months_later
from trunnion.attach.queries import get_file
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.command import UNSET, command, given
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Code, Day, Line, Name
from trunnion.kernel.policies import refer, take
from trunnion.kernel.unit import emit

from .assessing import day_or_today
from .naming import held, needed

Months = Annotated[int, Field(ge=1, le=600)]


@command("assets.certificate_kind.create")
def create_kind(
    ctx: Context, code: Code, name: Name, interval_months: Months | None = None, blocks_use: bool = True
) -> Done:
    """Adds a kind of statutory inspection or registration."""
    if CertificateKind.objects.of(ctx).filter(code=code).exists():
        raise Invalid.field("/code", "assets.code_taken", code=code)
    row = CertificateKind(code=code, name=name, interval_months=interval_months, blocks_use=blocks_use)
    row.save()
    return Done(row.id, row.version)


@command("assets.certificate_kind.edit")
def edit_kind(
    ctx: Context, kind_id: UUID, name: Name = UNSET, interval_months: Months | None = UNSET,
    blocks_use: bool = UNSET, is_active: bool = UNSET,
) -> Done:  # fmt: skip
    """Changes a kind of certificate; what was certified stays."""
    row = take(ctx, CertificateKind, kind_id)
    facts = given(name=name, interval_months=interval_months, blocks_use=blocks_use, is_active=is_active)
    for field, value in facts.items():
        setattr(row, field, value)
    row.save()
    return Done(row.id, row.version)


@command("assets.certificate_requirement.create")
def require(ctx: Context, kind_id: UUID, equipment_class_id: UUID) -> Done:
    """Says that equipment of a class, and of those below it, needs a kind of certificate."""
    kind = needed(ctx, CertificateKind, kind_id, "/kind_id")
    refer(ctx, "catalog.equipment_class", equipment_class_id, "/equipment_class_id")
    standing = CertificateRequirement.objects.of(ctx).filter(
        certificate_kind_id=kind.id, equipment_class_id=equipment_class_id
    )
    row = standing.first() or CertificateRequirement(
        certificate_kind=kind, equipment_class_id=equipment_class_id
    )
    row.save()
    return Done(row.id, row.version)


@command("assets.certificate_requirement.remove")
def unrequire(ctx: Context, requirement_id: UUID) -> None:
    """Says that a class needs a kind of certificate no more."""
    take(ctx, CertificateRequirement, requirement_id).delete()


@command("assets.certificate.create")
def create(
    ctx: Context, asset_id: UUID, kind_id: UUID, number: Name, issued_on: Day, valid_until_on: Day | None = None,
    next_due_on: Day | None = None, issuer_party_id: UUID | None = None, issuer_name: Line = "",
    file_id: UUID | None = None, remark: Line = "",
) -> Done:  # fmt: skip
    """Records what was certified; the latest of its kind is current. What falls due next follows from the kind."""
    asset = held(ctx, Asset, asset_id, "/asset_id")
    kind = needed(ctx, CertificateKind, kind_id, "/kind_id")
    day_or_today(ctx, issued_on, "/issued_on")
    refer(ctx, "parties.party", issuer_party_id, "/issuer_party_id")
    if file_id is not None:
        get_file(ctx, file_id)
    due = next_due_on or valid_until_on
    if due is None and kind.interval_months:
        due = months_later(issued_on, kind.interval_months)
    for name, day in (("valid_until_on", valid_until_on), ("next_due_on", next_due_on)):
        if day is not None and day < issued_on:
            raise Invalid.field(f"/{name}", "assets.certificate_order", issued_on=issued_on.isoformat())
    row = Certificate(
        asset=asset, certificate_kind=kind, number=number[:120], issuer_id=issuer_party_id,
        issuer_name=issuer_name[:200], issued_on=issued_on, valid_until_on=valid_until_on, next_due_on=due,
        file_id=file_id, remark=remark, is_current=False,
    )  # fmt: skip
    row.save()
    _choose_current(ctx, row.asset_id, row.certificate_kind_id)
    emit(CertificateRecorded(certificate_id=row.id, asset_id=asset.id))
    row.refresh_from_db()
    return Done(row.id, row.version)


@command("assets.certificate.revoke")
def revoke(ctx: Context, certificate_id: UUID, reason: Name) -> Done:
    """Says that a certificate does not hold; the one before it is current again, for what it is worth."""
    row = take(ctx, Certificate, certificate_id)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_because, row.is_current = clock.now(), reason, False
        row.save()
        _choose_current(ctx, row.asset_id, row.certificate_kind_id)
        emit(CertificateRevoked(certificate_id=row.id, asset_id=row.asset_id))
    return Done(row.id, row.version)


def _choose_current(ctx: Context, asset_id: UUID, kind_id: UUID) -> None:
    rows = Certificate.objects.of(ctx).filter(asset_id=asset_id, certificate_kind_id=kind_id)
    latest = rows.filter(revoked_at=None).order_by("-issued_on", "-id").first()
    for other in rows.filter(is_current=True):
        if latest is None or other.id != latest.id:
            other.is_current = False
            other.save()
    if latest is not None and not latest.is_current:
        latest.is_current = True
        latest.save()
