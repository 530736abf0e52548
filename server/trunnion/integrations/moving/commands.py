"""Verbs on the whole of an organisation."""

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.jobs import enqueue
from trunnion.kernel.listing.exports import Queued

from .outward import TASK


@command(TASK)
def export(ctx: Context, lists: bool = False) -> Queued:
    """Queues a file with everything that the organisation owns; `lists` adds each list as CSV."""
    return Queued(enqueue(ctx, TASK, lists=lists))
