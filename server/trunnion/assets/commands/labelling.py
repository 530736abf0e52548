"""What of assets can be printed on labels; whoever prints gives a code to each asset that has none."""

from uuid import UUID

from trunnion.assets.models import Asset, QrCode
from trunnion.assets.queries.labels import FIELDS, asset_labels, code_labels
from trunnion.attach.labels.queries import Subject, labelled
from trunnion.kernel.context import Context

from .qr import issue_many


def _with_codes(ctx: Context, ids: list[UUID]) -> None:
    issue_many(ctx, asset_ids=ids)


labelled(
    Subject(
        kind=Asset.kind, permission="assets.asset.read", fields=FIELDS, facts=asset_labels, order="number",
        listing="assets.assets", prepare=_with_codes,
    )
)  # fmt: skip
# A code as such: blank ones in store, and an asset's single label again.
labelled(
    Subject(
        kind=QrCode.kind, permission="assets.qr.read", fields=FIELDS, facts=code_labels, order="issued_at",
        listing="assets.qr_codes",
    )
)  # fmt: skip
