"""Working time: weekly hours, holidays and moved workdays in a zone, and sums over them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Span = tuple[time, time]
# A calendar without any working hour would be searched for ever.
LONGEST_SEARCH_DAYS = 3660


class NoWorkingTime(ValueError):
    """The calendar has no working time within ten years."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When work is done: spans for each weekday (0 is Monday), in the wall time of `zone`.

    `days` overrules single days: an empty tuple is a holiday, spans make a moved workday (调休). Spans of one day are
    in order and do not overlap; one that ends at 00:00 runs to the end of its day.
    """

    zone: str
    week: Mapping[int, tuple[Span, ...]]
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def spans_of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The working spans of a calendar day as instants; daylight saving makes them longer or shorter."""
        zone = ZoneInfo(self.zone)
        for begin, end in self.days.get(day, self.week.get(day.weekday(), ())):
            last = day if end > begin else day + timedelta(days=1)
            yield (
                datetime.combine(day, begin, zone).astimezone(UTC),
                datetime.combine(last, end, zone).astimezone(UTC),
            )

    def minutes_between(self, begin: datetime, end: datetime) -> int:
        """Whole working minutes from one instant to another; 0 when the end is not after the beginning."""
        total, day = timedelta(), begin.astimezone(ZoneInfo(self.zone)).date()
        last = end.astimezone(ZoneInfo(self.zone)).date()
        while day <= last:
            for opens, closes in self.spans_of(day):
                total += max(min(closes, end) - max(opens, begin), timedelta())
            day += timedelta(days=1)
        return int(total.total_seconds() // 60)

    def after(self, begin: datetime, minutes: int) -> datetime:
        """The instant at which so many working minutes have passed; raises NoWorkingTime."""
        left, day = timedelta(minutes=minutes), begin.astimezone(ZoneInfo(self.zone)).date()
        for _ in range(LONGEST_SEARCH_DAYS):
            for opens, closes in self.spans_of(day):
                start = max(opens, begin)
                if closes > start:
                    if closes - start >= left:
                        return start + left
                    left -= closes - start
            day += timedelta(days=1)
        raise NoWorkingTime(self.zone)


def round_the_clock(zone: str = "UTC") -> Calendar:
    """Every minute of every day."""
    always = ((time(0), time(0)),)
    return Calendar(zone, dict.fromkeys(range(7), always))
