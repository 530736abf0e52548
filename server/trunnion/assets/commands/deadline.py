"""The clock's verb on deadlines: each warning once, by the day of the place where the asset stands."""

from datetime import date
from uuid import UUID

from trunnion.assets import events
from trunnion.assets.models import Asset, Certificate, DeadlineNotice
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.unit import about, emit

# Days before the end at which somebody is told; 0 is the day on which it is too late.
WARNINGS = (60, 30, 7)
OVERDUE = 0


@command("assets.deadline.announce")
def announce(ctx: Context, asset_id: UUID, certificate_id: UUID | None, due_on: date, days_left: int) -> bool:
    """Notes the warnings that have come, and tells of the nearest one unless it was told; answers whether it did."""
    asset = Asset.objects.of(ctx).filter(id=asset_id).first()
    if asset is None:
        return False
    about(Asset.kind, asset.id)
    kind = Certificate.kind if certificate_id else Asset.kind
    subject = {"subject_kind": kind, "subject_id": certificate_id or asset_id, "due_on": due_on}
    told = set(DeadlineNotice.objects.of(ctx).filter(**subject).values_list("days_before", flat=True))
    come = come_by(days_left, is_certificate=certificate_id is not None)
    fresh = [days for days in come if days not in told]
    now = clock.now()
    DeadlineNotice.objects.bulk_create(
        [DeadlineNotice(days_before=days, noticed_at=now, **subject) for days in fresh]
    )
    # An asset that comes in late is told of once, not of every warning that it missed.
    if not fresh or min(fresh) != min(come):
        return False
    _tell(asset, certificate_id, due_on, min(fresh))
    return True


def come_by(days_left: int, *, is_certificate: bool) -> list[int]:
    """The warnings that have come when so many days are left; a warranty that is over warns no more."""
    if days_left < 0:
        return [*WARNINGS, OVERDUE] if is_certificate else []
    return [days for days in WARNINGS if days_left <= days]


def _tell(asset: Asset, certificate_id: UUID | None, due_on: date, days: int) -> None:
    if certificate_id is None:
        emit(events.WarrantyEnding(asset_id=asset.id, number=asset.number, until_on=due_on, days_before=days))
    elif days == OVERDUE:
        emit(events.CertificateOverdue(certificate_id=certificate_id, asset_id=asset.id, due_on=due_on))
    else:
        emit(
            events.CertificateDue(
                certificate_id=certificate_id, asset_id=asset.id, due_on=due_on, days_before=days
            )
        )
