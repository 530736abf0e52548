"""From a file to an applied import: looked through, counted, told in words, then carried out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from trunnion.attach.commands import file as files
from trunnion.attach.queries import content_of
from trunnion.integrations.cobie import errors, opened
from trunnion.integrations.cobie import plan as plans
from trunnion.integrations.cobie.inward.work import cut
from trunnion.integrations.cobie.opened import Opened
from trunnion.integrations.cobie.rest import collector_rests
from trunnion.integrations.cobie.types import Finding, Severity
from trunnion.integrations.commands import cobie, ifc, import_run
from trunnion.integrations.types import Found, ImportKind, SheetCount
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Refusal
from trunnion.kernel.words import say

CHUNK = 1 << 20
# Reading, checking, comparing, noting what was found, applying.
STAGES = 5
MOST_FACT = 500
Told = Callable[[int, int], None]
# The verb that carries a kind of file out.
APPLY: dict[ImportKind, Callable[..., Any]] = {ImportKind.COBIE: cobie.apply, ImportKind.IFC: ifc.apply}


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file: counts by sheet and everything there is to tell."""

    file_name: str
    source_name: str = ""
    number: str = ""
    is_applied: bool = False
    sheets: dict[str, SheetCount] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    parked: frozenset[tuple[str, int]] = frozenset()
    refusal: Refusal | None = None


def run(
    ctx: Context, file: Path, *, dry_run: bool = False, strict: bool = False, progress: Told | None = None,
    kind: ImportKind = ImportKind.COBIE,
) -> Report:  # fmt: skip
    """Imports a file in this thread; a dry run writes nothing at all. Raises WorkbookRefused for unreadable files."""
    told = progress or (lambda _done, _total: None)
    plan = _plan(ctx, file, file.stem, told, kind)
    if dry_run or (strict and plan.parked):
        return _report(file.name, plan)
    stored = files.store(ctx, file.name, chunks_of(file))
    with reading(ctx.organisation_id):
        digest = content_of(ctx, stored.id).digest
    made = import_run.create(ctx, file_id=stored.id, kind=kind, strict=strict)
    _record(ctx, made.id, plan)
    told(4, STAGES)
    opened.keep(digest, ctx.zone, plan.opened())
    try:
        APPLY[kind](ctx, import_id=made.id)
    except Refusal as refusal:
        import_run.fail(ctx, import_id=made.id, code=refusal.code, facts=refusal.facts)
        return _report(file.name, plan, number=made.number, refusal=refusal)
    told(5, STAGES)
    return _report(file.name, plan, number=made.number, is_applied=True)


def stage(
    ctx: Context, import_id: UUID, file_id: UUID, told: Told, kind: ImportKind = ImportKind.COBIE
) -> None:
    """Looks a stored file through and notes what it found; begun again it comes to the same."""
    with reading(ctx.organisation_id):
        content = content_of(ctx, file_id)
    plan = _plan(ctx, content.path, Path(content.name).stem, told, kind)
    _record(ctx, import_id, plan)
    told(4, STAGES)


def prepare(ctx: Context, file_id: UUID, told: Told, kind: ImportKind = ImportKind.COBIE) -> None:
    """Reads and checks a stored file ahead of its application, which then holds the others up for less time."""
    with reading(ctx.organisation_id):
        content = content_of(ctx, file_id)
    plan = _plan(ctx, content.path, Path(content.name).stem, told, kind)
    opened.keep(content.digest, ctx.zone, plan.opened())


def _plan(ctx: Context, path: Path, fallback: str, told: Told, kind: ImportKind) -> plans.Plan:
    told(0, STAGES)
    with collector_rests():
        workbook = opened.READERS[kind](path, zone=ZoneInfo(ctx.zone))
    told(1, STAGES)
    with collector_rests(), reading(ctx.organisation_id):
        plan = plans.make(ctx, Opened(workbook), fallback)
    told(3, STAGES)
    return plan


def _record(ctx: Context, import_id: UUID, plan: plans.Plan) -> None:
    error_file_id = None
    if plan.parked and ctx.may("attach.file.upload"):
        name, content = errors.workbook(plan)
        error_file_id = files.store(ctx, name, [content]).id
    import_run.record(
        ctx, import_id=import_id, source_name=plan.source_name, sheets=plan.counts(),
        findings=[found_of(finding) for finding in plan.findings], error_file_id=error_file_id,
    )  # fmt: skip


def found_of(finding: Finding) -> Found:
    """A finding as it is stored."""
    facts: dict[str, object] = {
        n: v if isinstance(v, int) else cut(str(v), MOST_FACT) for n, v in finding.facts.items()
    }
    return Found(
        finding.sheet or "",
        finding.row,
        cut(finding.column or "", 500),
        finding.code,
        facts,
        str(finding.severity),
    )


def _report(file_name: str, plan: plans.Plan, **more: Any) -> Report:
    return Report(
        file_name, plan.source_name, sheets=plan.counts(), findings=tuple(plan.findings), parked=plan.parked, **more
    )  # fmt: skip


def chunks_of(file: Path) -> Iterator[bytes]:
    """The content of a file, piece by piece."""
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def lines(report: Report, language: str) -> Iterator[str]:
    """The report in words: a line for each sheet, then each bad row with its reason, then the notes."""
    yield f"{report.file_name} · {report.source_name}" + (f" · {report.number}" if report.number else "")
    heads = ("rows", *(name for name in ("new", "changed", "same", "error")))
    titles = [say(f"field.integrations.import.{name}", language) for name in heads]
    yield f"{'':<12}" + "".join(f"{title:>10}" for title in titles)
    for sheet, count in report.sheets.items():
        yield f"{sheet:<12}" + "".join(f"{getattr(count, name):>10}" for name in heads)
    for finding in sorted(report.findings, key=lambda one: one.severity is not Severity.ERROR):
        yield line_of(finding, language)
    if report.refusal is not None:
        yield say(f"refusal.{report.refusal.code}", language, **report.refusal.facts)
    state = "applied" if report.is_applied else "not_applied"
    yield say(f"text.integrations.import.{state}", language, parked=len(report.parked))


def line_of(finding: Finding, language: str) -> str:
    """One finding: how grave, where, and why."""
    where = " ".join(part for part in (finding.sheet, str(finding.row or ""), finding.column) if part)
    words = say(f"refusal.{finding.code}", language, **finding.facts)
    # Only a row can be set aside; the file as a whole, or a sheet of it, is told about more shortly.
    severities = "choice.cobie.severity" if finding.row else "choice.integrations.finding.severity"
    severity = say(f"{severities}.{finding.severity}", language)
    many = finding.facts.get("count", 1)
    times = f" (× {many})" if finding.row and isinstance(many, int) and many > 1 else ""
    return " · ".join(part for part in (severity, where, words) if part) + times
