"""The long pieces of work on a table: looking it through, and writing it; each goes on where it was."""

from collections.abc import Callable

from trunnion.integrations.commands import table
from trunnion.integrations.models import ImportRun
from trunnion.kernel.context import Context

from . import staging
from .apply import Applier
from .index import plan_of
from .own_fields import target_of

Told = Callable[[int, int], None]
stage = staging.stage


def apply(ctx: Context, run: ImportRun, told: Told) -> None:
    """Writes what is not written yet."""
    plan = plan_of(
        target_of(ctx, run.target), staging.MAPPING.validate_python(run.mapping["mapping"]), ctx.zone
    )
    applier = Applier.begin(ctx, run, plan)

    def step(found: Applier, page: int, level: int) -> None:
        table.step(ctx, import_id=run.id, page=page, level=level, applier=found)

    applier.all(step, told)
    table.close(ctx, import_id=run.id)
