"""From a file to judged rows: sheet, headings, mapping, then every row looked at and kept with its verdict."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from itertools import islice
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from trunnion.attach.queries import content_of
from trunnion.integrations.commands import import_run, table
from trunnion.integrations.models import ImportMapping, ImportPage, ImportRun
from trunnion.integrations.types import Found, SheetCount
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid
from trunnion.kernel.policies import get

from . import pages
from .declare import Target
from .heads import WITHIN, header_row, headings_digest
from .index import Index, Plan, build, plan_of
from .judge import Judge
from .own_fields import target_of
from .resolve import Resolver
from .source import Source, open_source
from .suggest import Suggestion, as_mapping, suggest
from .types import Layout, Mapping, Staged, Verdict

Told = Callable[[int, int], None]
SAMPLED = 200
MOST_FOUND = 5000
LAYOUT = TypeAdapter(Layout)
MAPPING = TypeAdapter(Mapping)


def stage(ctx: Context, run: ImportRun, told: Told) -> None:
    """Reads the file and judges each of its rows; begun again it comes to the same."""
    with reading(ctx.organisation_id):
        content = content_of(ctx, run.file_id)
    source, headings, layout = opened(run, content.path)
    mapping = MAPPING.validate_python(run.mapping.get("mapping")) if run.mapping.get("mapping") else None
    suggestions: list[Suggestion] = []
    if mapping is None:
        mapping, suggestions, kept = chosen(ctx, run.target, headings, source, layout)
        shown = {"suggestions": [asdict(one) for one in suggestions], "kept": kept}
    else:
        shown = {name: run.mapping.get(name) for name in ("suggestions", "kept")}
    target = target_of(ctx, run.target)
    check_mapping(target, mapping, len(headings))
    layout_kept = {**asdict(layout), "sheets": list(source.sheets), "headings": headings}
    table.lay(ctx, import_id=run.id, layout=layout_kept, mapping={"mapping": asdict(mapping), **shown})
    plan = plan_of(target, mapping, ctx.zone)
    index = build(plan, data(source, layout))
    with reading(ctx.organisation_id):
        judge = Judge(ctx, plan, index, Resolver(ctx))
        if index.is_parent:
            judge.learn_parents(data(source, layout))
    wrong: set[int] = set()
    for page, rows in enumerate(pages.portions(data(source, layout))):
        with reading(ctx.organisation_id):
            judge.judge(rows)
        wrong.update(row.number for row in rows if row.verdict == Verdict.ERROR)
        table.keep(ctx, import_id=run.id, page=page, rows=rows)
        told((page + 1) * pages.PAGE, max((page + 1) * pages.PAGE, run.rows))
    orphans(ctx, run, plan, index, wrong)
    record(ctx, get_run(ctx, run.id))


def opened(run: ImportRun, path: Any) -> tuple[Source, list[str], Layout]:
    """The file with its sheet and heading row, as chosen or as found."""
    layout = LAYOUT.validate_python(
        {k: run.layout.get(k) for k in ("sheet", "header_row", "encoding", "delimiter")}
    )
    source = open_source(path, layout)
    layout = source.layout
    if source.sheets and not layout.sheet:
        layout = replace(layout, sheet=_likely_sheet(source, run.target))
    first = list(islice(source.rows(layout.sheet), WITHIN + 6))
    if not first:
        raise Invalid.field("/layout/sheet", "table.empty")
    at = layout.header_row or header_row(first, run.target) or first[0][0]
    headings = next((row for number, row in source.rows(layout.sheet) if number == at), None)
    if headings is None:
        raise Invalid.field("/layout/header_row", "table.no_such_row", row=at)
    return source, [cell.strip() for cell in headings], replace(layout, header_row=at)


def _likely_sheet(source: Source, target: str) -> str:
    """The sheet whose best row of headings knows the most words."""
    from .synonyms import folded, names_of

    known = names_of(target)

    def words(name: str) -> int:
        rows = islice(source.rows(name), WITHIN)
        return max((sum(folded(cell) in known for cell in row) for _, row in rows), default=-1)

    return max(source.sheets, key=words)


def data(source: Source, layout: Layout) -> Any:
    """The rows below the headings."""
    return ((number, row) for number, row in source.rows(layout.sheet) if number > (layout.header_row or 0))


def chosen(
    ctx: Context, target: str, headings: Sequence[str], source: Source, layout: Layout
) -> tuple[Mapping, list[Suggestion], str]:
    """The mapping that was kept for these headings, else the one that they suggest."""
    sample = [row for _, row in islice(data(source, layout), SAMPLED)]
    columns = [[row[at] if at < len(row) else "" for row in sample] for at in range(len(headings))]
    with reading(ctx.organisation_id):
        suggestions = suggest(target_of(ctx, target), headings, columns, Resolver(ctx))
        rows = ImportMapping.objects.of(ctx).filter(target=target, headings=headings_digest(headings))
        kept = rows.order_by("-changed_at").first()
    if kept is not None:
        return MAPPING.validate_python(kept.body), suggestions, kept.name
    return as_mapping(target, suggestions), suggestions, ""


def check_mapping(declared: Target, mapping: Mapping, width: int) -> None:
    """Refuses a mapping that names unknown fields or columns, or one field twice."""
    seen: set[str] = set()
    for at, use in enumerate(mapping.columns):
        pointer = f"/mapping/columns/{at}"
        field = declared.field(use.field)
        if field is None:
            raise Invalid.field(f"{pointer}/field", "table.no_such_field", field=use.field)
        if use.field in seen:
            raise Invalid.field(f"{pointer}/field", "table.field_twice", field=use.field)
        if use.column >= width:
            raise Invalid.field(
                f"{pointer}/column", "table.no_such_column", column=use.column + 1, most=width
            )
        if use.look_up_by and (field.lookup is None or use.look_up_by not in (*field.lookup.by, "path")):
            raise Invalid.field(f"{pointer}/look_up_by", "table.no_such_field", field=use.look_up_by)
        seen.add(use.field)
    for name in mapping.constants:
        if declared.field(name) is None or name in seen:
            raise Invalid.field(f"/mapping/constants/{name}", "table.no_such_field", field=name)
    if mapping.match_on and mapping.match_on not in declared.keys:
        raise Invalid.field("/mapping/match_on", "table.no_such_key", known=list(declared.keys))


def orphans(ctx: Context, run: ImportRun, plan: Plan, index: Index, wrong: set[int]) -> None:
    """Rows whose parent row is wrong cannot be written either."""
    bad: dict[int, int] = {}
    more = True
    while more:
        more = False
        for number, parent in index.parents.items():
            if parent in wrong and number not in wrong:
                wrong.add(number)
                bad[number] = parent
                more = True
    own = plan.target.own
    if not bad or own is None:
        return
    for page in pages.each(ctx, run):
        rows = pages.rows_of(page)
        if not any(row.number in bad for row in rows):
            continue
        for row in rows:
            if row.number in bad and row.verdict != Verdict.LEFT_OUT:
                row.verdict = Verdict.ERROR
                column = plan.readings[own.name].use.column
                row.reasons.append(_above_wrong(column, own.name, bad[row.number]))
        table.keep(ctx, import_id=run.id, page=page.page, rows=rows)


def _above_wrong(column: int, name: str, parent: int) -> Any:
    from .types import Reason

    return Reason(column, name, "table.parent_wrong", {"row": parent})


def get_run(ctx: Context, import_id: UUID) -> ImportRun:
    """The import as it stands now."""
    with reading(ctx.organisation_id):
        return get(ctx, ImportRun, import_id)


def record(ctx: Context, run: ImportRun) -> None:
    """Notes counts and findings."""
    headings = run.layout.get("headings", [])
    found: list[Found] = []
    counts: Counter[str] = Counter()
    with reading(ctx.organisation_id):
        for page in pages.each(ctx, run):
            for row in pages.rows_of(page):
                counts[row.verdict] += 1
                if len(found) < MOST_FOUND and row.verdict != Verdict.LEFT_OUT:
                    found += [_found(run, row, reason, headings) for reason in row.reasons]
    sheet = str(run.layout.get("sheet") or "") or run.target
    count = SheetCount(sum(counts.values()), *(counts[v] for v in ("new", "changed", "same", "error")))
    import_run.record(
        ctx, import_id=run.id, source_name=sheet[:300], sheets={sheet[:120]: count}, findings=found
    )  # fmt: skip


def _found(run: ImportRun, row: Staged, reason: Any, headings: list[str]) -> Found:
    column = (
        headings[reason.column]
        if reason.column is not None and reason.column < len(headings)
        else reason.field
    )
    severity = "error" if reason.is_error else "note"
    return Found(
        str(run.layout.get("sheet") or ""), row.number, column, reason.code, dict(reason.facts), severity
    )


def page_of(ctx: Context, run: ImportRun, number: int) -> ImportPage | None:
    """The page that holds a row of this number."""
    for page in pages.each(ctx, run):
        rows = pages.rows_of(page)
        if rows and rows[0].number <= number <= rows[-1].number:
            return page
    return None
