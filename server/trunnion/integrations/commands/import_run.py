"""Verbs on imports: take a file in, look it through, apply it, call it off."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.attach.commands import file as files
from trunnion.attach.queries import get_file
from trunnion.attach.types import FileRole
from trunnion.integrations.events import ImportCancelled, ImportChecked, ImportCreated, ImportFailed
from trunnion.integrations.models import ImportFinding, ImportRun, ImportStep
from trunnion.integrations.states import IMPORT
from trunnion.integrations.tabular.declare import TARGETS
from trunnion.integrations.tabular.types import Layout
from trunnion.integrations.types import Found, ImportDone, ImportKind, ImportState, SheetCount
from trunnion.kernel import unit
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, NotGranted, Refusal
from trunnion.kernel.ids import uuid7
from trunnion.kernel.inputs import Line
from trunnion.kernel.jobs import enqueue
from trunnion.kernel.numbers import next_number, series_of
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

SERIES = series_of("IM", ImportRun.kind)
# What is kept of what was found; the counts and the workbook of parked rows are always whole.
MOST_FINDINGS = 5000
Findings = Annotated[list[Found], Field(max_length=2_000_000)]
Sheets = dict[str, SheetCount]


@command("integrations.import.create")
def create(
    ctx: Context, file_id: UUID, kind: ImportKind = ImportKind.COBIE, strict: bool = False, target: Line = "",
    layout: Layout | None = None,
) -> ImportDone:  # fmt: skip
    """Takes a stored file as an import; `strict` refuses the whole when a single row is bad.

    Of a table `target` says what its rows become, `layout` how it is read where that cannot be found out.
    """
    card = get_file(ctx, file_id)
    if kind == ImportKind.TABLE and target not in TARGETS:
        raise Invalid.field("/target", "field.enum", expected=", ".join(TARGETS))
    run = ImportRun(
        number=next_number(ctx, SERIES), import_kind=kind, file_id=file_id, file_name=card.name,
        state=ImportState.STAGED, is_strict=strict, actor_name=ctx.actor_name, target=target,
        layout=asdict(layout) if layout else {},
    )  # fmt: skip
    run.save()
    # The file belongs to whoever sees the import, and is kept as long as that is.
    files.link(ctx, file_id, ImportRun.kind, run.id, FileRole.DOCUMENT)
    emit(ImportCreated(import_id=run.id, number=run.number))
    return done(run)


@command("integrations.import.check")
def check(ctx: Context, import_id: UUID) -> ImportDone:
    """Queues a look through the file: what would be new, changed, the same or set aside."""
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("check", run.state)
    run.failure = None
    run.job_id = enqueue(ctx, "integrations.check", import_id=run.id)
    run.save()
    return done(run)


@command("integrations.import.record", secret=("findings",))
def record(
    ctx: Context, import_id: UUID, source_name: Line, sheets: Sheets, findings: Findings,
    error_file_id: UUID | None = None,
) -> ImportDone:  # fmt: skip
    """Notes what looking through the file has found; the same file looked at again replaces it."""
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("record", run.state)
    run.source_name, run.findings = source_name[:300], len(findings)
    set_counts(run, sheets)
    ImportFinding.objects.of(ctx).filter(run_id=run.id).delete()
    ImportFinding.objects.bulk_create(
        (_finding(run, position, one) for position, one in enumerate(_first(findings))), batch_size=500
    )
    run.error_file_id = error_file_id
    if error_file_id is not None:
        files.link(ctx, error_file_id, ImportRun.kind, run.id, FileRole.REPORT)
    run.save()
    emit(
        ImportChecked(
            import_id=run.id, number=run.number, new=run.new, changed=run.changed, same=run.same, errors=run.errors
        )
    )  # fmt: skip
    return done(run)


@command("integrations.import.apply")
def apply(ctx: Context, import_id: UUID) -> ImportDone:
    """Queues the application of the good rows; with `strict` it is refused as long as there are bad ones."""
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("apply", run.state)
    check_strict(run, run.errors)
    if run.import_kind == ImportKind.TABLE and not ctx.may(TARGETS[run.target].permission):
        raise NotGranted(TARGETS[run.target].permission)
    run.failure = None
    run.job_id = enqueue(ctx, "integrations.apply", import_id=run.id)
    run.save()
    return done(run)


@command("integrations.import.cancel")
def cancel(ctx: Context, import_id: UUID) -> ImportDone:
    """Calls an import off; nothing of it is applied."""
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("cancel", run.state)
    run.save()
    emit(ImportCancelled(import_id=run.id, number=run.number))
    return done(run)


@command("integrations.import.fail")
def fail(ctx: Context, import_id: UUID, code: Line, facts: dict[str, Any]) -> ImportDone:
    """Notes why a file could not be read or applied."""
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("fail", run.state)
    run.failure = {"code": code, "facts": facts}
    run.save()
    emit(ImportFailed(import_id=run.id, number=run.number, code=code))
    return done(run)


def note_step(ctx: Context, run: ImportRun) -> None:
    """Notes that the running command wrote a batch, complete by now, so that an undo can take it back."""
    entry = unit.current()
    if entry is not None:
        count = ImportStep.objects.of(ctx).filter(run_id=run.id).count()
        ImportStep(run=run, position=count, entry_id=entry.entry_id, until_id=uuid7()).save()


def check_strict(run: ImportRun, errors: int) -> None:
    """Refuses a strict import that has bad rows."""
    if run.is_strict and errors:
        raise Refusal("import.strict", rows=errors)


def set_counts(run: ImportRun, sheets: dict[str, SheetCount]) -> None:
    """Sets the counts by sheet and their sums."""
    run.sheets = {name: _plain(count) for name, count in sheets.items()}
    run.rows = sum(count.rows for count in sheets.values())
    run.new = sum(count.new for count in sheets.values())
    run.changed = sum(count.changed for count in sheets.values())
    run.same = sum(count.same for count in sheets.values())
    run.errors = sum(count.error for count in sheets.values())


def done(run: ImportRun) -> ImportDone:
    """The answer of a verb on an import."""
    return ImportDone(run.id, run.version, run.number, str(run.state), run.job_id)


def _plain(count: SheetCount) -> dict[str, int]:
    return {name: getattr(count, name) for name in count.__struct_fields__}


def _first(findings: list[Found]) -> list[Found]:
    """Errors before notes where there are more than are kept."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    return sorted(findings, key=lambda one: one.severity != "error")[:MOST_FINDINGS]


def _finding(run: ImportRun, position: int, one: Found) -> ImportFinding:
    return ImportFinding(
        run=run, position=position, severity=one.severity, sheet=one.sheet[:120], row=one.row,
        column=one.column[:500], code=one.code, facts=one.facts,
    )  # fmt: skip
