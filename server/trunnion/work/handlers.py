"""Reactions of work: orders follow a place that turned out to be another one, and people who left lead none."""

from trunnion.assets.events import LocationMerged
from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.workforce.events import ResourceDeactivated

from .commands import order


@on(LocationMerged)
def follow_place(ctx: Context, event: LocationMerged) -> None:
    """Orders of the merged place are now at the one that stands."""
    order.relocate(ctx, from_id=event.location_id, to_id=event.into_id)


@on(ResourceDeactivated)
def follow_heir(ctx: Context, event: ResourceDeactivated) -> None:
    """Open orders of somebody who is given no more work go to their heir, or back to the desk."""
    if order.has_work(ctx, event.resource_id):
        order.hand_over(ctx, event.resource_id, heir_id=event.heir_id)
