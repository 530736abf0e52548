"""Finds the records that texts name: by number, name, code or path; many at once, each text once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from trunnion.kernel.context import Context
from trunnion.kernel.mergeable import standing_id
from trunnion.kernel.policies import KINDS, seen, visible

from .declare import Lookup
from .synonyms import folded

STEP = 400
_STEPS = re.compile(r"\s*[>＞→»]\s*|\s*[/\\]\s*")
_ID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
_SURE_STEPS = re.compile(r"\s*[>＞→»]\s*")


def is_id(text: str) -> bool:
    """Whether a text is written like the id of a record."""
    return _ID.match(text) is not None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several records go by the text: these, as far as it matters which."""

    ids: list[UUID] = field(default_factory=list)


AMBIGUOUS = Ambiguous()
Found = UUID | Ambiguous | None


def _either(known: Found, other: UUID) -> Found:
    """What a text means that another record turns out to go by, too."""
    if known is None or known == other:
        return other
    if isinstance(known, UUID):
        return Ambiguous([known, other])
    known.ids.append(other)
    return known


def steps_of(text: str) -> list[str]:
    """The names on the way down of a path such as `Site > Floor > Room`."""
    parts = _SURE_STEPS.split(text)
    if len(parts) == 1:
        parts = _STEPS.split(text)
    return [part for part in (part.strip() for part in parts) if part]


@dataclass(slots=True)
class _Tree:
    """The visible places by id, and the ids by name and code."""

    parents: dict[UUID, UUID | None] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    by_name: dict[str, list[UUID]] = field(default_factory=dict)
    by_code: dict[str, list[UUID]] = field(default_factory=dict)

    def find(self, text: str) -> Found:
        """By code, by name, by the names on the way down, or by the id that a list of ours says."""
        for index in (self.by_code, self.by_name):
            rows = index.get(folded(text), [])
            if rows:
                return rows[0] if len(rows) == 1 else self._outermost(rows)
        if is_id(text):
            return UUID(text) if UUID(text) in self.names else None
        way = [folded(step) for step in steps_of(text)]
        if len(way) < 2:
            return None
        rows = [row for row in self.by_name.get(way[-1], []) if self._stands_on(row, way)]
        return None if not rows else rows[0] if len(rows) == 1 else Ambiguous(rows)

    def _stands_on(self, row: UUID, way: list[str]) -> bool:
        """Whether the names of the way stand above each other, with nothing left out at the lower end."""
        at: UUID | None = row
        for name in reversed(way):
            if at is None or folded(self.names[at]) != name:
                return False
            at = self.parents.get(at)
        return True

    def _outermost(self, rows: list[UUID]) -> Found:
        roots = [row for row in rows if self.parents[row] is None]
        return roots[0] if len(roots) == 1 else Ambiguous(rows)


@dataclass(slots=True)
class Resolver:
    """What was looked up already stays known for the length of one look through a file."""

    ctx: Context
    _known: dict[tuple[str, str, str], dict[str, Found]] = field(default_factory=dict)
    _trees: dict[str, _Tree] = field(default_factory=dict)

    def find(self, lookup: Lookup, texts: Iterable[str], by: str = "") -> dict[str, Found]:
        """The record of each text; None where there is none."""
        known = self._known.setdefault((lookup.kind, repr(lookup.only), by), {})
        asked = set(texts)
        fresh = [text for text in asked if text not in known]
        if lookup.path and by in ("", "path"):
            tree = self._tree(lookup.kind)
            known.update((text, tree.find(text)) for text in fresh)
        elif fresh:
            self._look_up(lookup, fresh, by, known)
        return {text: known[text] for text in asked}

    def find_within(
        self, lookup: Lookup, pairs: Iterable[tuple[UUID, str]], by: str = ""
    ) -> dict[tuple[UUID, str], Found]:
        """The record of each text below the one that it belongs to; nothing is made and nothing remembered."""
        asked = set(pairs)
        columns = [by] if by else [*lookup.by, "id"]
        known: dict[tuple[str, UUID, str], Found] = {}
        above, model = list({pair[0] for pair in asked}), KINDS[lookup.kind]
        for start in range(0, len(above), STEP):
            rows = seen(self.ctx, model).filter(**{f"{lookup.within}__in": above[start : start + STEP]})
            for row_id, parent_id, *texts in rows.values_list("id", lookup.within, *columns):
                for key in ((c, parent_id, str(t)) for c, t in zip(columns, texts, strict=True)):
                    known[key] = AMBIGUOUS if key in known else row_id
        return {
            pair: next((hit for c in columns if (hit := known.get((c, *pair))) is not None), None)
            for pair in asked
        }

    def forget(self, kind: str) -> None:
        """New records of the kind were made."""
        self._trees.pop(kind, None)
        for key in [key for key in self._known if key[0] == kind]:
            del self._known[key]

    def name_of(self, kind: str, row_id: UUID) -> str:
        """The name of a place that was found."""
        return self._tree(kind).names[row_id]

    def _look_up(self, lookup: Lookup, texts: list[str], by: str, known: dict[str, Found]) -> None:
        known.update(dict.fromkeys(texts))
        model: Any = KINDS[lookup.kind]
        for column in [by] if by and by != "path" else lookup.by:
            left = {text: None for text in texts if known[text] is None}
            listed = list(left)
            for start in range(0, len(listed), STEP):
                rows = seen(self.ctx, model).filter(**{f"{column}__in": listed[start : start + STEP]})
                rows = rows.filter(**dict(lookup.only))
                for row_id, value in rows.values_list(standing_id(model), column):
                    known[value] = _either(known.get(value), row_id)
        if not by:
            self._by_id(model, [text for text in texts if known[text] is None], known)

    def _by_id(self, model: Any, texts: list[str], known: dict[str, Found]) -> None:
        """A list that was exported here names records by their ids."""
        ids = {UUID(text): text for text in texts if is_id(text)}
        listed = list(ids)
        for start in range(0, len(listed), STEP):
            rows = seen(self.ctx, model).filter(id__in=listed[start : start + STEP])
            known.update((ids[own], row_id) for own, row_id in rows.values_list("id", standing_id(model)))

    def _tree(self, kind: str) -> _Tree:
        if kind in self._trees:
            return self._trees[kind]
        tree = self._trees[kind] = _Tree()
        model: Any = KINDS[kind]
        rows = visible(self.ctx, model).filter(merged_into=None)
        for row_id, parent_id, name, code in rows.values_list("id", "parent_id", "name", "code"):
            tree.parents[row_id], tree.names[row_id] = parent_id, name
            tree.by_name.setdefault(folded(name), []).append(row_id)
            if code:
                tree.by_code.setdefault(folded(code), []).append(row_id)
        return tree
