"""What rows of one table have to do with each other: two with one serial number, parents and their parts, circles."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .cells import CellFault, Reading
from .declare import Field, Target
from .synonyms import folded
from .types import ColumnUse, Mapping

# A circle is named by so many of its rows.
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """A target with the mapping of one table: how each field is read."""

    target: Target
    mapping: Mapping
    readings: dict[str, Reading]
    constants: dict[str, str]

    @property
    def match_on(self) -> str:
        """The field by which rows find their records."""
        chosen = self.mapping.match_on
        return chosen or next((key for key in self.target.keys if key in self.mapping.fields), "")

    def pieces(self, cells: list[str]) -> Iterator[tuple[str, str]]:
        """The text of each field that a row fills; a cell that is a fault says nothing here."""
        for name, reading in self.readings.items():
            try:
                text = reading.piece(self.cell(name, cells))
            except CellFault:
                text = ""
            yield name, text

    def cell(self, name: str, cells: list[str]) -> str:
        """A row's cell for a field, or the constant."""
        if name in self.constants:
            return self.constants[name]
        column = self.readings[name].use.column
        return cells[column] if column < len(cells) else ""


def plan_of(declared: Target, mapping: Mapping, zone: str) -> Plan:
    """How each field of a table is read."""
    target = declared.name
    empty = frozenset(mapping.empty)
    readings = {
        use.field: Reading(target, found, use, zone, empty)
        for use in mapping.columns
        if (found := declared.field(use.field)) is not None
    }
    for name in mapping.constants:
        found = declared.field(name)
        if found is not None and name not in readings:
            # Whoever names one record for all rows means it, and wants it made where it is missing.
            use = ColumnUse(0, name, may_create=True)
            readings[name] = Reading(target, found, use, zone, frozenset())
    return Plan(declared, mapping, readings, dict(mapping.constants))


@dataclass(slots=True)
class Index:
    """Of a whole table: the rows that repeat another's key, each row's parent row, its depth, the circles."""

    doubles: dict[int, list[tuple[str, str, int]]] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    unclear: dict[int, str] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    circles: dict[int, list[int]] = field(default_factory=dict)
    nth: dict[int, int] = field(default_factory=dict)
    is_parent: set[int] = field(default_factory=set)


def build(plan: Plan, rows: Iterable[tuple[int, list[str]]]) -> Index:
    """Looks through all rows once."""
    index = Index()
    firsts: dict[tuple[str, ...], int] = {}
    named: dict[str, dict[str, int]] = {}
    wanted: dict[int, str] = {}
    own = plan.target.own
    for number, cells in rows:
        pieces = dict(plan.pieces(cells))
        _note_doubles(plan, index, firsts, number, pieces)
        if own is not None and own.name in plan.readings:
            _note_names(own, named, number, pieces)
            if pieces.get(own.name):
                wanted[number] = pieces[own.name]
    if own is not None:
        _link(plan, own, index, named, wanted)
    return index


def _note_doubles(
    plan: Plan, index: Index, firsts: dict[tuple[str, ...], int], number: int, pieces: dict[str, str]
) -> None:
    if plan.target.is_keyed and not pieces.get(plan.match_on):
        digest = fingerprint(pieces)
        count = firsts.get(("", digest), 0)
        firsts["", digest] = count + 1
        if count:
            index.nth[number] = count
        return
    # Where the target looks at its rows itself, it says which of them say the same.
    for name in () if plan.target.look else _keys(plan, pieces):
        text = pieces.get(name, "")
        if not text:
            continue
        is_partial = name in plan.target.partial
        company = pieces.get(plan.target.within, "") if is_partial else ""
        first = firsts.setdefault((name, text if is_partial else folded(text), company), number)
        if first != number:
            index.doubles.setdefault(number, []).append((name, text, first))


def _keys(plan: Plan, pieces: dict[str, str]) -> list[str]:
    unique = [one.name for one in plan.target.fields if one.unique and one.name in plan.readings]
    keys = list(dict.fromkeys([*unique, *([plan.match_on] if plan.match_on else [])]))
    if plan.target.apart and not any(pieces.get(name) for name in keys):
        # Found by its name alone, as the next row of that name would be.
        return [name for name in plan.target.keys if pieces.get(name)][:1]
    return keys


def fingerprint(pieces: dict[str, str]) -> str:
    """The same for rows that say the same, whatever the order of their columns."""
    text = "\x1f".join(f"{name}\x1e{value}" for name, value in sorted(pieces.items()) if value)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _note_names(own: Field, named: dict[str, dict[str, int]], number: int, pieces: dict[str, str]) -> None:
    """By which texts other rows may mean this one; a text that means several is no address."""
    for name in own.lookup.by if own.lookup else ():
        text = pieces.get(name, "")
        if text:
            known = named.setdefault(name, {})
            known[text] = number if known.get(text, number) == number else 0


def _link(
    plan: Plan, own: Field, index: Index, named: dict[str, dict[str, int]], wanted: dict[int, str]
) -> None:
    use = plan.readings[own.name].use if own.name in plan.readings else None
    by = [use.look_up_by] if use and use.look_up_by else list(own.lookup.by if own.lookup else ())
    for number, text in wanted.items():
        for name in by:
            found = named.get(name, {}).get(text)
            if found == 0:
                index.unclear[number] = text
                break
            if found is not None:
                index.parents[number] = found
                break
    index.is_parent = set(index.parents.values())
    for number in index.parents:
        _measure(index, number)


def _measure(index: Index, number: int) -> None:
    """The depth of a row below the topmost in the file; rows on a circle are named with it."""
    way: list[int] = []
    seen: set[int] = set()
    at = number
    while at in index.parents and at not in index.levels and at not in index.circles:
        if at in seen:
            circle = way[way.index(at) :]
            for row in circle:
                index.circles[row] = [*circle[:MOST_NAMED], at]
            break
        seen.add(at)
        way.append(at)
        at = index.parents[at]
    depth = index.levels.get(at, 0)
    for row in reversed(way):
        if row not in index.circles:
            depth += 1
            index.levels[row] = depth
