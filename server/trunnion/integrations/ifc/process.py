"""Runs the reader of IFC files as a process of its own, with limits, and takes its facts line by line."""

import subprocess  # allow(subprocess): a foreign parser must not be able to bring the server down
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec

from trunnion.integrations.cobie.types import WorkbookRefused

# Told by its path: this process never imports it, nor what it imports.
WORKER = Path(__file__).with_name("worker.py")
EXTRA = "pip install 'trunnion[ifc]'"
HEAD, TAIL = b"ISO-10303-21", b"END-ISO-10303-21"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for."""

    file_bytes: int = 150 * 1024**2
    memory_bytes: int = 3 * 1024**3
    seconds: int = 300
    line_bytes: int = 8 * 1024**2
    facts: int = 1_000_000
    python: str = sys.executable


Fact = dict[str, Any]


def facts(path: Path, limits: Limits | None = None) -> Iterator[Fact]:
    """The facts of a file; raises WorkbookRefused where there are none to be had."""
    bounds = limits or Limits()
    _look_at(path, bounds)
    command = [
        bounds.python,
        "-I",
        "-B",
        str(WORKER),
        str(path),
        str(bounds.memory_bytes),
        str(bounds.seconds),
    ]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LANG": "C.UTF-8"},
        close_fds=True,
    ) as process:  # fmt: skip
        # Seconds of work are limited inside; this one ends a process that waits for ever.
        clock = threading.Timer(bounds.seconds + 5, process.kill)
        clock.start()
        try:
            assert process.stdout is not None  # noqa: S101  (it was asked for two lines above)
            yield from _told(process.stdout, bounds)
        finally:
            clock.cancel()
            process.kill()


def _look_at(path: Path, limits: Limits) -> None:
    """Refuses what needs no parser to be refused."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise WorkbookRefused("ifc.file_too_large", bytes=size, limit_bytes=limits.file_bytes)
    with path.open("rb") as source:
        start = source.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
        source.seek(max(0, size - 4096))
        end = source.read()
    if not start.startswith(HEAD):
        raise WorkbookRefused("ifc.not_ifc")
    if TAIL not in end:
        raise WorkbookRefused("ifc.truncated")


def _told(stream: IO[bytes], limits: Limits) -> Iterator[Fact]:
    count, decoder = 0, msgspec.json.Decoder()
    while True:
        line = stream.readline(limits.line_bytes + 1)
        if len(line) > limits.line_bytes:
            raise WorkbookRefused("ifc.too_much", most=limits.facts)
        if not line.endswith(b"\n"):
            # It ended without a word: killed by a limit, or brought down by the file.
            raise WorkbookRefused("ifc.stopped", seconds=limits.seconds, megabytes=limits.memory_bytes >> 20)
        fact: Fact = decoder.decode(line)
        word = fact["is"]
        if word == "end":
            return
        if word == "not_installed":
            raise WorkbookRefused("ifc.not_installed", command=EXTRA)
        if word == "unreadable":
            raise WorkbookRefused("ifc.unreadable", reason=fact["reason"])
        if word == "too_much":
            raise WorkbookRefused("ifc.stopped", seconds=limits.seconds, megabytes=limits.memory_bytes >> 20)
        count += 1
        if count > limits.facts:
            raise WorkbookRefused("ifc.too_much", most=limits.facts)
        yield fact
