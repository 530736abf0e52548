"""The one place that asks what time it is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day in an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def minutes(count: float) -> timedelta:
    """A length of time."""
    return timedelta(minutes=count)
