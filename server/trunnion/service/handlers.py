"""Reactions of service: when an order ends, comes back or is merged, its requests follow."""

from uuid import UUID

from trunnion.assets.events import LocationMerged, LocationUnmerged
from trunnion.assets.queries import is_merged
from trunnion.attach.events import CommentAdded, CommentEdited, CommentRemoved, FileLinked
from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.kernel.merging import come_back
from trunnion.work.events import (
    OrderCancelled,
    OrderClosed,
    OrderMerged,
    OrderRejected,
    OrderReopened,
    OrderUnmerged,
    PositionEnded,
    PositionShared,
    PositionTold,
)

from . import links
from .commands import carry, desk, follow
from .queries.standing import requests_about


@on(OrderClosed)
def order_closed(ctx: Context, event: OrderClosed) -> None:
    """What was asked for is done."""
    _follow(ctx, event.order_id)


@on(OrderRejected)
def order_rejected(ctx: Context, event: OrderRejected) -> None:
    """What was asked for will not be done."""
    _follow(ctx, event.order_id)


@on(OrderCancelled)
def order_cancelled(ctx: Context, event: OrderCancelled) -> None:
    """What was asked for was called off."""
    _follow(ctx, event.order_id)


@on(OrderReopened)
def order_reopened(ctx: Context, event: OrderReopened) -> None:
    """What was asked for is open again."""
    _follow(ctx, event.order_id)


@on(OrderMerged)
def order_merged(ctx: Context, event: OrderMerged) -> None:
    """What was asked for is done together with something else."""
    _follow(ctx, event.order_id)
    _follow(ctx, event.into_id)


@on(OrderUnmerged)
def order_unmerged(ctx: Context, event: OrderUnmerged) -> None:
    """What was asked for is a thing of its own again."""
    _follow(ctx, event.order_id)
    if event.from_id is not None:
        _follow(ctx, event.from_id)


@on(CommentAdded)
def comment_added(ctx: Context, event: CommentAdded) -> None:
    """Somebody said something that reporters may want to read."""
    if not event.is_internal:
        _bring_news(ctx, event.subject_kind, event.subject_id)


@on(CommentEdited)
def comment_edited(ctx: Context, event: CommentEdited) -> None:
    """What reporters read says something else now."""
    if not event.is_internal:
        _bring_news(ctx, event.subject_kind, event.subject_id)


@on(CommentRemoved)
def comment_removed(ctx: Context, event: CommentRemoved) -> None:
    """What reporters read was taken back."""
    if not event.is_internal:
        _bring_news(ctx, event.subject_kind, event.subject_id)


@on(PositionShared)
def position_shared(ctx: Context, event: PositionShared) -> None:
    """Whoever waits may look where the engineer is."""
    _bring_news(ctx, "work.order", event.order_id)


@on(PositionTold)
def position_told(ctx: Context, event: PositionTold) -> None:
    """The engineer has come nearer."""
    _bring_news(ctx, "work.order", event.order_id)


@on(PositionEnded)
def position_ended(ctx: Context, event: PositionEnded) -> None:
    """There is nothing to be seen any more."""
    _bring_news(ctx, "work.order", event.order_id)


@on(LocationMerged)
def follow_place(ctx: Context, event: LocationMerged) -> None:
    """Requests of the merged place are now at the one that stands."""
    if not is_merged(ctx, event.location_id):
        return
    desk.relocate(ctx, from_id=event.location_id, to_id=event.into_id)


@on(LocationUnmerged)
def come_back_to_place(ctx: Context, event: LocationUnmerged) -> None:
    """Requests that had followed a merged place are about it again, unless somebody put them right since."""
    come_back(ctx, "service.request.relocate", event.location_id)


@on(FileLinked)
def file_linked(ctx: Context, event: FileLinked) -> None:
    """There is a photo that reporters may want to see; what came late goes on to the order."""
    if event.subject_kind == "service.request" and carry.missing(ctx, event.subject_id):
        carry.carry_files(ctx, request_id=event.subject_id)
    _bring_news(ctx, event.subject_kind, event.subject_id)


def _bring_news(ctx: Context, kind: str, row_id: UUID) -> None:
    # Twice is harmless: a page is told the same once more.
    concerned = requests_about(ctx, kind, row_id)
    if concerned:
        links.bring_news(ctx.organisation_id, concerned)


def _follow(ctx: Context, order_id: UUID) -> None:
    # Delivered twice, or after a person was quicker, there is nothing left to do and nothing to journal.
    if follow.pending(ctx, order_id):
        follow.follow(ctx, order_id)
