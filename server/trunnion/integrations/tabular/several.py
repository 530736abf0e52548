"""Fields whose cells name several records, such as the members of a group; what a record holds already stays.

Of two records of one name that a key finds, what they hold tells which one a row means.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from trunnion.kernel.context import Context

from .cells import Reading
from .declare import Field
from .resolve import Ambiguous, Resolver
from .types import Reason

if TYPE_CHECKING:
    from .judge import Judged

MOST_SAID = 200
_SIGNS = re.compile(r"[;；、|\n]")
_COMMAS = re.compile(r"[,，]")


def parts_of(text: str) -> list[str]:
    """The texts of a cell, divided by ; 、| or line ends, else by commas; each once."""
    parts = _SIGNS.split(text)
    if len(parts) == 1:
        parts = _COMMAS.split(text)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def refer(resolver: Resolver, one: Field, reading: Reading, judged: Iterable["Judged"]) -> None:
    """Finds each of the records that cells name; a name may hold a comma itself, so the whole cell is tried first."""
    rows = [row for row in judged if isinstance(row.values.get(one.name), str)]
    if one.lookup is None or not rows:
        return
    asked = {text for row in rows for text in (row.values[one.name], *parts_of(row.values[one.name]))}
    known = resolver.find(one.lookup, asked, reading.use.look_up_by)
    for row in rows:
        said = row.values[one.name]
        found: dict[UUID, None] = {}
        for text in parts_of(said) if known[said] is None else [said]:
            hit = known[text]
            if isinstance(hit, UUID):
                found[hit] = None
                continue
            code = "table.several" if isinstance(hit, Ambiguous) else "table.not_found"
            facts: dict[str, object] = {"text": text[:MOST_SAID], "kind": one.lookup.kind}
            reason = Reason(reading.use.column, one.name, code, facts)
            row.reasons.append(reason)
            if isinstance(hit, Ambiguous):
                row.unclear.append((reason, hit.ids))
        row.values[one.name] = tuple(found)


def accept_held(judged: Iterable["Judged"]) -> None:
    """A text that means several is clear where the record holds one of them already: nothing is added by it."""
    for row in judged:
        for reason, ids in row.unclear:
            if not row.before.get(reason.field, set()).isdisjoint(ids):
                row.reasons = [one for one in row.reasons if one is not reason]


def held(ctx: Context, readings: dict[str, Reading], ids: set[UUID]) -> dict[UUID, dict[str, set[UUID]]]:
    """What records hold already in the fields of this kind that a table fills."""
    found: dict[UUID, dict[str, set[UUID]]] = {row_id: {} for row_id in ids}
    for name, reading in readings.items():
        if reading.field.held is None:
            continue
        told = reading.field.held(ctx, ids)
        for row_id in ids:
            found[row_id][name] = told.get(row_id, set())
    return found
