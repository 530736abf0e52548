"""Writes the good rows of a table, parents first, in batches that are committed one by one and never written twice."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from trunnion.attach.commands import reference
from trunnion.attach.types import ReferenceLine
from trunnion.integrations.models import ImportPage, ImportRun
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import FieldError, Invalid

from . import pages
from .declare import Kind, Writing
from .index import Plan, build
from .judge import Judge, Judged, Missing
from .own_fields import PREFIX, fill, parted
from .resolve import Resolver
from .types import Reason, Staged, Verdict

# A batch whose rows are refused again and again is given up.
MOST_REFUSED = 200
WRITTEN = (Verdict.NEW, Verdict.CHANGED)


@dataclass(slots=True)
class Applier:
    """One application on its way; begun again it goes on where it stopped."""

    ctx: Context
    run: ImportRun
    plan: Plan
    judge: Judge
    levels: list[int] = field(default_factory=list)

    @classmethod
    def begin(cls, ctx: Context, run: ImportRun, plan: Plan) -> "Applier":
        """Looks at the rows that stand: their order, and what was written already."""
        with reading(ctx.organisation_id):
            index = build(plan, pages.cells(ctx, run))
            found = cls(ctx, run, plan, Judge(ctx, plan, index, Resolver(ctx)))
            if index.is_parent:
                for page in pages.each(ctx, run):
                    found.note(pages.rows_of(page))
        found.levels = sorted({0, *index.levels.values()})
        return found

    def note(self, rows: list[Staged]) -> None:
        """Remembers which records the parents among these rows are."""
        for row in rows:
            if (
                row.subject_id is not None
                and row.number in self.judge.index.is_parent
                and row.verdict != Verdict.ERROR
            ):
                self.judge.ids[row.number] = row.subject_id

    def all(self, step: Callable[["Applier", int, int], None], told: Callable[[int, int], None]) -> None:
        """Calls `step` for each batch that still has something to write."""
        with reading(self.ctx.organisation_id):
            count = ImportPage.objects.of(self.ctx).filter(run_id=self.run.id).count()
        total, done = count * len(self.levels), 0
        for level in self.levels:
            for number in range(count):
                if self._has_work(number, level):
                    step(self, number, level)
                done += 1
                told(done * pages.PAGE, total * pages.PAGE)

    def _has_work(self, number: int, level: int) -> bool:
        with reading(self.ctx.organisation_id):
            page = ImportPage.objects.of(self.ctx).get(run_id=self.run.id, page=number)
            return any(_is_due(row, level) for row in pages.rows_of(page))

    def write(self, page: ImportPage, level: int) -> list[Staged]:
        """Writes a page's rows of one level, inside the running command; returns all rows of the page."""
        rows = pages.rows_of(page)
        due = [row for row in rows if _is_due(row, level)]
        judged = [one for one in self.judge.judge(due) if one.row.verdict in WRITTEN]
        judged = [one for one in judged if self._has_parent(one)]
        self._make_missing(judged)
        self._write(judged)
        for row in due:
            row.is_done = True
        self.note(rows)
        return rows

    def _has_parent(self, one: Judged) -> bool:
        if one.parent_row is None or one.parent_row in self.judge.ids:
            return True
        own = self.plan.target.own
        name = own.name if own else ""
        column = self.plan.readings[name].use.column
        _refuse(one, Reason(column, name, "table.parent_wrong", {"row": one.parent_row}))
        return False

    def _make_missing(self, judged: list[Judged]) -> None:
        """Makes the records that references name and that the user allowed to be made."""
        for name, reading_of in self.plan.readings.items():
            lookup = reading_of.field.lookup
            if reading_of.field.kind is not Kind.REFERENCE or lookup is None or lookup.create is None:
                continue
            missing = {
                one.values[name].text: one for one in judged if isinstance(one.values.get(name), Missing)
            }
            if not missing:
                continue
            texts = {text: one.values[name].name for text, one in missing.items()}
            made = lookup.create(self.ctx, texts)
            self.judge.resolver.forget(lookup.kind)
            for one in judged:
                if isinstance(one.values.get(name), Missing):
                    one.values[name] = made[one.values[name].text]

    def _write(self, judged: list[Judged]) -> None:
        refused = 0
        while judged:
            try:
                ids = self.plan.target.write(self.ctx, [self._writing(one) for one in judged])
                break
            except Invalid as problem:
                bad = _lines_of(problem)
                refused += 1
                if not bad or max(bad) >= len(judged) or refused > MOST_REFUSED:
                    raise
                for at in sorted(bad, reverse=True):
                    _refuse(judged.pop(at), self._reason(bad[at]))
        else:
            return
        for one, row_id in zip(judged, ids, strict=True):
            one.row.subject_id = row_id
        self._fill(judged)
        if self.plan.target.is_keyed:
            self._remember(judged)

    def _writing(self, one: Judged) -> Writing:
        parent = self.judge.ids.get(one.parent_row) if one.parent_row is not None else None
        values = dict(one.values)
        if one.subject_id is not None:
            # Of a standing record only what differs is written.
            fields = [r.field for r in self.plan.readings.values()]
            only_new = {f.name for f in fields if f.only_new}
            values = {n: v for n, v in values.items() if n not in only_new or n == "kind"}
        return Writing(one.subject_id, parted(values)[0], parted(one.before)[0], parent)

    def _fill(self, judged: list[Judged]) -> None:
        """Fields of one's own; what does not belong to a record stays out of it and is said."""
        bearing = [one for one in judged if one.row.subject_id is not None and parted(one.values)[1]]
        lines = [
            (one.row.subject_id, parted(one.values)[1]) for one in bearing if one.row.subject_id is not None
        ]
        for at, fault in fill(self.ctx, self.plan.target.kind, lines):
            name = PREFIX + fault.pointer.rsplit("/", 1)[-1]
            column = self.plan.readings[name].use.column
            reason = Reason(column, name, fault.code, dict(fault.facts), is_error=False)
            bearing[at].row.reasons = [*bearing[at].row.reasons, reason]

    def _remember(self, judged: list[Judged]) -> None:
        kind = self.plan.target.kind
        lines = [
            ReferenceLine(kind, one.row.subject_id, self.judge.scheme, identifier=one.identifier)
            for one in judged
            if one.row.subject_id is not None
        ]
        reference.set_many(self.ctx, lines)

    def _reason(self, fault: FieldError) -> Reason:
        name = fault.pointer.rsplit("/", 1)[-1]
        found = self.plan.readings.get(name)
        return Reason(found.use.column if found else None, name, fault.code, dict(fault.facts))


def _is_due(row: Staged, level: int) -> bool:
    return not row.is_done and row.level == level and row.verdict in WRITTEN


def _refuse(one: Judged, reason: Reason) -> None:
    one.row.verdict = Verdict.ERROR
    one.row.subject_id = one.subject_id
    one.row.reasons = [*one.row.reasons, reason]


def _lines_of(problem: Invalid) -> dict[int, FieldError]:
    """Which lines of a batch a room refuses, each with the first reason."""
    found: dict[int, FieldError] = {}
    for fault in problem.errors:
        parts = fault.pointer.split("/")
        if len(parts) > 2 and parts[1] == "lines" and parts[2].isdigit():
            found.setdefault(int(parts[2]), fault)
    return found


def ids_of(rows: list[Staged]) -> list[UUID]:
    """The records that rows have become."""
    return [row.subject_id for row in rows if row.subject_id is not None]
