"""Runs named steps one after another and closes with one summary, whatever happened on the way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.prefix) / "bin"
INTERRUPTED = 130


@dataclass(frozen=True)
class Step:
    """One command; `skip` says why it cannot run here, `empty` is the exit code for "nothing to do"."""

    name: str
    command: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    skip: str = ""
    empty: int | None = None


@dataclass(frozen=True)
class Outcome:
    """How one step ended."""

    name: str
    word: str
    seconds: float
    note: str = ""

    @property
    def is_failure(self) -> bool:
        """Whether this outcome fails the whole run."""
        return self.word == "FAILED"


def program(name: str) -> str:
    """The path of a program that the lock file brought."""
    return str(BIN / name)


def environment(extra: dict[str, str]) -> dict[str, str]:
    """The environment of a step: the project's programs first; an empty value takes a variable away."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    merged = os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1"} | extra
    return {name: value for name, value in merged.items() if value}


def run_step(step: Step) -> Outcome:
    """Run one step and say how it ended."""
    print(f"\n== {step.name}", flush=True)
    if step.skip:
        print(f"skipped: {step.skip}", flush=True)
        return Outcome(step.name, "skipped", 0, step.skip)
    started = time.monotonic()
    try:
        code = subprocess.run(
            step.command, cwd=ROOT, env=environment(step.env), stdin=subprocess.DEVNULL, check=False
        ).returncode
    except FileNotFoundError:
        print(f"{step.command[0]} is not there; run make setup", flush=True)
        code = 127
    seconds = time.monotonic() - started
    if code == 0:
        return Outcome(step.name, "ok", seconds)
    if code == step.empty:
        return Outcome(step.name, "empty", seconds, "nothing to run yet")
    return Outcome(step.name, "FAILED", seconds, f"exit code {code}")


def run_all(steps: list[Step]) -> int:
    """Run every step, also after a failure; print the summary; 0 only when nothing failed."""
    outcomes: list[Outcome] = []
    started = time.monotonic()
    try:
        for step in steps:
            outcomes += [run_step(step)]
    except KeyboardInterrupt:
        print("\ninterrupted")
        return INTERRUPTED
    summarise(outcomes, time.monotonic() - started)
    return int(any(outcome.is_failure for outcome in outcomes))


def summarise(outcomes: list[Outcome], seconds: float) -> None:
    """One line per step and one verdict."""
    print("\n== summary")
    for outcome in outcomes:
        print(f"{outcome.word:>8}  {outcome.seconds:6.1f} s  {outcome.name}  {outcome.note}".rstrip())
    failed = [outcome.name for outcome in outcomes if outcome.is_failure]
    skipped = [outcome.name for outcome in outcomes if outcome.word == "skipped"]
    verdict = f"FAILED: {', '.join(failed)}" if failed else "all passed"
    tail = f"; NOT RUN: {', '.join(skipped)}" if skipped else ""
    print(f"{verdict}{tail}; {seconds:.0f} s", flush=True)
