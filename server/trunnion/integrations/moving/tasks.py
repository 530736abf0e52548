"""The job that writes an organisation into a file."""

from typing import Any

from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import NotGranted
from trunnion.kernel.jobs import Progress, task
from trunnion.kernel.listing.exports import path_of

from . import outward


@task(outward.TASK)
def export(ctx: Context, progress: Progress, lists: bool = False) -> dict[str, Any]:
    """Writes everything, with the rights that its originator has at the time; killed half way it begins again."""
    if not ctx.may(outward.TASK):
        raise NotGranted(outward.TASK)
    path = path_of(progress.job.id)
    made = outward.write(ctx, path, lists=lists, told=progress)
    # Whoever fetches it must still have the right to it then.
    return {"name": f"organisation-{clock.today(ctx.zone)}.zip", "permission": outward.TASK, **made}
