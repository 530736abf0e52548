"""Verbs on numbering."""

from typing import Annotated

from pydantic import Field, StringConstraints

from trunnion.kernel.command import command
from trunnion.kernel.context import Context
from trunnion.kernel.errors import Invalid
from trunnion.kernel.numbers import SERIES, go_on_after
from trunnion.kernel.patterns import DIGITS, LONGEST, Restart
from trunnion.kernel.unit import about

from .judging import judge
from .models import Numbering

Key = Annotated[str, StringConstraints(max_length=20)]
Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
First = Annotated[int, Field(ge=1, lt=10**DIGITS)]


@command("identity.numbering.set")
def set_(
    ctx: Context,
    series: Key,
    pattern: Pattern,
    restarts: Restart = Restart.NEVER,
    next_from: First | None = None,
) -> None:
    """Writes the numbers of a series in this way from the next record on; numbers that stand stay as they are."""
    found = judge(ctx, series, pattern, restarts, next_from)
    row = Numbering.objects.of(ctx).filter(series=series).select_for_update().first() or Numbering(
        series=series
    )
    row.pattern, row.restarts = pattern, restarts
    about(Numbering.kind, row.id)
    row.save()
    if next_from is not None:
        go_on_after(ctx.organisation_id, found.counter, found.first - 1)


@command("identity.numbering.reset")
def reset(ctx: Context, series: Key) -> None:
    """Writes the numbers of a series in the usual way again."""
    if series not in SERIES:
        raise Invalid.field("/series", "field.enum", expected=", ".join(sorted(SERIES)))
    row = Numbering.objects.of(ctx).filter(series=series).select_for_update().first()
    about("identity.organisation", ctx.organisation_id)
    if row is None:
        return
    judge(ctx, series, SERIES[series].pattern, Restart.NEVER, None)
    about(Numbering.kind, row.id)
    row.delete()
