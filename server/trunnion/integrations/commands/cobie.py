"""Verbs on COBie workbooks: in, everything or nothing in one transaction; out, as a job."""

from pathlib import Path
from typing import Any
from uuid import UUID

from trunnion.attach.queries import content_of
from trunnion.integrations.cobie import apply as application
from trunnion.integrations.cobie import exporter, opened
from trunnion.integrations.cobie import plan as plans
from trunnion.integrations.cobie.rest import collector_rests
from trunnion.integrations.events import ImportApplied
from trunnion.integrations.models import ImportRun
from trunnion.integrations.states import IMPORT
from trunnion.integrations.types import ImportDone
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.jobs import enqueue
from trunnion.kernel.listing.exports import Queued
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .import_run import check_strict, done, note_step, set_counts

EXPORT = "integrations.cobie.export"


@command("integrations.cobie.apply")
def apply(ctx: Context, import_id: UUID) -> ImportDone:
    """Writes the good rows of a workbook, a batch for each kind of record; the counts then say what was done."""
    return carry_out(ctx, import_id)


def carry_out(ctx: Context, import_id: UUID) -> ImportDone:
    """Writes the good rows of a building's file, inside the running command."""
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("finish", run.state)
    content = content_of(ctx, run.file_id)
    with collector_rests():
        workbook = opened.take(content.digest, ctx.zone, content.path, run.import_kind)
        plan = plans.make(ctx, workbook, Path(run.file_name).stem)
        set_counts(run, plan.counts())
        check_strict(run, run.errors)
        application.apply(ctx, plan, run)
    run.source_name, run.applied_at, run.failure = plan.source_name, clock.now(), None
    run.save()
    note_step(ctx, run)
    emit(
        ImportApplied(
            import_id=run.id, number=run.number, new=run.new, changed=run.changed, same=run.same, errors=run.errors
        )
    )  # fmt: skip
    return done(run)


@command("integrations.cobie.export")
def export(ctx: Context, facility_id: UUID | None = None) -> Queued:
    """Queues the workbook of one building, or of the only one there is; which one is checked at once."""
    exporter.chosen(ctx, facility_id)
    return Queued(enqueue(ctx, "integrations.cobie.export", facility_id=facility_id))


def facilities(ctx: Context) -> dict[str, Any]:
    """The buildings of which each has a workbook of its own."""
    return {"rows": [{"id": place.id, "name": place.name} for place in exporter.facilities(ctx)]}
