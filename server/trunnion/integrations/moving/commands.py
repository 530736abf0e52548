"""Verbs on the whole of an organisation."""

from typing import Annotated

from pydantic import StringConstraints

from trunnion.attach.commands import contents as places
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.jobs import enqueue
from trunnion.kernel.listing.exports import Queued

from .emptiness import check_empty
from .outward import TASK

IMPORT = "integrations.organisation.import"
Package = Annotated[str, StringConstraints(pattern=r"^upload-\w+$", max_length=60)]


@command(TASK)
def export(ctx: Context, lists: bool = False) -> Queued:
    """Queues a file with everything that the organisation owns; `lists` adds each list as CSV."""
    return Queued(enqueue(ctx, TASK, lists=lists))


@command(IMPORT)
def import_(ctx: Context, package: Package) -> Queued:
    """Queues the bringing in of an organisation, from a file that was received; raises Refusal where one is at work."""
    check_empty(ctx)
    places.waiting(package)
    return Queued(enqueue(ctx, IMPORT, package=package))
