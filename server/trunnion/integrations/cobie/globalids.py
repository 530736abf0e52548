"""Records that another file brought, recognised by the GlobalIds that building models give to everything in them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from trunnion.attach.queries import find_many_by_reference
from trunnion.integrations.cobie.homes import HOMES
from trunnion.integrations.cobie.keys import EXTERNAL, identifier_of
from trunnion.kernel.context import Context

if TYPE_CHECKING:
    from trunnion.integrations.cobie.plan import Plan
    from trunnion.integrations.cobie.types import Row

# 128 bits in 22 letters of its own alphabet, the first of which holds two bits; names and numbers do not look so.
_SHAPE = re.compile(r"[0-3][0-9A-Za-z_$]{21}")


def globalid_of(row: Row) -> str | None:
    """The GlobalId that a row states as its outside identifier."""
    column = "ExternalFacilityIdentifier" if row.sheet == "Facility" else "ExtIdentifier"
    text = row.text(column) or ""
    return text if _SHAPE.fullmatch(text) else None


def building_of(ctx: Context, facility: Row) -> UUID | None:
    """The building that some other file brought under the same GlobalId."""
    stated = globalid_of(facility)
    found = find_many_by_reference(ctx, EXTERNAL, [stated]) if stated else []
    ids = {one.row_id for one in found if one.kind == HOMES["Facility"].kind}
    return ids.pop() if len(ids) == 1 else None


def recognise(ctx: Context, plan: Plan) -> None:
    """Makes rows mean the records of the same GlobalId, whatever those are called; names come second.

    A GlobalId that rows share, that records share, or whose record another row of the file means says nothing.
    """
    stated = _stated(plan)
    wanted = {globalid for rows in stated.values() for globalid in rows}
    if not wanted:
        return
    held: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for one in find_many_by_reference(ctx, EXTERNAL, list(wanted)):
        held[one.kind, one.identifier].add(one.row_id)
    for sheet, rows in stated.items():
        meant = {
            plan.known.get((sheet, identifier_of(step.row))): identifier_of(step.row)
            for step in plan.steps.get(sheet, ())
        }
        for globalid, named in rows.items():
            ids = held.get((HOMES[sheet].kind, globalid), set())
            if len(ids) != 1 or len(named) != 1:
                continue
            row_id, (identifier, row) = next(iter(ids)), next(iter(named.items()))
            if meant.get(row_id, identifier) == identifier:
                plan.known[sheet, identifier] = row_id
                plan.names.add(row, row_id)


def _stated(plan: Plan) -> dict[str, dict[str, dict[str, Row]]]:
    """By sheet and GlobalId: the rows that came in for the first time and state it, by what they are called."""
    found: dict[str, dict[str, dict[str, Row]]] = {}
    for sheet in HOMES:
        for step in plan.pending(sheet):
            globalid = globalid_of(step.row) if step.before is None else None
            if globalid:
                rows = found.setdefault(sheet, {}).setdefault(globalid, {})
                rows.setdefault(identifier_of(step.row), step.row)
    return found
