"""Reactions of work: orders follow merged places, new names and the parts they wait for; people who left lead none."""

from uuid import UUID

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
from trunnion.inventory.events import ReservationFilled, ShortageClosed, ShortageExpected, ShortageOpened
from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.kernel.merging import come_back
from trunnion.parties.events import PartyMerged, PartyRenamed, PartyUnmerged
from trunnion.workforce.events import ResourceDeactivated

from .commands import order, part
from .commands.order import rewording
from .events import OrderApproved, OrderDispatched, OrderPlanned
from .queries import has_parts, order_of_part

ASSET, PLACE, PARTY, PART = "assets.asset", "assets.location", "parties.party", "work.part"


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


@on(ShortageOpened)
def wait_for_parts(ctx: Context, event: ShortageOpened) -> None:
    """An order that is to be done waits for what it lacks."""
    _follow(ctx, event, is_new=True)


@on(ReservationFilled)
def note_arrival(ctx: Context, event: ReservationFilled) -> None:
    """What an order lacked has come; with the last of it the order goes on."""
    _follow(ctx, event)


@on(ShortageClosed)
def go_on(ctx: Context, event: ShortageClosed) -> None:
    """What an order needs no longer it does not wait for."""
    _follow(ctx, event)


@on(ShortageExpected)
def note_expectation(ctx: Context, event: ShortageExpected) -> None:
    """An order knows when its parts will come."""
    _follow(ctx, event)


@on(OrderApproved)
def wait_from_approval(ctx: Context, event: OrderApproved) -> None:
    """Waiting is legal from here on: what was planned with a request may be lacking."""
    _follow_order(ctx, event.order_id)


@on(OrderPlanned)
def wait_from_planning(ctx: Context, event: OrderPlanned) -> None:
    """The same for an order that was planned without approval."""
    _follow_order(ctx, event.order_id)


@on(OrderDispatched)
def wait_from_dispatch(ctx: Context, event: OrderDispatched) -> None:
    """The same for an order that was sent at once."""
    _follow_order(ctx, event.order_id)


def _follow(
    ctx: Context, event: ReservationFilled | ShortageClosed | ShortageExpected | ShortageOpened, *, is_new: bool = False
) -> None:  # fmt: skip
    found = order_of_part(ctx, event.demand_id) if event.demand_kind == PART else None
    if found is not None:
        part.follow(ctx, found, is_new=is_new)


def _follow_order(ctx: Context, order_id: UUID) -> None:
    if has_parts(ctx, order_id):
        part.follow(ctx, order_id)
