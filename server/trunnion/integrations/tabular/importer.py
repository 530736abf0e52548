"""A table taken in from the command line, in this thread: looked through, told in words, written."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from trunnion.attach.commands import file as files
from trunnion.integrations.commands import import_run, table
from trunnion.integrations.models import ImportFinding, ImportMapping, ImportRun
from trunnion.integrations.types import ImportKind
from trunnion.kernel.context import Context
from trunnion.kernel.database import reading
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.words import say

from . import preview, staging, work
from .types import Layout, Mapping

CHUNK = 1 << 20
MOST_SAID = 50
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file: the import as it stands, and why it failed where it did."""

    run: ImportRun
    findings: tuple[dict[str, Any], ...] = ()
    is_applied: bool = False
    refusal: Refusal | None = None


def run(
    ctx: Context, file: Path, target: str, mapping: str | Mapping | None = None, *, layout: Layout | None = None,
    dry_run: bool = False, strict: bool = False, progress: Told | None = None,
) -> Report:  # fmt: skip
    """Imports a file; a dry run looks it through and calls it off. `mapping` is a kept or shipped one by its name."""
    told = progress or (lambda _done, _total: None)
    preview.check_target(target)
    stored = files.store(ctx, file.name, _chunks(file))
    made = import_run.create(
        ctx, file_id=stored.id, kind=ImportKind.TABLE, target=target, strict=strict, layout=layout
    )
    found = mapping if isinstance(mapping, Mapping) else _named(ctx, target, mapping) if mapping else None
    if found is not None:
        table.assume(ctx, import_id=made.id, mapping=found)
    try:
        work.stage(ctx, staging.get_run(ctx, made.id), told)
        if dry_run:
            import_run.cancel(ctx, import_id=made.id)
            return _report(ctx, made.id)
        table.begin(ctx, import_id=made.id)
        work.apply(ctx, staging.get_run(ctx, made.id), told)
    except Refusal as refusal:
        said = refusal.errors[0] if refusal.errors else refusal
        import_run.fail(ctx, import_id=made.id, code=said.code, facts=dict(said.facts))
        return _report(ctx, made.id, refusal=Refusal(said.code, **dict(said.facts)))
    return _report(ctx, made.id, is_applied=True)


def shipped() -> dict[str, dict[str, Any]]:
    """The mappings that come with the program, by name."""
    folder = resources.files("trunnion.integrations.tabular").joinpath("mappings")
    found = {}
    for one in folder.iterdir():
        if one.name.endswith(".toml"):
            found[one.name.removesuffix(".toml")] = tomllib.loads(one.read_text("utf-8"))
    return found


def shipped_mapping(name: str) -> Mapping:
    """One of them."""
    body = {key: value for key, value in shipped()[name].items() if key != "target"}
    return staging.MAPPING.validate_python(body)


def _named(ctx: Context, target: str, name: str) -> Mapping:
    with reading(ctx.organisation_id):
        row = ImportMapping.objects.of(ctx).filter(target=target, name=name).first()
    if row is not None:
        return staging.MAPPING.validate_python(row.body)
    if shipped().get(name, {}).get("target") == target:
        return shipped_mapping(name)
    raise Invalid.field("/mapping", "table.no_such_mapping", name=name)


def _report(ctx: Context, import_id: Any, **more: Any) -> Report:
    run_ = staging.get_run(ctx, import_id)
    with reading(ctx.organisation_id):
        rows = ImportFinding.objects.of(ctx).filter(run_id=import_id).order_by("severity", "row")
        findings = tuple(rows.values("severity", "row", "column", "code", "facts")[:MOST_SAID])
    return Report(run_, findings, **more)


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def lines(report: Report, language: str) -> Iterator[str]:
    """The report in words: counts, then each finding with its reason."""
    one = report.run
    yield f"{one.file_name} · {one.source_name} · {one.number}"
    if report.refusal is not None:
        yield say(f"refusal.{report.refusal.code}", language, **report.refusal.facts)
        return
    yield say(
        "text.integrations.table.summary", language, rows=one.rows, new=one.new, changed=one.changed, same=one.same,
        error=one.errors,
    )  # fmt: skip
    for found in report.findings:
        severity = say(f"choice.integrations.finding.severity.{found['severity']}", language)
        words = say(f"refusal.{found['code']}", language, **found["facts"])
        yield f"{severity} · {found['row']} {found['column']} · {words}"
    state = "applied" if report.is_applied else "not_applied"
    yield say(f"text.integrations.import.{state}", language, parked=one.errors)
