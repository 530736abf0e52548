"""The long pieces of work on a table: looking it through, writing it, taking it back; each goes on where it was."""

from collections.abc import Callable

from trunnion.integrations.commands import table
from trunnion.integrations.models import ImportRun, ImportStep
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading, references_looked_for

from . import staging
from .apply import Applier
from .index import plan_of

Told = Callable[[int, int], None]
stage = staging.stage


def apply(ctx: Context, run: ImportRun, told: Told) -> None:
    """Writes what is not written yet."""
    plan = plan_of(run.target, staging.MAPPING.validate_python(run.mapping["mapping"]), ctx.zone)
    applier = Applier.begin(ctx, run, plan)

    def step(found: Applier, page: int, level: int) -> None:
        table.step(ctx, import_id=run.id, page=page, level=level, applier=found)

    applier.all(step, told)
    table.close(ctx, import_id=run.id)


def undo(ctx: Context, run: ImportRun, told: Told) -> None:
    """Takes back what is not taken back yet, the last batch first."""
    with reading(ctx.organisation_id):
        rows = ImportStep.objects.of(ctx).filter(run_id=run.id, is_taken_back=False).order_by("-position")
        steps = list(rows.values_list("id", flat=True))
    for done, step_id in enumerate(steps):
        with references_looked_for():
            table.take_back(ctx, import_id=run.id, step_id=step_id)
        told(done + 1, len(steps))
    table.settle(ctx, import_id=run.id)
