"""Verbs on tables: what their columns mean, rows put right, written batch by batch."""

from collections import Counter
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.integrations.events import ImportApplied
from trunnion.integrations.models import ImportMapping, ImportPage, ImportRun
from trunnion.integrations.states import IMPORT
from trunnion.integrations.tabular import pages, targets
from trunnion.integrations.tabular.apply import Applier
from trunnion.integrations.tabular.heads import headings_digest
from trunnion.integrations.tabular.types import Amendment, Layout, Mapping, Staged
from trunnion.integrations.types import ImportDone, ImportKind
from trunnion.kernel import clock
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.encoding import encode
from trunnion.kernel.errors import Invalid, NotGranted, Refusal
from trunnion.kernel.inputs import Name
from trunnion.kernel.jobs import enqueue
from trunnion.kernel.policies import take
from trunnion.kernel.unit import emit

from .import_run import check_strict, done, note_step

__all__ = ["targets"]

Amendments = Annotated[list[Amendment], Field(min_length=1, max_length=5000)]


@command("integrations.import.lay")
def lay(ctx: Context, import_id: UUID, layout: dict[str, Any], mapping: dict[str, Any]) -> ImportDone:
    """Notes how a file is read and what its columns mean; rows that were kept before are read anew."""
    run = take(ctx, ImportRun, import_id)
    IMPORT.target("record", run.state)
    run.layout, run.mapping = _plain(layout), _plain(mapping)
    ImportPage.objects.of(ctx).filter(run_id=run.id).delete()
    run.save()
    return done(run)


@command("integrations.import.assume")
def assume(ctx: Context, import_id: UUID, mapping: Mapping) -> ImportDone:
    """Says what the columns of a file mean that was not looked through yet."""
    run = _table(ctx, import_id)
    IMPORT.target("record", run.state)
    run.mapping = {"mapping": _plain(mapping)}
    run.save()
    return done(run)


@command("integrations.import.begin")
def begin(ctx: Context, import_id: UUID) -> ImportDone:
    """Begins to write the good rows in the caller's own thread; a strict import is refused while there are bad ones."""
    run = _table(ctx, import_id)
    run.state = IMPORT.target("apply", run.state)
    check_strict(run, run.errors)
    run.save()
    return done(run)


@command("integrations.import.keep", secret=("rows",))
def keep(ctx: Context, import_id: UUID, page: int, rows: list[Staged]) -> None:
    """Keeps some hundred rows with their verdicts."""
    run = take(ctx, ImportRun, import_id)
    row = ImportPage.objects.of(ctx).filter(run_id=run.id, page=page).first()
    row = row or ImportPage(run=run, page=page)
    pages.put(row, rows)
    row.save()


@command("integrations.import.map")
def map_(
    ctx: Context, import_id: UUID, mapping: Mapping | None = None, layout: Layout | None = None,
    keep_as: Name | None = None, kept: Name | None = None,
) -> ImportDone:  # fmt: skip
    """Says what the columns mean (or which kept mapping does), or how the file is read, and looks it through again."""
    run = _table(ctx, import_id)
    run.state = IMPORT.target("map", run.state)
    if kept is not None:
        mapping = _kept(ctx, run, kept)
    if layout is not None:
        run.layout, run.mapping = _plain(layout), {}
    if mapping is not None:
        from trunnion.integrations.tabular.own_fields import target_of
        from trunnion.integrations.tabular.staging import check_mapping

        check_mapping(target_of(ctx, run.target), mapping, len(run.layout.get("headings") or ()) or 1000)
        run.mapping = {**run.mapping, "mapping": _plain(mapping), "kept": kept or keep_as or ""}
    if keep_as is not None and mapping is not None:
        _keep_mapping(ctx, run, keep_as, mapping)
    run.failure = None
    run.job_id = enqueue(ctx, "integrations.check", import_id=run.id)
    run.save()
    return done(run)


@command("integrations.mapping.remove")
def remove_mapping(ctx: Context, mapping_id: UUID) -> None:
    """Forgets a kept mapping."""
    take(ctx, ImportMapping, mapping_id).delete()


@command("integrations.import.amend")
def amend(ctx: Context, import_id: UUID, changes: Amendments) -> ImportDone:
    """Puts cells right, leaves rows out or takes them up again; the rows concerned are judged anew."""
    from trunnion.integrations.tabular import amend as amending

    run = _table(ctx, import_id)
    run.state = IMPORT.target("amend", run.state) or run.state
    counts = amending.apply(ctx, run, changes)
    sheet = next(iter(run.sheets), run.target)
    run.sheets = {sheet: {"rows": run.rows, **{n: counts[n] for n in ("new", "changed", "same", "error")}}}
    run.new, run.changed, run.same = counts["new"], counts["changed"], counts["same"]
    run.errors, run.left_out = counts["error"], counts["left_out"]
    run.save()
    return done(run)


@command("integrations.import.step", secret=("applier",))
def step(
    ctx: Context, import_id: UUID, page: int, level: int, applier: Annotated[Any, Field()] = None
) -> None:
    """Writes one batch of rows and notes that it did, in one transaction."""
    run = take(ctx, ImportRun, import_id)
    IMPORT.target("step", run.state)
    found: Applier = applier
    if not ctx.may(found.plan.target.permission):
        raise NotGranted(found.plan.target.permission)
    held = ImportPage.objects.of(ctx).get(run_id=run.id, page=page)
    rows = found.write(held, level)
    pages.put(held, rows)
    held.save()
    note_step(ctx, run)


@command("integrations.import.close")
def close(ctx: Context, import_id: UUID) -> ImportDone:
    """Every batch is written: the counts say what was done."""
    run = take(ctx, ImportRun, import_id)
    run.state = IMPORT.target("finish", run.state)
    counts: Counter[str] = Counter()
    for name, *values in _counts(ctx, run):
        counts.update(
            dict(zip(("new", "changed", "same", "error", "left_out"), (name, *values), strict=True))
        )
    run.new, run.changed, run.same = counts["new"], counts["changed"], counts["same"]
    run.errors, run.left_out = counts["error"], counts["left_out"]
    run.applied_at, run.failure = clock.now(), None
    run.save()
    emit(
        ImportApplied(
            import_id=run.id, number=run.number, new=run.new, changed=run.changed, same=run.same, errors=run.errors
        )
    )  # fmt: skip
    return done(run)


def _table(ctx: Context, import_id: UUID) -> ImportRun:
    run = take(ctx, ImportRun, import_id)
    if run.import_kind != ImportKind.TABLE:
        raise Refusal("import.not_a_table", number=run.number)
    return run


def _counts(ctx: Context, run: ImportRun) -> Any:
    rows = ImportPage.objects.of(ctx).filter(run_id=run.id)
    return rows.values_list("new", "changed", "same", "error", "left_out")


def _kept(ctx: Context, run: ImportRun, name: str) -> Mapping:
    from trunnion.integrations.tabular.staging import MAPPING

    row = ImportMapping.objects.of(ctx).filter(target=run.target, name=name).first()
    if row is None:
        raise Invalid.field("/kept", "table.no_such_mapping", name=name)
    return MAPPING.validate_python(row.body)


def _keep_mapping(ctx: Context, run: ImportRun, name: str, mapping: Mapping) -> None:
    row = ImportMapping.objects.of(ctx).filter(name=name).first() or ImportMapping(name=name)
    row.target, row.headings = run.target, headings_digest(run.layout.get("headings") or [])
    row.body = _plain(mapping)
    row.save()


def _plain(value: Any) -> dict[str, Any]:
    import msgspec

    found: dict[str, Any] = msgspec.json.decode(encode(value))
    return found
