"""From a file of drafts to an applied import: looked through, counted, told in words, then carried out."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from trunnion.attach.commands import file as files
from trunnion.attach.queries import content_of
from trunnion.integrations.cobie.importer import Report, found_of
from trunnion.integrations.cobie.importer import chunks_of as chunks
from trunnion.integrations.commands import drafts as verbs
from trunnion.integrations.commands import import_run
from trunnion.integrations.types import ImportKind
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal

from . import plan as plans
from .plan import Plan
from .readers import read

STAGES = 3
Told = Callable[[int, int], None]


def run(
    ctx: Context, file: Path, kind: ImportKind, *, dry_run: bool = False, strict: bool = False,
    progress: Told | None = None,
) -> Report:  # fmt: skip
    """Imports a file in this thread; a dry run writes nothing at all. Raises WorkbookRefused for unreadable files."""
    told = progress or (lambda _done, _total: None)
    plan = _plan(ctx, file, kind, file.stem, told)
    report = Report(
        file.name,
        plan.batch.name,
        sheets=plan.counts(),
        findings=tuple(plan.batch.findings),
        parked=plan.parked,
    )
    if dry_run or (strict and plan.parked):
        return report
    stored = files.store(ctx, file.name, chunks(file))
    made = import_run.create(ctx, file_id=stored.id, kind=kind, strict=strict)
    _record(ctx, made.id, plan)
    told(2, STAGES)
    refusal: Refusal | None = None
    try:
        verbs.APPLY[kind](ctx, import_id=made.id)
    except Refusal as refused:
        said = refused.errors[0] if refused.errors else refused
        import_run.fail(ctx, import_id=made.id, code=said.code, facts=dict(said.facts))
        refusal = refused
    told(STAGES, STAGES)
    return Report(
        file.name, plan.batch.name, made.number, refusal is None, report.sheets, report.findings, report.parked,
        refusal,
    )  # fmt: skip


def stage(ctx: Context, import_id: UUID, file_id: UUID, kind: ImportKind, told: Told) -> None:
    """Looks a stored file through and notes what it found; begun again it comes to the same."""
    with reading(ctx.organisation_id):
        content = content_of(ctx, file_id)
    _record(ctx, import_id, _plan(ctx, content.path, kind, Path(content.name).stem, told))
    told(2, STAGES)


def _plan(ctx: Context, path: Path, kind: ImportKind, name: str, told: Told) -> Plan:
    told(0, STAGES)
    batch = read(kind, path, name)
    told(1, STAGES)
    with reading(ctx.organisation_id):
        return plans.make(ctx, batch)


def _record(ctx: Context, import_id: UUID, plan: Plan) -> None:
    import_run.record(
        ctx, import_id=import_id, source_name=plan.batch.name, sheets=plan.counts(),
        findings=[found_of(one) for one in plan.batch.findings],
    )  # fmt: skip
