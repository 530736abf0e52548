"""The job that draws many labels."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.jobs import Progress, task
from trunnion.kernel.listing.exports import path_of

from .commands.label import TASK
from .queries import Drawing, draw, get_drawing
from .rules.parts import parts
from .rules.stock import per_page
from .types import Form

# So many labels take a quarter of a gigabyte while they are drawn; more are several files in one archive.
MOST_IN_A_FILE = 2000


@task(TASK)
def draw_labels(ctx: Context, progress: Progress, print_id: Any) -> dict[str, Any]:
    """Draws a print into the job's file, with the rights that its originator has now."""
    with reading(ctx.organisation_id):
        drawing = get_drawing(ctx, print_id)
    path, count = path_of(progress.job.id), len(drawing.labels)
    is_large = drawing.form == Form.PDF and count * drawing.run.copies > MOST_IN_A_FILE
    if is_large:
        _archive(drawing, path, progress)
    else:
        path.write_bytes(draw(drawing, progress).content)
    progress(count, count)
    return {"name": f"{Path(drawing.name).stem}.zip" if is_large else drawing.name, "rows": count}


def _archive(drawing: Drawing, path: Path, progress: Progress) -> None:
    """One file after the other, so that a large print needs no more room than a small one."""
    run, count = drawing.run, len(drawing.labels)
    files = parts(count, run.copies, run.start, per_page(run.stock), MOST_IN_A_FILE)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number, part in enumerate(files, 1):
            some = msgspec.structs.replace(
                drawing, run=replace(run, start=part.start), labels=drawing.labels[part.first : part.last]
            )
            made = draw(some, lambda done, _, first=part.first: progress(first + done, count))
            archive.writestr(f"{Path(drawing.name).stem}-{number:02d}.pdf", made.content)
