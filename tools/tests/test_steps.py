"""A run of steps goes on after a failure, tells each outcome and fails as a whole."""

from __future__ import annotations

import sys

import pytest

from tools.steps import Step, run_all

OK = Step("fine", (sys.executable, "-c", ""))
BROKEN = Step("broken", (sys.executable, "-c", "raise SystemExit(3)"))


def test_all_steps_run_after_a_failure(capfd: pytest.CaptureFixture[str]) -> None:
    """One failure fails the run, and what follows is still told."""
    assert run_all([BROKEN, OK]) == 1
    said = capfd.readouterr().out
    assert "FAILED" in said
    assert "exit code 3" in said
    assert "FAILED: broken;" in said
    assert " ok " in said


def test_skipped_and_empty_steps_do_not_fail(capfd: pytest.CaptureFixture[str]) -> None:
    """What could not run is said, and does not fail the run."""
    empty = Step("empty", BROKEN.command, empty=3)
    assert run_all([OK, empty, Step("absent", skip="no browser here")]) == 0
    assert "all passed; NOT RUN: absent" in capfd.readouterr().out


def test_a_missing_program_is_a_failure(capfd: pytest.CaptureFixture[str]) -> None:
    """A program that is not installed is named with what helps."""
    assert run_all([Step("gone", ("trunnion-no-such-program",))]) == 1
    assert "run make setup" in capfd.readouterr().out


def test_an_empty_value_takes_a_variable_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step on SQLite never sees the caller's database."""
    monkeypatch.setenv("TRUNNION_DATABASE_URL", "postgres://somewhere/else")
    program = "import os; raise SystemExit('TRUNNION_DATABASE_URL' in os.environ)"
    assert run_all([Step("alone", (sys.executable, "-c", program), {"TRUNNION_DATABASE_URL": ""})]) == 0
