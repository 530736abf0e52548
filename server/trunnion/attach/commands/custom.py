"""The verb that fills custom fields of many records at once, for imports; a single record takes them by its own."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from trunnion.attach.custom.narrowing import NARROWINGS
from trunnion.attach.custom.reading import fields_of, values_of
from trunnion.attach.custom.setting import ARGUMENT, Given, kinds, wanted, write
from trunnion.attach.custom.types import Definition
from trunnion.attach.subjects import STEP
from trunnion.attach.types import Batch, Kind
from trunnion.kernel import unit
from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Invalid, NotGranted, NotVisible
from trunnion.kernel.policies import KINDS, visible

MOST_FAULTS = 100


@dataclass(frozen=True)
class CustomLine:
    """The values of one record by the keys of their fields; null clears one, what is not named stays."""

    row_id: UUID
    values: Given


Lines = Annotated[list[CustomLine], Field(max_length=100_000)]


@command("attach.custom.set_many")
def set_many(ctx: Context, kind: Kind, lines: Lines) -> Batch:
    """Fills custom fields of many records of one kind; one wrong value refuses all, each fault with its place."""
    if kind not in kinds():
        raise Invalid.field("/kind", "kind_unknown", kind=kind, known=kinds())
    running = unit.require("attach")
    # Inside an import the whole was granted; alone it is an edit of those records.
    if running.parent is None and not ctx.may(f"{kind}.edit"):
        raise NotGranted(f"{kind}.edit")
    running.is_batch = True
    fields = {f.key: f for f in fields_of(ctx, kind)}
    known: dict[UUID, list[str]] = {}
    faults: list[FieldError] = []
    changed = 0
    for start in range(0, len(lines), STEP):
        part = lines[start : start + STEP]
        rows, held = _standing(ctx, kind, fields, [line.row_id for line in part])
        todo = []
        for index, line in enumerate(part, start):
            before = {k: held[f.id].get(line.row_id) for k, f in fields.items()}
            values, wrong = wanted(ctx, fields, rows[line.row_id], line.values, before, known)
            faults += [
                FieldError(f"/lines/{index}/values{e.pointer.removeprefix('/custom')}", e.code, e.facts)
                for e in wrong
            ]
            differing = {k: v for k, v in values.items() if before[k] != v}
            changed += bool(differing)
            todo += [(fields[k], line.row_id, v) for k, v in differing.items()]
            told = {f"{ARGUMENT}.{k}": [before[k], v] for k, v in differing.items()}
            if told:
                running.changes.append(unit.Change(kind, line.row_id, "change", told))
        if not faults:
            write(ctx, todo)
    if faults:
        raise Invalid("invalid_input", errors=faults[:MOST_FAULTS])
    return Batch(created=0, changed=changed, same=len(lines) - changed)


def _standing(
    ctx: Context, kind: str, fields: dict[str, Definition], ids: list[UUID]
) -> tuple[dict[UUID, Any], dict[UUID, dict[UUID, Any]]]:
    ways = NARROWINGS.get(kind, {})
    joins = [
        "__".join(ways[f.narrowed_by].steps) for f in fields.values()
        if f.narrowed_by in ways and ways[f.narrowed_by].refers_to
    ]  # fmt: skip
    rows = visible(ctx, KINDS[kind]).filter(id__in=ids)
    found = {row.id: row for row in (rows.select_related(*joins) if joins else rows)}
    if len(found) != len(set(ids)):
        raise NotVisible
    return found, values_of(ctx, list(fields.values()), ids)
