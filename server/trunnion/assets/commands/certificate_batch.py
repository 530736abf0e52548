"""Many certificates at once, for imports: on record already or entered now, in one entry."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from trunnion.assets.events import BatchEnsured, CertificateRecorded
from trunnion.assets.models import Asset, Certificate, CertificateKind
from trunnion.assets.types.lines import CertificateLine
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.ensuring import Ensured
from trunnion.kernel.unit import emit

from .certificate import certificates_on, check_days, due_of, mark_current
from .naming import check_lines, rows_by_id, unknown

Lines = Annotated[list[CertificateLine], Field(max_length=200_000)]
Key = tuple[UUID, UUID, str, date]


@command("assets.certificate.ensure_many", secret=("lines",))
def ensure_many(ctx: Context, lines: Lines) -> Ensured:
    """Makes sure that these certificates are on record; one that stands stays as it is."""
    kinds = _check_lines(ctx, lines)
    held = certificates_on(ctx, {line.asset_id for line in lines})
    known = {_key(row): row for row in held}
    rows: list[Certificate] = []
    fresh: list[Certificate] = []
    for index, line in enumerate(lines):
        row = known.get((line.asset_id, line.kind_id, line.number[:120], line.issued_on))
        if row is None:
            row = _fresh(ctx, line, kinds[line.kind_id], index)
            fresh.append(row)
            known[_key(row)] = row
        rows.append(row)
    for row in mark_current([*held, *fresh]):
        if not row._state.adding:
            row.save()
    Certificate.objects.bulk_create(fresh)
    emit(BatchEnsured(thing="certificate", created=len(fresh), changed=0))
    for row in fresh:
        emit(CertificateRecorded(certificate_id=row.id, asset_id=row.asset_id))
    return Ensured([row.id for row in rows], len(fresh), 0, len({row.id for row in rows}) - len(fresh))


def _key(row: Certificate) -> Key:
    return (row.asset_id, row.certificate_kind_id, row.number, row.issued_on)


def _check_lines(ctx: Context, lines: list[CertificateLine]) -> dict[UUID, CertificateKind]:
    """The kinds that the lines name; refuses what is no visible asset, kind or company."""
    check_lines(ctx, lines, {"asset_id": Asset.kind, "issuer_party_id": "parties.party"})
    kinds = rows_by_id(ctx, CertificateKind, [line.kind_id for line in lines])
    for index, line in enumerate(lines):
        if line.kind_id not in kinds:
            raise unknown(f"/lines/{index}/kind_id", CertificateKind.kind)
    return kinds


def _fresh(ctx: Context, line: CertificateLine, kind: CertificateKind, index: int) -> Certificate:
    days = (line.issued_on, line.valid_until_on, line.next_due_on)
    check_days(ctx, *days, at=f"/lines/{index}")
    return Certificate(
        asset_id=line.asset_id, certificate_kind_id=kind.id, number=line.number[:120],
        issuer_id=line.issuer_party_id, issuer_name=line.issuer_name[:200], issued_on=line.issued_on,
        valid_until_on=line.valid_until_on, next_due_on=due_of(kind, *days), remark=line.remark, is_current=False,
    )  # fmt: skip
