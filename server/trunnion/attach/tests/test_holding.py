"""Whoever reads contents keeps the sweeper away for as long as they live, and not a day longer."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from trunnion.attach import storage

HOLDER = """
import fcntl, sys, time
mark = open(sys.argv[1], "wb")
fcntl.flock(mark, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def marks():
    folder = settings.ENVIRONMENT.folder("holds")
    assert list(folder.iterdir()) == []
    return folder


def long_ago(mark: Path) -> None:
    then = time.time() - storage.HELD_SECONDS - 5
    os.utime(mark, (then, then))


def test_a_block_holds_and_leaves_no_mark(marks):
    assert not storage.is_held()
    with storage.held(), storage.held():
        for mark in marks.iterdir():
            # Asleep for longer than anybody waits, and yet it lives.
            long_ago(mark)
        assert storage.is_held()
        assert len(list(marks.iterdir())) == 2
    assert list(marks.iterdir()) == []
    assert not storage.is_held()


def test_a_killed_process_holds_nothing_for_long(marks):
    mark = marks / "killed"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(mark)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        long_ago(mark)
        assert storage.is_held()
    finally:
        holder.kill()
        holder.wait()
    assert not storage.is_held()
    assert list(marks.iterdir()) == []


def test_a_young_mark_counts_where_its_lock_is_not_seen(marks):
    """Another machine's locks may not be seen here; that it is made young again is."""
    mark = marks / "elsewhere"
    mark.touch()
    assert storage.is_held()
    long_ago(mark)
    assert not storage.is_held()


def test_a_mark_is_made_young_again(marks, monkeypatch):
    monkeypatch.setattr(storage, "BEAT_SECONDS", 0.05)
    with storage.held():
        mark = next(marks.iterdir())
        long_ago(mark)
        until = time.monotonic() + 20
        while mark.stat().st_mtime < time.time() - storage.HELD_SECONDS and time.monotonic() < until:
            time.sleep(0.02)
        assert mark.stat().st_mtime > time.time() - storage.HELD_SECONDS
