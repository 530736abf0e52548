"""Days: months later, and the instant at which a day begins in a zone."""

from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def months_later(day: date, months: int) -> date:
    """The same day some months later; the last of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day of an instant in a zone."""
    return moment.astimezone(ZoneInfo(zone or "UTC")).date()


def begin_of(day: date, zone: str) -> datetime:
    """The first instant of a day in a zone."""
    return datetime.combine(day, time(), ZoneInfo(zone or "UTC"))
