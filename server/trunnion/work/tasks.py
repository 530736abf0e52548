"""The background jobs of work."""

from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.jobs import Progress, task

from .commands.order import rewording


@task(rewording.TASK)
def reword(ctx: Context, progress: Progress, kind: str, row_ids: list[Any]) -> dict[str, int]:
    """Lets orders be found by what their asset, place and customer are called now."""
    return {"changed": rewording.reword_all(ctx, progress, kind, [UUID(str(row_id)) for row_id in row_ids])}
