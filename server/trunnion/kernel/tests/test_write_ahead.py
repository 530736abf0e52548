"""The write-ahead log is moved after some writes or when it is large, and not at each write while a reader needs it."""

import pytest
from django.db import connection

from trunnion.kernel import database
from trunnion.kernel.write_ahead import KEPT, MOST, STEP, WriteAheadLog


def test_some_writes_make_it_due_until_it_was_moved():
    log = WriteAheadLog(every=3)
    assert [log.is_due(0, has_written=True) for _ in range(3)] == [False, False, True]
    assert log.is_due(0)
    log.moved(0)
    assert not log.is_due(0)
    assert [log.is_due(0, has_written=True) for _ in range(3)] == [False, False, True]


def test_a_large_log_is_due_and_one_that_a_reader_holds_only_after_it_grew_further():
    log = WriteAheadLog(every=1_000_000)
    assert not log.is_due(MOST - 1, has_written=True)
    assert log.is_due(MOST, has_written=True)
    log.moved(MOST)
    assert not log.is_due(MOST, has_written=True)
    assert not log.is_due(MOST + STEP - 1, has_written=True)
    assert log.is_due(MOST + STEP, has_written=True)
    log.moved(MOST + STEP)
    # It began anew, and a large log is due again as the first was.
    assert not log.is_due(KEPT, has_written=True)
    assert log.is_due(MOST, has_written=True)


def test_one_moves_it_for_all(monkeypatch):
    moves = []
    monkeypatch.setattr(database, "_log", WriteAheadLog(every=1))
    monkeypatch.setattr(database, "_move_log", lambda: moves.append(1))
    monkeypatch.setattr(database, "_log_bytes", lambda: 0)
    assert database._log.is_due(0, has_written=True)
    with database._mover:
        database._checkpoint()
    assert moves == []
    database._checkpoint()
    database._checkpoint()
    assert moves == [1]


@pytest.mark.django_db
def test_marks_of_values_are_put_in_and_percent_signs_stay():
    with connection.cursor() as cursor:
        for value in ("a", "b"):
            cursor.execute("SELECT %s || '%%s' || '100%%'", [value])
            assert cursor.fetchone() == (f"{value}%s100%",)
