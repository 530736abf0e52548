"""Reactions of work: orders follow merged places and new names, and people who left lead none."""

from trunnion.assets.events import (
    AssetMerged,
    AssetRenamed,
    AssetUnmerged,
    LocationMerged,
    LocationMoved,
    LocationRenamed,
    LocationUnmerged,
)
from trunnion.assets.queries import is_merged
from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.kernel.merging import come_back
from trunnion.parties.events import PartyMerged, PartyRenamed, PartyUnmerged
from trunnion.workforce.events import ResourceDeactivated

from .commands import order
from .commands.order import rewording

ASSET, PLACE, PARTY = "assets.asset", "assets.location", "parties.party"


@on(LocationMerged)
def follow_place(ctx: Context, event: LocationMerged) -> None:
    """Orders of the merged place are now at the one that stands."""
    if not is_merged(ctx, event.location_id):
        return
    order.relocate(ctx, from_id=event.location_id, to_id=event.into_id)
    rewording.follow(ctx, PLACE, [event.into_id])


@on(LocationUnmerged)
def come_back_to_place(ctx: Context, event: LocationUnmerged) -> None:
    """Orders that had followed a merged place are at it again, unless somebody put them elsewhere since."""
    come_back(ctx, "work.order.relocate", event.location_id)
    rewording.follow(ctx, PLACE, [event.location_id, event.from_id])


@on(LocationRenamed)
def find_by_new_place(ctx: Context, event: LocationRenamed) -> None:
    """Orders are found by what their places are called now."""
    rewording.follow(ctx, PLACE, event.location_ids)


@on(LocationMoved)
def find_by_new_path(ctx: Context, event: LocationMoved) -> None:
    """Orders are found by the names of the places that theirs lie in now."""
    rewording.follow(ctx, PLACE, [event.location_id])


@on(AssetRenamed)
def find_by_new_name(ctx: Context, event: AssetRenamed) -> None:
    """Orders are found by what their assets are called now."""
    rewording.follow(ctx, ASSET, event.asset_ids)


@on(AssetMerged)
def find_by_one_asset(ctx: Context, event: AssetMerged) -> None:
    """Orders of a merged asset are found by the one that stays."""
    rewording.follow(ctx, ASSET, [event.into_id])


@on(AssetUnmerged)
def find_by_two_assets(ctx: Context, event: AssetUnmerged) -> None:
    """Orders of assets that are two again are found by their own."""
    rewording.follow(ctx, ASSET, [i for i in (event.asset_id, event.from_id) if i is not None])


@on(PartyRenamed)
def find_by_new_customer(ctx: Context, event: PartyRenamed) -> None:
    """Orders are found by what their customers are called now."""
    rewording.follow(ctx, PARTY, event.ids)


@on(PartyMerged)
def find_by_one_customer(ctx: Context, event: PartyMerged) -> None:
    """Orders of a merged customer are found by the one that stays."""
    rewording.follow(ctx, PARTY, [event.into_id])


@on(PartyUnmerged)
def find_by_two_customers(ctx: Context, event: PartyUnmerged) -> None:
    """Orders of customers that are two again are found by their own."""
    rewording.follow(ctx, PARTY, [i for i in (event.party_id, event.from_id) if i is not None])


@on(ResourceDeactivated)
def follow_heir(ctx: Context, event: ResourceDeactivated) -> None:
    """Open orders of somebody who is given no more work go to their heir, or back to the desk."""
    if order.has_work(ctx, event.resource_id):
        order.hand_over(ctx, event.resource_id, heir_id=event.heir_id)
