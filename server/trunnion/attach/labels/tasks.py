"""The job that draws many labels."""

from typing import Any

from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.jobs import Progress, task
from trunnion.kernel.listing.exports import path_of

from .commands.label import TASK
from .queries import draw, get_drawing


@task(TASK)
def draw_labels(ctx: Context, progress: Progress, print_id: Any) -> dict[str, Any]:
    """Draws a print into the job's file, with the rights that its originator has now."""
    with reading(ctx.organisation_id):
        drawing = get_drawing(ctx, print_id)
    made = draw(drawing, progress)
    path_of(progress.job.id).write_bytes(made.content)
    progress(len(drawing.labels), len(drawing.labels))
    return {"name": made.name, "rows": len(drawing.labels)}
