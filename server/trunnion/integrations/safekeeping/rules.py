"""Which copies are kept, and when the next one is due: pure decisions."""

from datetime import datetime, timedelta

DAILY = 7
WEEKLY = 4
# The hours of the night in which a copy is made, on the clock of the installation's first organisation.
NIGHT = range(1, 5)
AT_LEAST = timedelta(hours=20)
# A machine that is switched off at night makes its copy by day.
AT_MOST = timedelta(hours=36)
# So old is the newest proved copy when somebody has to look.
STALE = timedelta(hours=50)


def is_due(newest: datetime | None, now: datetime) -> bool:
    """Whether a copy is to be made; `now` is on the installation's own clock."""
    if newest is None:
        return now.hour in NIGHT
    age = now - newest
    return age >= AT_MOST or (age >= AT_LEAST and now.hour in NIGHT)


def kept(made: list[datetime]) -> set[datetime]:
    """Of copies made at these times those to keep: the newest of each of the last days and of the last weeks."""
    days: dict[str, datetime] = {}
    weeks: dict[tuple[int, int], datetime] = {}
    for one in sorted(made):
        days[one.date().isoformat()] = one
        weeks[one.isocalendar()[:2]] = one
    return {*sorted(days.values())[-DAILY:], *sorted(weeks.values())[-WEEKLY:]}
