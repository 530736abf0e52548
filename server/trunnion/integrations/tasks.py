"""Work of integrations that takes its time: looking files through, applying them, writing exports."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from trunnion.integrations.cobie import exporter, importer
from trunnion.integrations.cobie.types import WorkbookRefused
from trunnion.integrations.drafts import importer as drafting
from trunnion.integrations.tabular import work as tables
from trunnion.kernel import clock, statistics
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import NotGranted, Refusal, WrongState
from trunnion.kernel.jobs import MAX_ATTEMPTS, Cancelled, LostLease, Progress, task
from trunnion.kernel.listing.exports import path_of
from trunnion.kernel.policies import get

from . import takeback
from .commands import drafts, import_run
from .commands.formats import TASK
from .formats import FORMATS
from .models import ImportRun
from .types import ImportKind, ImportState

EXPORT = "integrations.cobie.export"


@task("integrations.check")
def check(ctx: Context, progress: Progress, import_id: str) -> None:
    """Looks a file through; whoever is killed half way begins again, and what was noted once is not noted twice."""
    run = _run(ctx, import_id)
    if run.state == ImportState.STAGED:
        with _failing(ctx, progress, run.id):
            if run.import_kind == ImportKind.TABLE:
                tables.stage(ctx, run, progress)
            elif run.import_kind in drafts.APPLY:
                drafting.stage(ctx, run.id, run.file_id, ImportKind(run.import_kind), progress)
            else:
                importer.stage(ctx, run.id, run.file_id, progress, ImportKind(run.import_kind))


@task("integrations.apply")
def apply(ctx: Context, progress: Progress, import_id: str) -> None:
    """Applies a file; killed half way, a workbook begins again from nothing and a table goes on where it was."""
    run = _run(ctx, import_id)
    if run.state != ImportState.APPLYING:
        return
    with _failing(ctx, progress, run.id):
        _bring_in(ctx, run, progress)
    # Thousands of rows may have come in since the database counted last.
    statistics.gather()


def _bring_in(ctx: Context, run: ImportRun, progress: Progress) -> None:
    kind = ImportKind(run.import_kind)
    if kind == ImportKind.TABLE:
        tables.apply(ctx, run, progress)
    elif kind in drafts.APPLY:
        drafts.APPLY[kind](ctx, import_id=run.id)
    else:
        importer.prepare(ctx, run.file_id, progress, kind)
        importer.APPLY[kind](ctx, import_id=run.id)
        progress(importer.STAGES, importer.STAGES)


@task("integrations.undo")
def undo(ctx: Context, progress: Progress, import_id: str) -> None:
    """Takes an import back, batch by batch; killed half way it goes on where it was."""
    run = _run(ctx, import_id)
    if run.state == ImportState.UNDOING:
        with _failing(ctx, progress, run.id):
            takeback.undo(ctx, run, progress)


@contextmanager
def _failing(ctx: Context, progress: Progress, import_id: UUID) -> Iterator[None]:
    """Says at the import why it failed: a refusal at once, a fault of the program when it was tried often enough."""
    try:
        yield
    except WrongState:
        # It was called off, or another worker was quicker.
        return
    except Refusal as refusal:
        # What is wrong with a file is told by its one field, not by the fact that something was.
        said = refusal.errors[0] if refusal.errors else refusal
        import_run.fail(ctx, import_id=import_id, code=said.code, facts=dict(said.facts))
    except WorkbookRefused as refused:
        finding = refused.finding
        import_run.fail(ctx, import_id=import_id, code=finding.code, facts=dict(finding.facts))
    except (Cancelled, LostLease):
        raise
    except Exception as fault:
        if progress.job.attempts >= MAX_ATTEMPTS:
            reason = {"reason": type(fault).__name__}
            import_run.fail(ctx, import_id=import_id, code="import.stopped", facts=reason)
        raise


@task("integrations.cobie.export")
def export(ctx: Context, progress: Progress, facility_id: str | None = None) -> dict[str, Any]:
    """Writes a building's workbook, with the rights that its originator has at the time."""
    if not ctx.may(EXPORT):
        raise NotGranted(EXPORT)
    progress(0, 1)
    rows = exporter.run(ctx, path_of(progress.job.id), UUID(facility_id) if facility_id else None)
    progress(1, 1)
    return {"name": f"cobie-{clock.today(ctx.zone)}.xlsx", "rows": rows}


@task(TASK)
def export_format(ctx: Context, progress: Progress, format: str) -> dict[str, Any]:
    """Writes the register in the words of another program, with the rights that its originator has at the time."""
    wanted = FORMATS[format]
    if not ctx.may(wanted.permission):
        raise NotGranted(wanted.permission)
    progress(0, 1)
    rows = wanted.write(ctx, path_of(progress.job.id))
    progress(1, 1)
    return {"name": f"trunnion-{clock.today(ctx.zone)}.{wanted.ending}", "rows": rows}


def _run(ctx: Context, import_id: str) -> ImportRun:
    with reading(ctx.organisation_id):
        return get(ctx, ImportRun, UUID(import_id))
