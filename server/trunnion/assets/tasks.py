"""The clock's work of assets: what lies idle is found, and what ends soon is told once."""

from datetime import timedelta

from trunnion.kernel import journal
from trunnion.kernel.context import system
from trunnion.kernel.database import reading
from trunnion.kernel.jobs import Progress, every

from .commands import deadline, idle
from .queries.deadlines import due_soon
from .queries.idle import find_idle, find_used_again


@every(timedelta(hours=1), "assets.deadlines")
def watch_deadlines(progress: Progress) -> int:
    """Warns of warranties that end and of inspections that fall due, by the day of each place."""
    told = 0
    for organisation_id in journal.organisations():
        ctx = system(organisation_id)
        with reading(organisation_id):
            lines = due_soon(ctx)
        for line in lines:
            told += deadline.announce(
                ctx, asset_id=line.asset_id, certificate_id=line.certificate_id, due_on=line.due_on,
                days_left=line.days_left,
            )  # fmt: skip
        progress(told, told)
    return told


@every(timedelta(hours=12), "assets.idle")
def watch_idle(progress: Progress) -> int:
    """Finds what nobody has used for longer than its class allows, and counts the days of what was found."""
    found = 0
    for organisation_id in journal.organisations():
        ctx = system(organisation_id)
        with reading(organisation_id):
            fresh, used = find_idle(ctx), find_used_again(ctx)
        for one in fresh:
            made = idle.find(ctx, asset_id=one.asset_id, cause=one.cause, idle_since_at=one.since_at)
            found += made is not None
        for finding_id in used:
            idle.dismiss(ctx, finding_id=finding_id, reason="used_again")
        idle.count(ctx)
        progress(found, found)
    return found
