"""Reactions of work: orders follow a place that turned out to be another one."""

from trunnion.assets.events import LocationMerged
from trunnion.kernel.context import Context
from trunnion.kernel.events import on

from .commands import order


@on(LocationMerged)
def follow_place(ctx: Context, event: LocationMerged) -> None:
    """Orders of the merged place are now at the one that stands."""
    order.relocate(ctx, from_id=event.location_id, to_id=event.into_id)
