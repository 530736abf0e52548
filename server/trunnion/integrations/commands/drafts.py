"""Verbs on files that call each record by an id, GeoJSON and Haystack: in, everything or nothing in one transaction."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from trunnion.attach.queries import content_of
from trunnion.integrations.drafts import apply as application
from trunnion.integrations.drafts import plan as plans
from trunnion.integrations.drafts.readers import read
from trunnion.integrations.events import ImportApplied
from trunnion.integrations.models import ImportRun
from trunnion.integrations.states import IMPORT
from trunnion.integrations.types import ImportDone, ImportKind
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .import_run import check_strict, done, note_step, set_counts


@command("integrations.geojson.apply")
def apply_geojson(ctx: Context, import_id: UUID) -> ImportDone:
    """Writes the good features of a map file."""
    return _carry_out(ctx, import_id)


@command("integrations.haystack.apply")
def apply_haystack(ctx: Context, import_id: UUID) -> ImportDone:
    """Writes the good records of a building automation file."""
    return _carry_out(ctx, import_id)


APPLY: dict[ImportKind, Callable[..., ImportDone]] = {
    ImportKind.GEOJSON: apply_geojson, ImportKind.HAYSTACK: apply_haystack,
}  # fmt: skip


def _carry_out(ctx: Context, import_id: UUID) -> ImportDone:
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("finish", run.state)
    content = content_of(ctx, run.file_id)
    plan = plans.make(ctx, read(ImportKind(run.import_kind), content.path, Path(run.file_name).stem))
    set_counts(run, plan.counts())
    check_strict(run, run.errors)
    application.apply(ctx, plan)
    run.applied_at, run.failure = clock.now(), None
    run.save()
    note_step(ctx, run)
    emit(
        ImportApplied(
            import_id=run.id, number=run.number, new=run.new, changed=run.changed, same=run.same, errors=run.errors
        )
    )  # fmt: skip
    return done(run)
