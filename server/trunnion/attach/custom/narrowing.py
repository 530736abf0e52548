"""Where a field applies: everywhere in its kind, or only beneath a class, or only for some kinds of order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.policies import KINDS, visible


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A way in which fields of a kind can be narrowed.

    `steps` lead from the record to what tells; with `refers_to` that is a row of a tree, which counts with everything
    beneath its `path`; otherwise it is one of `choices`.
    """

    name: str
    steps: tuple[str, ...]
    refers_to: str = ""
    choices: type[StrEnum] | None = None


NARROWINGS: dict[str, dict[str, Narrowing]] = {}


def narrows(kind: str, narrowing: Narrowing) -> None:
    """Makes a way of narrowing the fields of a kind known."""
    NARROWINGS.setdefault(kind, {})[narrowing.name] = narrowing


def unknown(ctx: Context, narrowing: Narrowing, values: list[str]) -> list[str]:
    """Those of the values that name nothing."""
    if narrowing.choices is not None:
        return [v for v in values if v not in {c.value for c in narrowing.choices}]
    ids = {str(v): _uuid(v) for v in values}
    known = [i for i in ids.values() if i is not None]
    found = set(visible(ctx, KINDS[narrowing.refers_to]).filter(id__in=known).values_list("id", flat=True))
    return [text for text, row_id in ids.items() if row_id not in found]


def applies(ctx: Context, field: Any, row: Any, known: dict[UUID, list[str]] | None = None) -> bool:
    """Whether a field is one of this record's; `known` keeps the paths of a field's classes between many records."""
    if not field.narrowed_by:
        return True
    narrowing = NARROWINGS.get(field.subject_kind, {}).get(field.narrowed_by)
    if narrowing is None:
        return True
    held: Any = row
    for step in narrowing.steps:
        held = getattr(held, step) if held is not None else None
    if held is None:
        return False
    if not narrowing.refers_to:
        return str(held) in field.narrowed_to
    known = {} if known is None else known
    if field.id not in known:
        rows = KINDS[narrowing.refers_to].objects.of(ctx).filter(id__in=field.narrowed_to)
        known[field.id] = list(rows.values_list("path", flat=True))
    return any(held.path.startswith(path) for path in known[field.id])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
