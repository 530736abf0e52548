"""No module is called by a name that says nothing about what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lints.source import Finding, Source

BANNED = ("util", "helper", "common", "base", "misc", "manager")
CODE = (".py", ".ts", ".tsx", ".js", ".mjs", ".css")


def look(source: Source) -> Iterator[Finding]:
    """Name a module or a folder of modules with a banned name."""
    if not source.name.endswith(CODE):
        return
    for part in source.parts:
        stem = part.split(".")[0].lower()
        if stem.removesuffix("s") in BANNED:
            yield source.finding(
                1, "banned-name", f"'{part}' could hold anything: name it after the one thing in it"
            )
