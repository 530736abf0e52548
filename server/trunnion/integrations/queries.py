"""Reads of integrations: the lists of imports and of what they found, one import whole."""

from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.listing.columns import Column, Listing, Type
from trunnion.kernel.models import Job
from trunnion.kernel.permissions import declare
from trunnion.kernel.policies import get
from trunnion.kernel.words import say

from .models import ImportFinding, ImportMapping, ImportRun, ImportStep
from .states import IMPORT
from .types import BUILDINGS, FindingSeverity, ImportKind, ImportState

READ = declare("integrations.import.read")
MOST_FINDINGS = 500
# Verbs that only the software itself calls.
_INTERNAL = frozenset({"record", "finish", "fail", "step", "take_back", "settle"})
# Verbs that tables know only.
_OF_TABLES = frozenset({"map", "amend"})

IMPORTS = Listing(
    name="integrations.imports",
    model=ImportRun,
    permission=READ,
    columns=(
        Column("id", Type.ID, path="id"),
        Column("number", path="number", sort="number"),
        Column(
            "kind",
            Type.CHOICE,
            path="import_kind",
            choices=ImportKind,
            words="choice.integrations.import.kind",
        ),
        Column("target", path="target"),
        Column("file_name", path="file_name"),
        Column("source_name", path="source_name"),
        Column("state", Type.CHOICE, path="state", choices=ImportState, words="state.integrations.import"),
        Column("rows", Type.NUMBER, path="rows", summed=True),
        Column("new", Type.NUMBER, path="new", summed=True),
        Column("changed", Type.NUMBER, path="changed", summed=True),
        Column("same", Type.NUMBER, path="same", summed=True),
        Column("errors", Type.NUMBER, path="errors", summed=True),
        Column("actor_name", path="actor_name"),
        Column("created_at", Type.INSTANT, path="created_at", sort="created_at"),
        Column("applied_at", Type.INSTANT, path="applied_at"),
    ),
)
MAPPINGS = Listing(
    name="integrations.mappings",
    model=ImportMapping,
    permission=READ,
    order="name",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("name", path="name", sort="name_key"),
        Column("target", path="target"),
        Column("changed_at", Type.INSTANT, path="changed_at"),
    ),
)
FINDINGS = Listing(
    name="integrations.findings",
    model=ImportFinding,
    permission=READ,
    order="position",
    columns=(
        Column("id", Type.ID, path="id"),
        Column("import_id", Type.REFERENCE, path="run_id", refers_to="integrations.import"),
        Column("position", Type.NUMBER, path="position", sort="position"),
        Column(
            "severity", Type.CHOICE, path="severity", choices=FindingSeverity,
            words="choice.integrations.finding.severity",
        ),
        Column("sheet", path="sheet"),
        Column("row", Type.NUMBER, path="row"),
        Column("column", path="column"),
        Column("code", path="code"),
    ),
)  # fmt: skip


def get_import(
    ctx: Context, import_id: UUID, after: int = -1, limit: int = 100, sheet: str = "", severity: str = ""
) -> dict[str, Any]:
    """An import with its counts, how far it is, and what it found, from after a position on, perhaps of one sheet."""
    run = get(ctx, ImportRun, import_id)
    only, limit = {"sheet": sheet, "severity": severity}, min(max(limit, 1), MOST_FINDINGS)
    return {
        "id": run.id, "version": run.version, "number": run.number, "kind": run.import_kind, "state": run.state,
        "file_id": run.file_id, "file_name": run.file_name, "source_name": run.source_name,
        "strict": run.is_strict, "sheets": run.sheets, "rows": run.rows, "new": run.new, "changed": run.changed,
        "same": run.same, "errors": run.errors, "failure": _failure(ctx, run), "error_file_id": run.error_file_id,
        "actor_name": run.actor_name, "created_at": run.created_at, "applied_at": run.applied_at,
        "progress": _progress(ctx, run), "findings": _findings(ctx, run, after, limit, only),
        "target": run.target, "left_out": run.left_out, "undone": _undone(ctx, run), "actions": _actions(ctx, run),
    }  # fmt: skip


def _actions(ctx: Context, run: ImportRun) -> list[str]:
    hidden = _INTERNAL if run.import_kind == ImportKind.TABLE else _INTERNAL | _OF_TABLES
    is_done = run.state == ImportState.APPLIED and run.import_kind not in BUILDINGS
    can_undo = is_done or ImportStep.objects.of(ctx).filter(run_id=run.id).exists()
    if not can_undo:
        hidden |= {"undo"}
    return [verb for verb in IMPORT.actions(ctx, run.state) if verb not in hidden]


def _undone(ctx: Context, run: ImportRun) -> dict[str, Any] | None:
    """What an undo took back, and what it could not, each with its reason in words."""
    if run.undone is None:
        return None
    kept = [
        {**one, "text": say(f"refusal.{one['code']}", ctx.language, **one["facts"])}
        for one in run.undone["kept"]
    ]
    return {**run.undone, "kept": kept}


def _failure(ctx: Context, run: ImportRun) -> dict[str, Any] | None:
    if run.failure is None:
        return None
    code, facts = run.failure["code"], run.failure["facts"]
    return {"code": code, "facts": facts, "text": say(f"refusal.{code}", ctx.language, **facts)}


def _progress(ctx: Context, run: ImportRun) -> dict[str, Any] | None:
    """How far the job is that looks the file through or applies it."""
    if run.job_id is None:
        return None
    fields = ("id", "state", "progress_done", "progress_total")
    rows = Job.objects.filter(organisation_id=ctx.organisation_id, id=run.job_id).values(*fields)
    return next(({**row, "job_id": row["id"]} for row in rows), None)


def _findings(ctx: Context, run: ImportRun, after: int, limit: int, only: dict[str, str]) -> dict[str, Any]:
    narrow = {name: text for name, text in only.items() if text}
    rows = (
        ImportFinding.objects.of(ctx).filter(run_id=run.id, position__gt=after, **narrow).order_by("position")
    )
    fields = ("position", "severity", "sheet", "row", "column", "code", "facts")
    found = list(rows.values(*fields)[: limit + 1])
    for row in found:
        row["text"] = say(f"refusal.{row['code']}", ctx.language, **row["facts"])
    cut = found[:limit]
    return {
        "rows": cut, "next": cut[-1]["position"] if len(found) > limit else None, "count": run.findings,
    }  # fmt: skip
