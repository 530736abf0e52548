"""Working time adds up over nights, holidays, moved workdays and daylight saving."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.kernel.calendars import Calendar, NoWorkingTime, round_the_clock

OFFICE = ((time(8), time(12)), (time(13), time(18)))
SHANGHAI = Calendar(
    "Asia/Shanghai",
    dict.fromkeys(range(5), OFFICE),
    # The National Day week of 2026, with the Saturday worked for it.
    {date(2026, 10, d): () for d in range(1, 8)} | {date(2026, 10, 10): OFFICE},
)


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_four_hours_from_five_in_the_afternoon_end_the_next_morning():
    assert SHANGHAI.after(at("2026-09-14T17:00"), 240) == at("2026-09-15T11:00")


def test_the_holiday_week_is_skipped_and_the_moved_saturday_counts():
    assert SHANGHAI.after(at("2026-09-30T17:00"), 120) == at("2026-10-08T09:00")
    assert SHANGHAI.minutes_between(at("2026-10-10T00:00"), at("2026-10-11T00:00")) == 540


def test_a_day_of_changed_clocks_is_an_hour_shorter():
    clock = round_the_clock("Europe/Berlin")
    begin = at("2026-03-29T00:00", "Europe/Berlin")
    assert clock.minutes_between(begin, at("2026-03-30T00:00", "Europe/Berlin")) == 23 * 60


def test_no_working_time_is_refused():
    with pytest.raises(NoWorkingTime):
        Calendar("UTC", {}).after(datetime(2026, 1, 1, tzinfo=UTC), 1)


@given(st.integers(0, 60 * 24 * 30), st.integers(1, 6000))
def test_what_after_gives_minutes_between_takes_back(offset, minutes):
    begin = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=offset)
    assert SHANGHAI.minutes_between(begin, SHANGHAI.after(begin, minutes)) == minutes
