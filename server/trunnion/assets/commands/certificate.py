"""Verbs on statutory certificates: their kinds, which classes need them, and what was certified."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import CertificateRecorded, CertificateRevoked
from trunnion.assets.models import Asset, Certificate, CertificateKind, CertificateRequirement
from trunnion.assets.rules.dates import months_later
from trunnion.attach.queries import get_file
from trunnion.identity.types import Done
from trunnion.kernel import clock
from trunnion.kernel.among import AT_ONCE, among
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
    refer(ctx, "parties.party", issuer_party_id, "/issuer_party_id")
    if file_id is not None:
        get_file(ctx, file_id)
    check_days(ctx, issued_on, valid_until_on, next_due_on)
    row = Certificate(
        asset=asset, certificate_kind=kind, number=number[:120], issuer_id=issuer_party_id,
        issuer_name=issuer_name[:200], issued_on=issued_on, valid_until_on=valid_until_on,
        next_due_on=due_of(kind, issued_on, valid_until_on, next_due_on),
        file_id=file_id, remark=remark, is_current=False,
    )  # fmt: skip
    row.save()
    choose_current(ctx, {(row.asset_id, row.certificate_kind_id)})
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
        choose_current(ctx, {(row.asset_id, row.certificate_kind_id)})
        emit(CertificateRevoked(certificate_id=row.id, asset_id=row.asset_id))
    return Done(row.id, row.version)


def check_days(
    ctx: Context, issued_on: date, valid_until_on: date | None, next_due_on: date | None, at: str = ""
) -> None:
    """Refuses a certificate of tomorrow, and one that ends before it was issued; `at` is where its days stand."""
    day_or_today(ctx, issued_on, f"{at}/issued_on")
    for name, day in (("valid_until_on", valid_until_on), ("next_due_on", next_due_on)):
        if day is not None and day < issued_on:
            raise Invalid.field(f"{at}/{name}", "assets.certificate_order", issued_on=issued_on.isoformat())


def due_of(
    kind: CertificateKind, issued_on: date, valid_until_on: date | None, next_due_on: date | None
) -> date | None:
    """When the next one falls due: as stated, else when this one ends, else after the interval of its kind."""
    due = next_due_on or valid_until_on
    if due is None and kind.interval_months:
        due = months_later(issued_on, kind.interval_months)
    return due


def mark_current(rows: Iterable[Certificate]) -> list[Certificate]:
    """Marks the latest of each asset and kind that was not revoked; returns those that changed, what ceases first."""
    ordered = sorted(rows, key=lambda row: (row.issued_on, row.id))
    latest = {(r.asset_id, r.certificate_kind_id): r.id for r in ordered if r.revoked_at is None}
    changed = []
    for row in ordered:
        is_current = latest.get((row.asset_id, row.certificate_kind_id)) == row.id
        if row.is_current != is_current:
            row.is_current = is_current
            changed.append(row)
    return sorted(changed, key=lambda row: row.is_current)


def choose_current(ctx: Context, pairs: set[tuple[UUID, UUID]]) -> None:
    """Says anew which certificate of these assets and kinds is current."""
    rows = certificates_on(ctx, {asset_id for asset_id, _ in pairs})
    for row in mark_current(r for r in rows if (r.asset_id, r.certificate_kind_id) in pairs):
        row.save()


def certificates_on(ctx: Context, asset_ids: Iterable[UUID]) -> list[Certificate]:
    """Every certificate of these assets."""
    ids, found = list(asset_ids), []
    for start in range(0, len(ids), AT_ONCE):
        found += Certificate.objects.of(ctx).filter(asset_id__in=among(ids[start : start + AT_ONCE]))
    return found
