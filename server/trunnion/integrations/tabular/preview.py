"""What a person sees of a table before it is written: suggestions, rows with verdicts, bad rows as a file."""

from typing import Any
from uuid import UUID

from trunnion.integrations.models import ImportMapping, ImportRun
from trunnion.integrations.types import ImportKind
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid, Refusal
from trunnion.kernel.policies import get
from trunnion.kernel.words import say

from . import errors, pages
from .declare import TARGETS, Field, Target
from .own_fields import target_of
from .synonyms import title_of
from .types import Staged, Verdict

MOST = 500


def check_target(name: str) -> None:
    """Refuses a kind of record that rows cannot become."""
    if name not in TARGETS:
        raise Invalid.field("/target", "field.enum", expected=", ".join(TARGETS))


def get_targets(ctx: Context) -> dict[str, Any]:
    """What rows can become, with the fields that they fill; only what the caller may write."""
    return {
        "rows": [
            _target(ctx, target_of(ctx, one.name)) for one in TARGETS.values() if ctx.may(one.permission)
        ]
    }


def _target(ctx: Context, target: Target) -> dict[str, Any]:
    return {
        "name": target.name, "kind": target.kind, "title": say(f"text.integrations.target.{target.name}", ctx.language),
        "keys": list(target.keys), "fields": [_field(ctx, target, one) for one in target.fields],
    }  # fmt: skip


def _field(ctx: Context, target: Target, one: Field) -> dict[str, Any]:
    title = one.label[ctx.language] if one.label else title_of(target.name, one.name, ctx.language)
    return {
        "name": one.name, "title": title, "type": one.kind,
        "required": one.required, "unit": one.unit, "only_new": one.only_new,
        "choices": [
            {"value": choice.value, "title": say(f"{one.words}.{choice.value}", ctx.language)}
            for choice in one.choices or ()
        ],
        "look_up_by": list(one.lookup.by) if one.lookup else [],
        "may_create": bool(one.lookup and one.lookup.create),
    }  # fmt: skip


def get_mapping(ctx: Context, import_id: UUID) -> dict[str, Any]:
    """How a table is read, what its columns mean, and the mappings that were kept for its target."""
    run = _table(ctx, import_id)
    rows = ImportMapping.objects.of(ctx).filter(target=run.target).order_by("name_key")
    return {
        "id": run.id, "version": run.version, "target": run.target, "layout": run.layout,
        "mapping": run.mapping.get("mapping"),
        "suggestions": run.mapping.get("suggestions") or [], "kept": run.mapping.get("kept") or "",
        "mappings": [{"id": row.id, "name": row.name} for row in rows],
    }  # fmt: skip


def get_rows(
    ctx: Context, import_id: UUID, verdict: str = "", after: int = 0, limit: int = 100
) -> dict[str, Any]:
    """The rows of a table from after a number on, all or those of one verdict, each cell's reasons in words."""
    run = _table(ctx, import_id)
    if verdict and verdict not in set(Verdict):
        raise Invalid.field("/verdict", "field.enum", expected=", ".join(Verdict))
    limit = min(max(limit, 1), MOST)
    narrow = {f"{pages.COLUMNS[Verdict(verdict)]}__gt": 0} if verdict else {}
    found: list[Staged] = []
    for page in pages.each(ctx, run, **narrow):
        rows = [r for r in pages.rows_of(page) if r.number > after and verdict in ("", r.verdict)]
        found += rows[: limit + 1 - len(found)]
        if len(found) > limit:
            break
    cut = found[:limit]
    return {
        "headings": run.layout.get("headings") or [], "rows": [_row(ctx, run, row) for row in cut],
        "next": cut[-1].number if len(found) > limit else None,
    }  # fmt: skip


def _row(ctx: Context, run: ImportRun, row: Staged) -> dict[str, Any]:
    return {
        "number": row.number, "cells": row.cells, "verdict": row.verdict, "record_id": row.subject_id,
        "changes": row.fields, "is_done": row.is_done,
        "reasons": [
            {
                "column": reason.column, "field": reason.field, "code": reason.code, "facts": reason.facts,
                "title": title_of(run.target, reason.field, ctx.language),
                "severity": "error" if reason.is_error else "note",
                "text": errors.in_words(run.target, reason, ctx.language),
            }
            for reason in row.reasons
        ],
    }  # fmt: skip


def error_file(ctx: Context, run: ImportRun) -> tuple[str, bytes]:
    """The rows that are set aside, as a workbook with the reasons beside them."""
    bad = [
        row
        for page in pages.each(ctx, run, error__gt=0)
        for row in pages.rows_of(page)
        if row.verdict == Verdict.ERROR
    ]
    if not bad:
        raise Refusal("import.no_error_file")
    return errors.workbook(run.file_name, run.target, list(run.layout.get("headings") or []), bad)


def _table(ctx: Context, import_id: UUID) -> ImportRun:
    run = get(ctx, ImportRun, import_id)
    if run.import_kind != ImportKind.TABLE:
        raise Refusal("import.not_a_table", number=run.number)
    return run
