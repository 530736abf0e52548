"""Carrying a plan out: a journalled batch for each kind of record, then the memory of what the file said."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from trunnion.attach.queries import attributes_of_many
from trunnion.integrations.cobie import memory as memories
from trunnion.integrations.cobie import rows, stand
from trunnion.integrations.cobie.homes import HOMES
from trunnion.integrations.cobie.inward import (
    assets,
    facts,
    groups,
    links,
    marks,
    models,
    parties,
    places,
    spares,
)
from trunnion.integrations.cobie.inward.work import Work
from trunnion.integrations.cobie.keys import name_of
from trunnion.integrations.cobie.outward import Outward
from trunnion.integrations.cobie.plan import Plan, Verdict
from trunnion.integrations.cobie.sheets import SHEETS
from trunnion.integrations.models import ImportRun, Source
from trunnion.kernel.context import Context

# What is referred to comes first.
PARTS: tuple[Callable[[Work], None], ...] = (
    parties.apply, places.apply, models.apply, assets.apply, groups.apply, spares.apply, links.apply, facts.apply,
    marks.apply,
)  # fmt: skip


def apply(ctx: Context, plan: Plan, run: ImportRun) -> None:
    """Writes everything that is new or changed, inside the running command."""
    if not any(any(plan.pending(sheet)) for sheet in SHEETS):
        return
    work = Work(ctx, plan)
    for part in PARTS:
        part(work)
    _remember(work)
    _note_said(work)
    memories.store(ctx, _source(plan, run), plan.memory, run)


def _source(plan: Plan, run: ImportRun) -> Source:
    source = plan.source or Source(scheme=plan.workbook.scheme, name=plan.source_name)
    columns: dict[str, list[str]] = {sheet: list(names) for sheet, names in source.extra_columns.items()}
    for sheet, names in plan.workbook.extra_columns.items():
        columns[sheet] = list(dict.fromkeys([*columns.get(sheet, []), *names]))
    source.extra_columns, source.building_id, source.last_run = columns, plan.building_id, run
    source.save()
    return source


def _remember(work: Work) -> None:
    memory = work.plan.memory
    for sheet in SHEETS:
        for step in work.pending(sheet):
            old = step.before
            if old is not None and memory.lines[sheet].get((old.key, old.nth)) is old:
                del memory.lines[sheet][old.key, old.nth]
                names = [*old.aka, name_of(old.row(sheet))] if sheet in HOMES else []
                step.line.aka = [name for name in dict.fromkeys(names) if name != name_of(step.row)]
            memory.put(sheet, step.line)


def _note_said(work: Work) -> None:
    """Where a record says something otherwise than its row, what it says now: the row goes out as it came in."""
    plan = work.plan
    fresh = {id(step.line) for sheet in HOMES for step in work.pending(sheet)}
    if not fresh:
        return
    plan.known |= work.made
    now = stand.load(work.ctx, plan.building_id, plan.known, facts=False)
    now.attributes = _attributes(work)
    told_by = Outward(plan.memory, now, plan.known, plan.building_id)
    for sheet, home in HOMES.items():
        for told in rows.told(told_by, sheet):
            line = told.line
            if line is None or id(line) not in fresh:
                continue
            texts = {**{c: told.more.get(c, "") for c in (*home.loose, *line.extra)}, **told.said.texts}
            line.said = {c: t for c, t in texts.items() if t != (line.cells.get(c) or line.extra.get(c, ""))}


def _attributes(work: Work) -> dict[UUID, list[Any]]:
    """The attributes of new records as they were set a moment ago, those of changed ones as they stand."""
    found: dict[UUID, list[Any]] = {}
    for line in work.attributes:
        found.setdefault(line.row_id, []).append(line)
    for sheet, home in HOMES.items():
        changed = [s.subject_id for s in work.pending(sheet) if s.verdict is Verdict.CHANGED and s.subject_id]
        found |= attributes_of_many(work.ctx, home.kind, changed)
    return found
