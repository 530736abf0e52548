"""Suggests what each column means: by its heading's words in both languages, and by what its cells hold."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from trunnion.kernel.quantity import ucum_of

from .cells import CellFault, Reading, day_of
from .declare import TARGETS, Field, Kind, Target
from .resolve import Resolver, is_id
from .synonyms import folded, headings_of, unit_in, values_of, without_brackets, zone_in
from .types import ColumnUse, DateOrder, Mapping

# Below this a likeness of headings is chance.
LIKE_ENOUGH = 84
SURE, LIKELY, GUESSED = 1.0, 0.8, 0.5
# A column of bare values is taken for a field only where nearly all of its cells fit.
MOST_CELLS_FIT = 0.9
_SERIAL = re.compile(r"^(?=.*\d)[A-Z0-9][A-Z0-9./_-]{5,}$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One column: the field that it probably fills, how sure that is (0 to 1), and what must be asked."""

    column: int
    heading: str
    field: str
    confidence: float
    reason: str
    question: str = ""
    date_order: DateOrder | None = None
    unit: str = ""
    samples: tuple[str, ...] = ()
    zone: str = ""


def suggest(
    target: Target, headings: Sequence[str], columns: Sequence[Sequence[str]], resolver: Resolver
) -> list[Suggestion]:
    """A suggestion for every column; each field is given once, to the column that fits it best."""
    known = headings_of(target)
    found = [_by_heading(known, at, text, columns[at]) for at, text in enumerate(headings)]
    taken: dict[str, int] = {}
    for one in sorted(found, key=_rank):
        if one.field:
            taken.setdefault(one.field, one.column)
    result = []
    for said in found:
        one = _nothing(said) if said.field and taken[said.field] != said.column else said
        better = one if one.field else _by_values(target, one, columns[one.column], set(taken), resolver)
        if better.field:
            taken.setdefault(better.field, better.column)
        result.append(_asked(target, better, columns[better.column]))
    return result


def as_mapping(target: str, suggestions: Sequence[Suggestion]) -> Mapping:
    """The suggestions as a mapping, to be put right by a person."""
    uses = tuple(
        ColumnUse(one.column, one.field, date_order=one.date_order, unit=one.unit, zone=one.zone or None)
        for one in suggestions
        if one.field
    )
    filled = {use.field for use in uses}
    match_on = next((key for key in TARGETS[target].keys if key in filled), "")
    return Mapping(uses, match_on=match_on)


def _rank(one: Suggestion) -> tuple[float, bool, bool]:
    """Of two columns for one field the surer one; a column of records' own ids before one of numbers or names."""
    return (-one.confidence, not one.samples, not all(is_id(text) for text in one.samples))


def _nothing(one: Suggestion) -> Suggestion:
    return Suggestion(one.column, one.heading, "", 0, "", samples=one.samples)


def _by_heading(known: dict[str, str], at: int, heading: str, cells: Sequence[str]) -> Suggestion:
    samples = tuple(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))[:3]
    for text in (heading, without_brackets(heading)):
        key = folded(text)
        if key and key in known:
            return Suggestion(at, heading, known[key], SURE, "heading", samples=samples)
    key = folded(without_brackets(heading))
    if len(key) >= 2:
        found = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
        if found is not None:
            return Suggestion(
                at, heading, known[found[0]], round(found[1] / 100 * 0.9, 2), "alike", samples=samples
            )
    return Suggestion(at, heading, "", 0, "", samples=samples)


def _by_values(
    target: Target, one: Suggestion, cells: Sequence[str], taken: set[str], resolver: Resolver
) -> Suggestion:
    said = [cell.strip() for cell in cells if cell.strip()]
    if len(said) < 3:
        return one
    free = [field for field in target.fields if field.name not in taken and field.label is None]
    for field in free:
        test = _test_of(target, field, resolver, said)
        if test is not None and sum(map(test, said)) >= MOST_CELLS_FIT * len(said):
            sure = LIKELY if field.kind is Kind.REFERENCE else GUESSED
            return Suggestion(one.column, one.heading, field.name, sure, "values", samples=one.samples)
    return one


def _test_of(
    target: Target, field: Field, resolver: Resolver, said: list[str]
) -> Callable[[str], bool] | None:
    if field.kind is Kind.CHOICE:
        values = values_of(target.name, field.name)
        return lambda text: folded(text) in values and not text.isdigit()
    if field.kind is Kind.REFERENCE and field.lookup is not None and not field.is_own:
        known = resolver.find(field.lookup, said)
        return lambda text: known[text] is not None
    if field.name == "serial" and len(set(said)) == len(said):
        return lambda text: _SERIAL.match(text) is not None and not _is_day(text)
    return None


def _is_day(text: str) -> bool:
    try:
        day_of(text, DateOrder.DMY)
    except CellFault:
        return False
    return True


def _asked(target: Target, one: Suggestion, cells: Sequence[str]) -> Suggestion:
    """Finds out what the column's own cells can tell; what they leave open is asked."""
    field = target.field(one.field) if one.field else None
    if field is None:
        return one
    question, order, unit = "", None, ""
    zone = zone_in(one.heading) if field.kind is Kind.INSTANT else ""
    if field.kind in (Kind.DAY, Kind.INSTANT):
        order, question = _order_of(cells)
    if field.kind in (Kind.NUMBER, Kind.DURATION, Kind.WHOLE):
        unit = ucum_of(unit_in(one.heading)) or ""
        if any(_unclear(target, field, cell) for cell in cells):
            question = "decimals"
    return Suggestion(
        one.column, one.heading, one.field, one.confidence, one.reason, question, order, unit, one.samples, zone
    )  # fmt: skip


def _order_of(cells: Sequence[str]) -> tuple[DateOrder | None, str]:
    pairs = [(int(m[1]), int(m[2])) for cell in cells if (m := _DAY_FIRST.match(cell.strip()))]
    if not pairs:
        return None, ""
    if any(first > 12 for first, _ in pairs):
        return DateOrder.DMY, ""
    if any(second > 12 for _, second in pairs):
        return DateOrder.MDY, ""
    return None, "date_order"


def _unclear(target: Target, field: Field, cell: str) -> bool:
    try:
        Reading(target.name, field, ColumnUse(0, field.name), "UTC", frozenset()).value(cell)
    except CellFault as fault:
        return fault.code == "table.decimals_unclear"
    return False
