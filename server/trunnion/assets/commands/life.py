"""Verbs on an asset in use: each takes an instant, a remark and, where there is one, the paper that goes with it."""

from datetime import datetime
from uuid import UUID

from trunnion.assets.models import Asset
from trunnion.assets.types.cards import AssetDone
from trunnion.assets.types.kinds import Disposal
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Amount, Currency, Instant, Line

from .effects import effect_of, warranty_begins
from .going import go
from .papers import Facts


@command("assets.asset.commission")
def commission(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Puts the asset into service; its warranty begins where nothing else was agreed."""
    return go(ctx, asset_id, "commission", at, remark, paper_file_id, warranty_begins(ctx))


@command("assets.asset.stand_by")
def stand_by(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Makes the asset a standby: ready, and not in use."""
    return go(ctx, asset_id, "stand_by", at, remark, paper_file_id)


@command("assets.asset.lay_idle")
def lay_idle(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Says that nobody uses the asset, so that it can be offered elsewhere."""
    return go(ctx, asset_id, "lay_idle", at, remark, paper_file_id)


@command("assets.asset.take_out")
def take_out(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Takes the asset out of order."""
    return go(ctx, asset_id, "take_out", at, remark, paper_file_id)


@command("assets.asset.repair")
def repair(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Says that the asset is under repair."""
    return go(ctx, asset_id, "repair", at, remark, paper_file_id)


@command("assets.asset.restore")
def restore(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Puts the asset back into service."""
    return go(ctx, asset_id, "restore", at, remark, paper_file_id)


@command("assets.asset.decommission")
def decommission(
    ctx: Context, asset_id: UUID, at: Instant | None = None, remark: Line = "", paper_file_id: UUID | None = None,
    reference: Line = "", residual_value: Amount | None = None, currency: Currency | None = None,
) -> AssetDone:  # fmt: skip
    """Takes the asset out of use; where it stands it stays until it is removed or disposed of."""
    facts = Facts(amount=residual_value, currency=currency or "", external_number=reference[:200])
    return go(ctx, asset_id, "decommission", at, remark, paper_file_id, None, facts)


@command("assets.asset.dispose")
def dispose(
    ctx: Context, asset_id: UUID, disposal: Disposal, at: Instant | None = None, remark: Line = "",
    paper_file_id: UUID | None = None, reference: Line = "", receiver_party_id: UUID | None = None,
    residual_value: Amount | None = None, proceeds: Amount | None = None, currency: Currency | None = None,
) -> AssetDone:  # fmt: skip
    """Says how the asset left for good, to whom, and what it brought in."""
    check_disposal(disposal)
    facts = Facts(
        amount=residual_value, proceeds=proceeds, currency=currency or "", external_number=reference[:200],
        party_id=receiver_party_id, disposal=disposal,
    )  # fmt: skip
    return go(ctx, asset_id, "dispose", at, remark, paper_file_id, effect_of(ctx, "dispose", facts), facts)


@command("assets.asset.withdraw")
def withdraw(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Gives up an asset that was never delivered."""
    facts = Facts(disposal=Disposal.WITHDRAWN)
    change = effect_of(ctx, "dispose", facts)
    return go(ctx, asset_id, "withdraw", at, remark, paper_file_id, change, facts)


@command("assets.asset.reinstate")
def reinstate(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Takes a disposal back that was entered by mistake."""

    def come_back(row: Asset, _: datetime) -> None:
        row.disposal = ""

    return go(ctx, asset_id, "reinstate", at, remark, paper_file_id, come_back)


def check_disposal(disposal: str) -> None:
    """Refuses to dispose of what was never delivered."""
    if disposal == Disposal.WITHDRAWN:
        raise Invalid.field("/disposal", "assets.withdraw_instead")
