"""No path of somebody's own machine: the checkout works wherever it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.lints.source import Finding, Source

HOME = re.compile(r"(?<![\w.:/-])(?:/home/\w[\w.-]*/|/Users/\w[\w.-]*/|/(?:root)/)|\b[A-Za-z]:\\+Users\\+\w+")
PICTURES = (".svg", ".ipynb")


def look(source: Source) -> Iterator[Finding]:
    """Name each line that speaks of a home folder."""
    if source.name.endswith(PICTURES):
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        if found := HOME.search(line):
            place = "the repository, TRUNNION_HOME or a temporary folder"
            message = f"'{found.group(0)}' exists on one machine: start from {place}"
            yield source.finding(number, "machine-path", message)
