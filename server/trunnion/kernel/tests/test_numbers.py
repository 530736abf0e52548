"""Numbers are unique, rise, and make nobody wait, however many threads ask for them at once."""

import pytest
from django.db import connection, transaction

from trunnion.kernel.database import writing
from trunnion.kernel.numbers import next_number, next_numbers

from .builders import in_threads, person


def taken(ctx, series: str, count: int = 1) -> list[str]:
    with writing(), transaction.atomic():
        return next_numbers(ctx, series, count)


def test_numbers_rise_from_one_in_each_series_and_organisation(here, there):
    assert [next_number(here, "WO") for _ in range(3)] == ["WO-000001", "WO-000002", "WO-000003"]
    assert next_number(here, "A", width=3) == "A-001"
    assert next_number(there, "WO") == "WO-000001"
    assert next_numbers(here, "WO", 3) == ["WO-000004", "WO-000005", "WO-000006"]
    assert next_numbers(here, "WO", 0) == []


@pytest.mark.parametrize("series", ["", "W-O", 'WO"; DROP TABLE x; --', "W O", "x" * 40, "水'"])
def test_a_series_is_letters_and_digits(here, series):
    with pytest.raises(ValueError, match="series"):
        next_number(here, series)


@pytest.mark.django_db(transaction=True)
def test_thirty_two_threads_never_get_the_same_number():
    ctx = person()
    answers = in_threads(*[lambda: [*taken(ctx, "WO"), *taken(ctx, "WO", 3)]] * 32)
    numbers = [n for answer in answers for n in answer]
    assert len(numbers) == len(set(numbers)) == 128


@pytest.mark.django_db(transaction=True)
def test_an_undone_verb_gives_its_number_to_nobody_else_at_the_same_time():
    ctx = person()
    taken(ctx, "WO")

    def undone() -> None:
        with writing(), transaction.atomic():
            next_number(ctx, "WO")
            raise ZeroDivisionError

    answers = in_threads(*[undone, lambda: taken(ctx, "WO")] * 8)
    numbers = [a[0] for a in answers if isinstance(a, list)]
    assert len(numbers) == len(set(numbers)) == 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_nobody_waits_for_a_number_that_another_verb_holds():
    ctx = person()
    taken(ctx, "WO")
    with transaction.atomic():
        assert next_number(ctx, "WO") == "WO-000002"
        assert in_threads(lambda: taken(ctx, "WO")) == [["WO-000003"]]
