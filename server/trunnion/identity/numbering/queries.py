"""Reads of numbering: every series with how it is written, and what a pattern would come to."""

from typing import Any

from trunnion.identity.queries import get_organisation
from trunnion.kernel.context import Context
from trunnion.kernel.numbers import SERIES, Written, lasts, written_by
from trunnion.kernel.patterns import Restart, counter_of, write
from trunnion.kernel.permissions import declare

from .judging import chosen, judge, today
from .models import Numbering

READ = declare("identity.numbering.read")


def get_numbering(ctx: Context) -> dict[str, Any]:
    """Every series: how it is written, by whom that was chosen, and its next number."""
    own, counters, day = chosen(ctx), lasts(ctx.organisation_id), today(ctx)
    rows = []
    for series in sorted(SERIES.values(), key=lambda one: one.kind):
        row = own.get(series.key)
        pattern, restarts = (row.pattern, Restart(row.restarts)) if row else (series.pattern, Restart.NEVER)
        last = counters.get(counter_of(series.key, restarts, day), 0)
        rows.append({
            "id": row.id if row else None, "series": series.key, "kind": series.kind, "pattern": pattern,
            "default": series.pattern, "restarts": restarts, "is_own": row is not None,
            "next": write(pattern, last + 1, day), "changed_at": row.changed_at if row else None,
        })  # fmt: skip
    return {"rows": rows}


def get_preview(
    ctx: Context, series: str, pattern: str, restarts: Restart = Restart.NEVER, next_from: int | None = None
) -> dict[str, Any]:
    """The next numbers that a pattern would give; refused where it could not be taken."""
    return {"next": judge(ctx, series, pattern, restarts, next_from).examples}


def written(ctx: Context, series: str) -> Written | None:
    """How the organisation writes a series; None where in the usual way."""
    row = Numbering.objects.of(ctx).filter(series=series).values_list("pattern", "restarts").first()
    if row is None:
        return None
    return Written(row[0], Restart(row[1]), get_organisation(ctx.organisation_id).zone)


written_by(written)
