"""Single cells: exact text, numbers, instants and lists."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunnion.integrations.cobie import cells


@pytest.mark.parametrize("raw", [None, "", "  ", "n/a", " N/A ", "#REF!", "#N/A", "\u200b"])
def test_cells_that_say_nothing(raw: str | None) -> None:
    assert cells.meaning(raw) is None


@pytest.mark.parametrize("raw", ["0", "none", "-", "NA", "no"])
def test_short_texts_that_do_say_something(raw: str) -> None:
    assert cells.meaning(raw) == raw


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (61853.0, "61853"),
        (0.1, "0.1"),
        (-0.0, "0"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        (True, "true"),
        (12, "12"),
        (date(2010, 8, 25), "2010-08-25"),
        (datetime.fromisoformat("2011-09-08T12:00:29"), "2011-09-08T12:00:29"),
        (time(8, 30), "08:30:00"),
        (timedelta(days=1, hours=18), "42:00:00"),
        (None, ""),
    ],
)
def test_text_of_each_type_of_cell(value: object, text: str) -> None:
    assert cells.text_of(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_digit_of_a_number_is_lost(value: float) -> None:
    text = cells.exact_number(value)
    assert float(text) == value
    assert "e" not in text.lower()


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), ("-3.50", "-3.50"), ("1e3", "1E+3"), ("１２", "12"), (".5", "0.5")],
)
def test_numbers(text: str, number: str) -> None:
    assert cells.decimal_of(text) == Decimal(number)


@pytest.mark.parametrize("text", ["CIC 5", "1,234.5", "12 m", "", "NaN", "Infinity", "1_000", "1e9999"])
def test_what_is_not_a_number(text: str) -> None:
    assert cells.decimal_of(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2011-05-25T19:06:43", datetime(2011, 5, 25, 19, 6, 43, tzinfo=UTC)),
        (
            "2011-09-27T16:15:03.421-05:00",
            datetime(2011, 9, 27, 16, 15, 3, 421000, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("2012-01-02 03:04Z", datetime(2012, 1, 2, 3, 4, tzinfo=UTC)),
        ("2010-08-25", datetime(2010, 8, 25, tzinfo=UTC)),
        ("2010/8/5", datetime(2010, 8, 5, tzinfo=UTC)),
        ("2024年5月1日", datetime(2024, 5, 1, tzinfo=UTC)),
    ],
)
def test_instants(text: str, moment: datetime) -> None:
    assert cells.moment_of(text, UTC) == moment


@pytest.mark.parametrize(
    "text",
    [
        "25/05/2011",
        "2011-09-27T16:15:82",
        "2011-02-30",
        "InstallationDate",
        "2011",
        "2011-01-01T00:00:00+99:00",
    ],
)
def test_what_is_not_an_instant(text: str) -> None:
    assert cells.moment_of(text, UTC) is None


def test_an_instant_without_offset_is_meant_in_the_given_zone() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert cells.moment_of("2024-05-01T08:00:00", shanghai) == datetime(2024, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("serial", "from_1904", "text"),
    [
        (41236.0, False, "2012-11-23"),
        (41236.7288, False, "2012-11-23T17:29:28"),
        (39774.0, True, "2012-11-23"),
        (-1.0, False, None),
        (1e12, False, None),
    ],
)
def test_day_numbers(serial: float, from_1904: bool, text: str | None) -> None:
    assert cells.day_of_serial(serial, from_1904=from_1904) == text


def test_lists_are_split_on_what_people_write() -> None:
    assert cells.split_list("A104, A101;A102，A103、 ,n/a\nA105") == ("A104", "A101", "A102", "A103", "A105")


def test_a_known_name_with_a_comma_stays_whole() -> None:
    known = {"hall, east", "r1", "a, b, c"}
    assert cells.split_list("R1, Hall, East, A, b, c, X", known) == ("R1", "Hall, East", "A, b, c", "X")


@given(st.lists(st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9 ,;-]{0,8}[A-Za-z0-9])?", fullmatch=True), max_size=5))
def test_taking_a_list_apart_loses_no_letter(names: list[str]) -> None:
    text = ", ".join(names)
    parts = cells.split_list(text, {cells.matched(name) for name in names})
    assert [c for c in "".join(parts) if c not in " ,;"] == [c for c in text if c not in " ,;"]


def test_placeholders_are_cells_that_repeat_their_column() -> None:
    assert cells.is_placeholder("SerialNumber", "serialnumber")
    assert not cells.is_placeholder("SerialNumber", "4711")
