"""Lock files name no package index: everybody installs from the one they trust."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tools.lints.source import Finding, Source

RULE = "address-in-lock"
UNWANTED = ("uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "yarn.lock", "pnpm-lock.yaml")
SETTINGS = (".npmrc", "pip.conf", "uv.toml", ".yarnrc", ".yarnrc.yml", ".pypirc")
ADDRESS = re.compile(
    r"\b(?:https?|git\+\w+|ssh|file)://|--(?:extra-)?index-url|--find-links|--trusted-host", re.IGNORECASE
)


def look(source: Source) -> Iterator[Finding]:
    """Name every address in a lock file or in a package manager's settings."""
    if source.name in UNWANTED:
        yield source.finding(
            1, RULE, "this kind of lock writes addresses: keep requirements*.lock and package-lock.json"
        )
    elif source.name in ("package-lock.json", "npm-shrinkwrap.json"):
        yield from look_at_npm(source)
    elif source.name.endswith(".lock") or source.name in SETTINGS:
        for number, line in enumerate(source.text.splitlines(), 1):
            if found := ADDRESS.search(line):
                yield source.finding(
                    number, RULE, f"'{found.group(0)}': take the address out (make lock writes none)"
                )


def look_at_npm(source: Source) -> Iterator[Finding]:
    """Name packages with an address; where to send donations is no address of a registry."""
    try:
        packages = json.loads(source.text).get("packages", {})
    except json.JSONDecodeError as problem:
        yield source.finding(problem.lineno, RULE, f"cannot be read: {problem.msg}")
        return
    lines = source.text.splitlines()
    for name, package in packages.items():
        address = str(package.get("resolved", ""))
        if ADDRESS.search(address):
            number = next((n for n, line in enumerate(lines, 1) if address in line), 1)
            yield source.finding(
                number, RULE, f"{name}: set omit-lockfile-registry-resolved=true in .npmrc and lock again"
            )
