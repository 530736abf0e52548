"""The nightly copy in a process of its own, at low priority: it takes nothing from those who are served meanwhile."""

import os
import signal
import subprocess  # allow(subprocess): reading and packing everything would slow down every answer of this process
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import msgspec

import trunnion
from trunnion.kernel.errors import Refusal

from .making import Told

COMMAND = ("-c", "from trunnion.cli import main; main()", "backup", "--night", "--told")
# Of 19: whatever else wants the machine goes first.
NICE = 10
LAST_WORDS = 300
SAID_EVERY = 0.5
GRACE = 10.0


class Word(msgspec.Struct, omit_defaults=True):
    """One line from the process: how far it is, or what it has made, or why it could not."""

    done: int = 0
    made: dict[str, Any] | None = None
    failed: str = ""


class Failed(Refusal):
    """The copy could not be made; the process has noted it, unless it ended without a word."""

    def __init__(self, reason: str, *, is_noted: bool) -> None:
        super().__init__("backup.failed", reason=reason[:LAST_WORDS])
        self.reason, self.is_noted = reason, is_noted


def keep_one(told: Told) -> dict[str, Any]:
    """Makes and proves a copy over there; returns what it counts, with the most memory that it took."""
    # Whatever ends this process ends the other one as well: nobody listens to it any more.
    with tempfile.TemporaryFile() as errors, subprocess.Popen(
        [sys.executable, *COMMAND], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
        env=_environment(),
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None  # noqa: S101  (it was asked for above)
            last = _heard(process.stdout, told)
        except BaseException:
            _end(process)
            raise
        code = process.wait()
        if last.made is not None and code == 0:
            return last.made
        if last.failed:
            raise Failed(last.failed, is_noted=True)
        raise Failed(_ending(code, errors), is_noted=False)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Lets the process clear up behind itself; one that does not listen is ended all the same."""
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def _environment() -> dict[str, str]:
    """Ours, and where this program lies, from wherever it was started."""
    ways = (str(Path(trunnion.__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, ways))}


def _heard(stream: IO[bytes], told: Told) -> Word:
    last = Word()
    for line in stream:
        last = msgspec.json.decode(line, type=Word)
        if last.done:
            told(last.done, 0)
    return last


def _ending(code: int, errors: IO[bytes]) -> str:
    errors.seek(0)
    words = errors.read().decode(errors="replace").strip().splitlines()
    how = f"signal {-code}, perhaps for want of memory" if code < 0 else f"exit code {code}"
    return f"the process ended with {how}" + (f": {words[-1]}" if words else "")


def work(make: Callable[[Told], dict[str, Any]], out: IO[bytes]) -> int:
    """What runs over there: makes way for others, says line by line how far it is; returns the exit code."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    said = 0.0

    def told(done: int, _total: int) -> None:
        nonlocal said
        if time.monotonic() - said > SAID_EVERY:
            said = time.monotonic()
            _say(out, Word(done=done))

    try:
        made = make(told)
    except Exception as fault:  # noqa: BLE001  (it is told to the process that asked)
        _say(out, Word(failed=f"{type(fault).__name__}: {fault}"))
        return 1
    _say(out, Word(made={**made, "peak_mib": _peak()}))
    return 0


def _say(out: IO[bytes], word: Word) -> None:
    try:
        out.write(msgspec.json.encode(word) + b"\n")
        out.flush()
    except BrokenPipeError:
        # Whoever asked for the copy is gone; half a copy is removed by the next one.
        os._exit(1)


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
