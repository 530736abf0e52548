"""Spares become items on the spare lists of their models."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from trunnion.catalog.commands import item, spare
from trunnion.catalog.queries import handover
from trunnion.catalog.types import ItemLine, SpareLine
from trunnion.integrations.cobie.inward.parties import party_of
from trunnion.integrations.cobie.inward.work import LINE, NAME, Work, cut, given, text
from trunnion.integrations.cobie.plan import Step

PROSE = 20_000


def apply(work: Work) -> None:
    """Makes sure that the items exist and stand on the spare lists."""
    steps = work.pending("Spare")
    if not steps:
        return
    names = {cut(step.row.text("Name") or "", NAME) for step in steps if step.subject_id is None}
    named = handover.items_named(work.ctx, names)
    ids = item.ensure_many(work.ctx, [_item(work, step, named) for step in steps]).ids
    for step, item_id in zip(steps, ids, strict=True):
        work.became(step, item_id)
    stand = work.plan.stand
    parts = {(part.model_id, part.item_id): part for part in stand.parts} if stand else {}
    lines = {}
    for step, item_id in zip(steps, ids, strict=True):
        model_id = work.find("Type", step.row.text("TypeName"))
        if model_id is not None:
            lines[model_id, item_id] = _part(step, model_id, item_id, parts.get((model_id, item_id)))
    spare.ensure_many(work.ctx, list(lines.values()))


def _item(work: Work, step: Step, named: dict[str, handover.ItemFacts]) -> ItemLine:
    name = cut(step.row.text("Name") or "", NAME)
    stand = work.plan.stand
    known = stand.items.get(step.subject_id) if stand and step.subject_id else named.get(name)
    facts: dict[str, Any] = {
        "specification": given(step, "PartNumber") or "",
        "description": given(step, "Description", PROSE) or "",
    }
    if known is not None and step.subject_id is None:
        # What is known of an item already stays: another building told it.
        facts = {field: value for field, value in facts.items() if not getattr(known, field)}
    return ItemLine(
        known.name if known else name,
        id=known.id if known else None,
        supplier_ids=_suppliers(work, step),
        **facts,
    )


def _suppliers(work: Work, step: Step) -> tuple[UUID, ...]:
    if not step.has("Suppliers"):
        return ()
    named = work.plan.names.split("Contact", step.row.text("Suppliers"))
    found = [party_of(work, name) for name, _ in named]
    if any(party is None for party in found) or not named:
        work.leave(step, "Suppliers")
    return tuple(dict.fromkeys(party for party in found if party is not None))


def _part(step: Step, model_id: UUID, item_id: UUID, known: handover.PartFacts | None) -> SpareLine:
    if known is None:
        return SpareLine(model_id, item_id, Decimal(1), cut(text(step.row, "SetNumber"), LINE))
    set_number = given(step, "SetNumber")
    return SpareLine(
        model_id, item_id, known.quantity, known.set_number if set_number is None else set_number, known.notes
    )
