"""What applying a workbook would do, row by row: new, changed, the same, or set aside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from trunnion.assets.queries import handover as assets
from trunnion.integrations.cobie import globalids, resolve
from trunnion.integrations.cobie import memory as memories
from trunnion.integrations.cobie import stand as stands
from trunnion.integrations.cobie.checks import check, parked
from trunnion.integrations.cobie.homes import HOMES
from trunnion.integrations.cobie.keys import identifier_of, numbered, source_name
from trunnion.integrations.cobie.memory import Line, Memory
from trunnion.integrations.cobie.opened import Against, Opened
from trunnion.integrations.cobie.outward import Out, Outward, by_key
from trunnion.integrations.cobie.rows import entity_rows
from trunnion.integrations.cobie.satellites import satellite_rows
from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.cobie.types import Finding, Row, Severity, Workbook
from trunnion.integrations.models import Source
from trunnion.integrations.types import SheetCount
from trunnion.kernel.context import Context

SCHEME = "cobie"
# Sheets of which each row is a record of its own, which may be called otherwise here.
RENAMED = ("Facility", "Floor", "Space", "Type", "Component")


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(slots=True)
class Step:
    """A good row, what is to be done with it, and the record that it is known to mean.

    `touched` are the columns that the file changed since it was last here, which are the only ones that are written:
    what people changed here in the meantime stays.
    """

    row: Row
    line: Line
    verdict: Verdict = Verdict.NEW
    subject_id: UUID | None = None
    touched: frozenset[str] = frozenset()
    before: Line | None = None

    def has(self, *columns: str) -> bool:
        """Whether one of these columns is to be written."""
        return self.verdict is Verdict.NEW or not self.touched.isdisjoint(columns)


@dataclass(slots=True)
class Plan:
    """Everything that is to be done with a workbook, and what it is compared with."""

    workbook: Workbook
    source: Source | None
    source_name: str
    building_id: UUID | None
    memory: Memory
    known: resolve.Anchors
    names: resolve.Names
    findings: list[Finding] = field(default_factory=list)
    parked: frozenset[tuple[str, int]] = frozenset()
    steps: dict[str, list[Step]] = field(default_factory=dict)
    stand: stands.Stand | None = None

    @property
    def against(self) -> Against:
        """What the findings were made against."""
        return (self.source.id, self.source.version) if self.source else None

    def opened(self) -> Opened:
        """What need not be done again when the same workbook is applied a moment later."""
        lines = {sheet: [(step.row, step.line) for step in steps] for sheet, steps in self.steps.items()}
        return Opened(self.workbook, self.against, self.findings, lines)

    def counts(self) -> dict[str, SheetCount]:
        """By sheet: how many rows are new, changed, the same, and set aside."""
        found = {}
        for sheet, rows in self.workbook.sheets.items():
            verdicts = [step.verdict for step in self.steps.get(sheet, ())]
            tally = {verdict.value: verdicts.count(verdict) for verdict in Verdict}
            if rows:
                tally |= self._filled(sheet)
                found[sheet] = SheetCount(rows=len(rows), error=len(rows) - len(verdicts), **tally)
        return found

    def _filled(self, sheet: str) -> dict[str, int]:
        """How many cells COBie asks for on a sheet, and how many of them say something."""
        if self.workbook.is_partial:
            return {}
        rows = self.workbook.sheets[sheet]
        asked = [column.name for column in SHEETS[sheet].columns if column.required]
        filled = sum(row.text(name) is not None for row in rows for name in asked)
        return {"needed": len(rows) * len(asked), "filled": filled}

    def pending(self, sheet: str) -> Iterator[Step]:
        """The steps of a sheet that write something."""
        return (step for step in self.steps.get(sheet, ()) if step.verdict is not Verdict.SAME)


def make(ctx: Context, opened: Opened, fallback: str) -> Plan:
    """Compares a workbook with what came in before and with our records; writes nothing."""
    workbook = opened.workbook
    name, source, building_id = _place(ctx, workbook, fallback)
    memory = memories.load(ctx, source)
    known = resolve.anchors(ctx, name, memory) if source else {}
    plan = Plan(workbook, source, name, building_id, memory, known, resolve.names_in(memory, known))
    if opened.holds(plan.against) and opened.findings is not None and opened.lines is not None:
        plan.findings, plan.parked = list(opened.findings), parked(opened.findings)
        listed = opened.lines
    else:
        plan.findings = check(workbook, existing=_existing(workbook, memory))
        if workbook.is_partial:
            # What COBie asks of a workbook, another format need not state; what parks a row is told all the same.
            told = [one for one in plan.findings if one.severity is Severity.ERROR]
            plan.findings = [*told, *(one for one in workbook.findings if one not in told)]
        plan.parked = parked(plan.findings)
        listed = {sheet: _good(plan, sheet) for sheet in workbook.sheets}
    for sheet, pairs in listed.items():
        plan.steps[sheet] = [_first_look(memory, row, line) for row, line in pairs]
    if (source or building_id) and any(any(plan.pending(sheet)) for sheet in SHEETS):
        _second_look(ctx, plan)
    plan.findings += _left_out(plan)
    return plan


def _left_out(plan: Plan) -> Iterator[Finding]:
    """Rows of records that came in earlier and are not in this file: they stay, and it is said."""
    for sheet in HOMES:
        rows = plan.workbook.sheets.get(sheet, ())
        listed = {key for key, _ in numbered(rows)} if rows else set()
        met = {id(step.before) for step in plan.steps.get(sheet, ())}
        lines = plan.memory.lines[sheet].items() if rows else ()
        count = sum(1 for key, line in lines if key not in listed and id(line) not in met)
        if count:
            yield Finding(sheet, None, None, "cobie.not_in_file", MappingProxyType({"count": count}))


def _place(ctx: Context, workbook: Workbook, fallback: str) -> tuple[str, Source | None, UUID | None]:
    """The source that the workbook comes from: known by name, or by what its building is called here by now."""
    sources = list(Source.objects.of(ctx).filter(scheme=workbook.scheme).order_by("id"))
    facilities = workbook.sheets.get("Facility", ())
    if not facilities and len(sources) == 1:
        return sources[0].name, sources[0], sources[0].building_id
    first = facilities[0] if facilities else None
    site, facility = (first.text("SiteName"), first.text("Name")) if first else (None, None)
    name = source_name(site, facility, fallback)
    for source in sources:
        if source.name == name:
            return name, source, source.building_id
    by_building = {source.building_id: source for source in sources}
    known_id = globalids.building_of(ctx, first) if first else None
    for building_id, called in _buildings(ctx):
        if building_id == known_id or (known_id is None and called == name):
            standing = by_building.get(building_id)
            return (standing.name if standing else name), standing, building_id
    return name, None, None


def _buildings(ctx: Context) -> Iterator[tuple[UUID, str]]:
    buildings = assets.list_buildings(ctx)
    sites = assets.find_places(ctx, {b.parent_id for b in buildings if b.parent_id})
    for building in buildings:
        site = sites.get(building.parent_id) if building.parent_id else None
        yield building.id, source_name(site.name if site else None, building.name, "")


def _existing(workbook: Workbook, memory: Memory) -> Iterator[Row]:
    """The rows that came in earlier and are not in this file."""
    for sheet, lines in memory.lines.items():
        if lines:
            here = {key for key, _ in numbered(workbook.sheets.get(sheet, ()))}
            yield from (line.row(sheet) for key, line in lines.items() if key not in here)


def _good(plan: Plan, sheet: str) -> list[tuple[Row, Line]]:
    good = (row for row in plan.workbook.sheets[sheet] if (sheet, row.number) not in plan.parked)
    return [(row, memories.line_of(key, row)) for key, row in numbered(good)]


def _first_look(memory: Memory, row: Row, line: Line) -> Step:
    before = memory.lines[row.sheet].get((line.key, line.nth))
    step = Step(row, line, before=before)
    if before is not None and (before.cells, before.extra) == (line.cells, line.extra):
        step.verdict = Verdict.SAME
    return step


def _second_look(ctx: Context, plan: Plan) -> None:
    """Rows that are not what they were may still be what our records say."""
    rows = (step.row for sheet in HOMES for step in plan.pending(sheet) if step.before is None)
    plan.known |= resolve.anchors_of(ctx, plan.source_name, {identifier_of(row) for row in rows})
    globalids.recognise(ctx, plan)
    plan.stand = stands.load(ctx, plan.building_id, plan.known)
    work = Outward(plan.memory, plan.stand, plan.known, plan.building_id)
    listed = [*entity_rows(work), *satellite_rows(work)]
    _add_names(plan, listed)
    now = by_key(listed)
    by_subject = {(out.sheet, out.subject_id): out for out in listed if out.sheet in RENAMED}
    for sheet in SHEETS:
        for step in plan.pending(sheet):
            out = now.get((sheet, (step.line.key, step.line.nth)))
            subject_id = plan.known.get((sheet, identifier_of(step.row))) if sheet in RENAMED else None
            if subject_id is not None and (out is None or out.subject_id != subject_id):
                out = by_subject.get((sheet, subject_id), out)
            _judge(step, out, plan)


def _add_names(plan: Plan, listed: Iterable[Out]) -> None:
    for out in listed:
        if out.sheet in HOMES and out.subject_id is not None:
            plan.names.add(out.row(), out.subject_id)


def _judge(step: Step, out: Out | None, plan: Plan) -> None:
    step.subject_id = (
        plan.known.get((step.row.sheet, identifier_of(step.row))) if step.row.sheet in HOMES else None
    )
    if out is None:
        if step.before is not None:
            step.verdict, step.touched = Verdict.CHANGED, frozenset(_columns(step.line, step.before))
        return
    step.subject_id = step.subject_id or out.subject_id
    step.before = step.before or out.line
    stated = _columns(step.line)
    if not plan.workbook.is_partial:
        stated |= {*out.cells, *out.extra}
    changed = {c for c in stated if _text(step.line, c) != _said(out, c)}
    if step.before is not None:
        changed = {c for c in changed if _text(step.line, c) != _text(step.before, c)}
    step.verdict, step.touched = (
        (Verdict.CHANGED, frozenset(changed)) if changed else (Verdict.SAME, frozenset())
    )


def _columns(*lines: Line) -> set[str]:
    return {column for line in lines for column in (*line.cells, *line.extra)}


def _text(line: Line, column: str) -> str:
    return line.cells.get(column) or line.extra.get(column, "")


def _said(out: Out, column: str) -> str:
    return out.cells.get(column) or out.extra.get(column, "")
