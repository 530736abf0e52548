"""Verbs on an asset's life: each takes an instant, a remark and, where there is one, the paper that goes with it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from trunnion.assets.models import Asset
from trunnion.assets.rules.dates import day_of, months_later
from trunnion.assets.states import LIFE
from trunnion.assets.types import AssetDone, Disposal
from trunnion.attach.queries import get_file
from trunnion.catalog.queries import find_model
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.inputs import Instant, Line
from trunnion.kernel.policies import take

from .asset import done
from .moves import Place, announce, close_installation, record_move, stand_in, zone_at
from .naming import at_or_now


def go(
    ctx: Context, asset_id: UUID, verb: str, at: datetime | None, remark: str, paper_file_id: UUID | None,
    change: Callable[[Asset, datetime], None] | None = None,
) -> AssetDone:  # fmt: skip
    """One move: legal by the table, not before the last one, written and announced."""
    row = take(ctx, Asset, asset_id)
    before = row.state
    target = LIFE.target(verb, before)
    moment = at_or_now(at)
    if moment < row.state_since_at:
        raise Invalid.field("/at", "assets.before_last_move", since=row.state_since_at.isoformat())
    if paper_file_id is not None:
        get_file(ctx, paper_file_id)
    if target != before:
        row.state, row.state_since_at = target, moment
    if change is not None:
        change(row, moment)
    row.save()
    record_move(ctx, row, verb, before, moment, remark, paper_file_id).save()
    announce(verb, row, before, moment)
    return done(row)


@command("assets.asset.request")
def request(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Asks for a planned asset."""
    return go(ctx, asset_id, "request", at, remark, paper_file_id)


@command("assets.asset.order")
def order(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Says that the asset was ordered."""
    return go(ctx, asset_id, "order", at, remark, paper_file_id)


@command("assets.asset.receive")
def receive(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Says that the asset arrived and awaits acceptance."""
    return go(ctx, asset_id, "receive", at, remark, paper_file_id)


@command("assets.asset.accept")
def accept(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Accepts what was delivered."""
    return go(ctx, asset_id, "accept", at, remark, paper_file_id)


@command("assets.asset.commission")
def commission(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Puts the asset into service; its warranty begins where nothing else was agreed."""

    def begin(row: Asset, moment: datetime) -> None:
        row.in_service_on = row.in_service_on or day_of(moment, zone_at(ctx, row.location))
        if row.warranty_from_on is None and row.warranty_until_on is None and row.model_id is not None:
            model = find_model(ctx, row.model_id)
            months = model.warranty_parts_months if model else None
            if months:
                row.warranty_from_on = row.in_service_on
                row.warranty_until_on = months_later(row.in_service_on, months)

    return go(ctx, asset_id, "commission", at, remark, paper_file_id, begin)


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
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Takes the asset out of use; where it stands it stays until it is removed or disposed of."""
    return go(ctx, asset_id, "decommission", at, remark, paper_file_id)


@command("assets.asset.dispose")
def dispose(
    ctx: Context, asset_id: UUID, disposal: Disposal, at: Instant | None = None, remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:  # fmt: skip
    """Says how the asset left for good."""
    if disposal == Disposal.WITHDRAWN:
        raise Invalid.field("/disposal", "assets.withdraw_instead")
    return go(ctx, asset_id, "dispose", at, remark, paper_file_id, _leave(ctx, disposal))


@command("assets.asset.withdraw")
def withdraw(
    ctx: Context,
    asset_id: UUID,
    at: Instant | None = None,
    remark: Line = "",
    paper_file_id: UUID | None = None,
) -> AssetDone:
    """Gives up an asset that was never delivered."""
    return go(ctx, asset_id, "withdraw", at, remark, paper_file_id, _leave(ctx, Disposal.WITHDRAWN))


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


def _leave(ctx: Context, disposal: Disposal) -> Callable[[Asset, datetime], None]:
    def leave(row: Asset, moment: datetime) -> None:
        row.disposal = disposal
        close_installation(ctx, row, moment)
        # The location stays, so that the site's own people still find what they had; the position is free.
        stand_in(row, Place(row.location))

    return leave
