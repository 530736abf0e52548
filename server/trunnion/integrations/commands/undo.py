"""Verbs that take an import back: what it made goes, what it changed returns, what was touched since stays."""

from uuid import UUID

from trunnion.integrations import takeback
from trunnion.integrations.cobie import past
from trunnion.integrations.events import ImportUndone
from trunnion.integrations.models import ImportRun, ImportStep
from trunnion.integrations.states import IMPORT
from trunnion.integrations.types import BUILDINGS, ImportDone
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Refusal
from trunnion.kernel.jobs import enqueue
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .import_run import done

MOST_KEPT = 1000


@command("integrations.import.undo")
def undo(ctx: Context, import_id: UUID) -> ImportDone:
    """Queues the taking back of everything that an import brought; what was touched since stays and is listed."""
    run = _begun(ctx, import_id)
    run.job_id = enqueue(ctx, "integrations.undo", import_id=run.id)
    run.save()
    return done(run)


@command("integrations.import.begin_undo")
def begin_undo(ctx: Context, import_id: UUID) -> ImportDone:
    """Begins to take an import back in the caller's own thread."""
    run = _begun(ctx, import_id)
    run.save()
    return done(run)


def _begun(ctx: Context, import_id: UUID) -> ImportRun:
    run = take(ctx, ImportRun, import_id)
    state = IMPORT.target("undo", run.state)
    if run.import_kind in BUILDINGS:
        _check_last(ctx, run)
    run.state, run.failure = state, None
    run.undone = run.undone or {"removed": 0, "restored": 0, "kept": [], "more": 0}
    return run


@command("integrations.import.take_back")
def take_back(ctx: Context, import_id: UUID, step_id: UUID) -> None:
    """Takes one batch back, the last first."""
    run = take(ctx, ImportRun, import_id)
    IMPORT.target("take_back", run.state)
    held = take(ctx, ImportStep, step_id)
    if held.is_taken_back:
        return
    if run.import_kind in BUILDINGS:
        # The memory of a building names the building: it goes first.
        _check_last(ctx, run)
        past.put_back(ctx, run, held.entry_id)
    found = takeback.take_back(ctx, held.entry_id, held.until_id)
    held.is_taken_back = True
    held.save()
    told = dict(run.undone or {})
    lines = [
        {"kind": k.kind, "id": str(k.row_id), "name": k.name, "code": k.code, "facts": k.facts, "fields": k.fields}
        for k in found.kept
    ]  # fmt: skip
    room = max(MOST_KEPT - len(told.get("kept", [])), 0)
    run.undone = {
        "removed": told.get("removed", 0) + found.removed, "restored": told.get("restored", 0) + found.restored,
        "kept": [*told.get("kept", []), *lines[:room]], "more": told.get("more", 0) + len(lines[room:]),
    }  # fmt: skip
    run.save()


@command("integrations.import.settle")
def settle(ctx: Context, import_id: UUID) -> ImportDone:
    """Everything that can be taken back is."""
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("settle", run.state)
    run.save()
    told = run.undone or {}
    kept = len(told.get("kept", [])) + told.get("more", 0)
    emit(ImportUndone(import_id=run.id, number=run.number, removed=told.get("removed", 0), kept=kept))
    return done(run)


def _check_last(ctx: Context, run: ImportRun) -> None:
    """Refuses where nothing is known that could be taken back, or where the same building came in again since."""
    step = ImportStep.objects.of(ctx).filter(run_id=run.id).order_by("-position").first()
    if step is None:
        raise Refusal("import.no_undo", number=run.number)
    later = past.came_later(ctx, run, step.entry_id)
    if later is not None:
        raise Refusal("import.undo_later_first", number=run.number, later=later)
