"""Reactions of service: when an order ends, comes back or is merged, its requests follow."""

from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.events import on
from trunnion.work.events import (
    OrderCancelled,
    OrderClosed,
    OrderMerged,
    OrderRejected,
    OrderReopened,
    OrderUnmerged,
)

from .commands import follow


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
    _follow(ctx, event.from_id)


def _follow(ctx: Context, order_id: UUID) -> None:
    # Delivered twice, or after a person was quicker, there is nothing left to do and nothing to journal.
    if follow.pending(ctx, order_id):
        follow.follow(ctx, order_id)
