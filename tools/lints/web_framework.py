"""The web framework is met at the door only, so that every verb can be called from anywhere else."""

from __future__ import annotations

from collections.abc import Iterator

from tools.lints.source import Finding, Source, is_within

FRAMEWORK = ("ninja", "starlette", "django.http", "django.shortcuts", "django.views", "a2wsgi")


def look(source: Source) -> Iterator[Finding]:
    """Name an import of the web framework away from the door."""
    if not source.is_server or is_door(source):
        return
    for line, name in source.imported():
        if is_within(name, FRAMEWORK):
            message = f"{name} only in api.py, http/ and kernel/web: hand plain values on from there"
            yield source.finding(line, "web-framework", message)


def is_door(source: Source) -> bool:
    """Whether this file is one of the places where requests come in."""
    in_web = source.in_kernel and (source.name == "web.py" or source.rooms[1:2] == ("web",))
    return in_web or source.rooms[:1] == ("http",) or source.is_file("api")
