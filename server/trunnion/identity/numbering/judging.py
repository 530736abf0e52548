"""What a pattern would come to: its next numbers, and why it may not be taken."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from trunnion.identity.queries import get_organisation
from trunnion.kernel import clock
from trunnion.kernel.context import Context
from trunnion.kernel.errors import FieldError, Invalid
from trunnion.kernel.numbers import SERIES, Series, lasts
from trunnion.kernel.patterns import Restart, around, counter_of, faults, meet, write
from trunnion.kernel.policies import KINDS

from .models import Numbering

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A pattern that can be taken: the counter it takes from, the first number, and what that reads."""

    counter: str
    first: int
    examples: list[str]


def judge(ctx: Context, key: str, pattern: str, restarts: Restart, next_from: int | None) -> Judged:
    """What the pattern comes to; raises Invalid that says why numbers would not be told apart."""
    series = SERIES.get(key)
    if series is None:
        raise Invalid.field("/series", "field.enum", expected=", ".join(sorted(SERIES)))
    found = [FieldError("/pattern", code, facts) for code, facts in faults(pattern, restarts, _most(series))]
    if found:
        raise Invalid("invalid_input", errors=found)
    _check_others(ctx, series, pattern)
    day = today(ctx)
    counter = counter_of(key, restarts, day)
    last = lasts(ctx.organisation_id).get(counter, 0)
    if next_from is not None and next_from <= last:
        raise Invalid.field("/next_from", "numbering.backwards", least=last + 1)
    first = next_from or last + 1
    _check_taken(ctx, series, pattern, day, first)
    return Judged(counter, first, [write(pattern, n, day) for n in range(first, first + EXAMPLES)])


def today(ctx: Context) -> date:
    """The day where the organisation is."""
    return clock.today(get_organisation(ctx.organisation_id).zone)


def chosen(ctx: Context) -> dict[str, Numbering]:
    """The series that the organisation writes in its own way."""
    return {row.series: row for row in Numbering.objects.of(ctx)}


def _most(series: Series) -> int:
    length: int | None = KINDS[series.table]._meta.get_field(series.column).max_length  # type: ignore[union-attr]
    return min(length or 20, 40)


def _check_others(ctx: Context, series: Series, pattern: str) -> None:
    own = chosen(ctx)
    for other in SERIES.values():
        theirs = own[other.key].pattern if other.key in own else other.pattern
        if other.key != series.key and meet(pattern, theirs):
            raise Invalid.field("/pattern", "numbering.like_another", kind=other.kind, pattern=theirs)


def _check_taken(ctx: Context, series: Series, pattern: str, day: date, first: int) -> None:
    """Refuses where a number that stands already is one that would still come."""
    before, behind = around(pattern, day)
    model: Any = KINDS[series.table]
    rows = model.objects.of(ctx).filter(**{f"{series.column}__startswith": before})
    shape = re.compile(re.escape(before) + r"(\d{1,9})" + re.escape(behind))
    highest = -1
    for text in rows.values_list(series.column, flat=True).iterator():
        found = shape.fullmatch(text)
        if found is not None and write(pattern, int(found[1]), day) == text:
            highest = max(highest, int(found[1]))
    if highest >= first:
        raise Invalid.field(
            "/pattern", "numbering.taken", number=write(pattern, highest, day), least=highest + 1
        )
