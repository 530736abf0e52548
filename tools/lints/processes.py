"""Other programs are started by tools, operations and the command line only, never by a request."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lints.source import Finding, Source, is_within

RULE = "subprocess"
MODULES = ("subprocess", "pty", "pexpect")
CALLS = (
    "os.system",
    "os.popen",
    "os.fork",
    "asyncio.create_subprocess_exec",
    "asyncio.create_subprocess_shell",
)
PREFIXES = ("os.exec", "os.spawn", "os.posix_spawn")


def look(source: Source) -> Iterator[Finding]:
    """Name each start of another program in what users run."""
    is_command_line = source.path == "server/trunnion/cli.py" or source.rooms[:1] == ("cli",)
    if not source.is_server or is_command_line:
        return
    message = (
        "starts a program: only tools/, ops/ and cli may; look for a library or make it a job of operations"
    )
    for line, name in source.imported():
        if is_within(name, MODULES):
            yield source.finding(line, RULE, f"{name} {message}")
    for call, name in source.calls():
        if name in CALLS or name.startswith(PREFIXES):
            yield source.finding(call.lineno, RULE, f"{name} {message}")
