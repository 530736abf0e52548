"""Cells put right and rows left out: the change itself, and what becomes of these rows and those that hang on them."""

from collections import Counter
from typing import Any

from trunnion.integrations.models import ImportFinding, ImportRun
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid

from . import pages
from .index import build, plan_of
from .judge import Judge
from .own_fields import target_of
from .resolve import Resolver
from .types import Amendment, Staged, Verdict


def apply(ctx: Context, run: ImportRun, changes: list[Amendment]) -> Counter[str]:
    """Changes rows in their pages and judges them again, with the rows that had the same keys; answers the counts."""
    from .staging import MAPPING

    wanted = {change.row: change for change in changes}
    plan = plan_of(target_of(ctx, run.target), MAPPING.validate_python(run.mapping["mapping"]), ctx.zone)
    before = build(plan, pages.cells(ctx, run))
    touched: dict[int, list[Staged]] = {}
    for page in pages.each(ctx, run):
        rows = pages.rows_of(page)
        if any(row.number in wanted for row in rows):
            for row in rows:
                if row.number in wanted:
                    _change(row, wanted.pop(row.number))
                    touched.setdefault(page.page, []).append(row)
            pages.put(page, rows)
            page.save()
    if wanted:
        raise Invalid.field("/changes", "table.no_such_row", row=min(wanted))
    after = build(plan, pages.cells(ctx, run))
    again = {row.number for rows in touched.values() for row in rows}
    for index in (before, after):
        again |= {row for row in index.doubles if before.doubles.get(row) != after.doubles.get(row)}
        again |= {row for row in index.circles if before.circles.get(row) != after.circles.get(row)}
        again |= {row for row, parent in index.parents.items() if parent in again}
    judge = Judge(ctx, plan, after, Resolver(ctx))
    judge.learn_parents(pages.cells(ctx, run))
    return _judge_again(ctx, run, judge, again)


def _change(row: Staged, change: Amendment) -> None:
    for cell in change.cells:
        row.cells += [""] * (cell.column + 1 - len(row.cells))
        row.cells[cell.column] = cell.text
    if change.leave_out is not None:
        row.verdict = Verdict.LEFT_OUT if change.leave_out else ""


def _judge_again(ctx: Context, run: ImportRun, judge: Judge, again: set[int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    headings = run.layout.get("headings", [])
    fresh: list[Any] = []
    for page in pages.each(ctx, run):
        rows = pages.rows_of(page)
        mine = [row for row in rows if row.number in again]
        if mine:
            judge.judge(mine)
            pages.put(page, rows)
            page.save()
        fresh += [(row, reason) for row in mine if row.verdict != Verdict.LEFT_OUT for reason in row.reasons]
        counts.update({name: getattr(page, name) for name in ("new", "changed", "same", "error", "left_out")})
    _tell(ctx, run, again, fresh, headings)
    return counts


def _tell(ctx: Context, run: ImportRun, again: set[int], fresh: list[Any], headings: list[str]) -> None:
    """The findings of these rows as they are now."""
    from .staging import _found

    findings = ImportFinding.objects.of(ctx).filter(run_id=run.id)
    listed = list(again)
    for start in range(0, len(listed), 500):
        findings.filter(row__in=listed[start : start + 500]).delete()
    last = findings.order_by("-position").values_list("position", flat=True).first()
    begin = 0 if last is None else last + 1
    rows = []
    for at, (row, reason) in enumerate(fresh):
        one = _found(run, row, reason, headings)
        rows.append(
            ImportFinding(
                run=run, position=begin + at, severity=one.severity, sheet=one.sheet[:120], row=one.row,
                column=one.column[:500], code=one.code, facts=one.facts,
            )
        )  # fmt: skip
    ImportFinding.objects.bulk_create(rows)
    run.findings = findings.count()
