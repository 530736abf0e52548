"""The clients know start and end, not left and right: a page in a language from right to left mirrors by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.lints.source import Finding, Source

RULE = "logical-sides"
IN_CSS = re.compile(
    r"(?<![\w-])(?:(?P<box>margin|padding|border|scroll-margin|scroll-padding)-(?P<side>left|right)\b"
    r"|(?P<inset>left|right)\s*:"
    r"|(?P<align>text-align|float|clear)\s*:\s*(?P<to>left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius\b)"
)
IN_CODE = re.compile(
    r"(?<![\w.])(?:(?:margin|padding|border)(?:Left|Right)\b\s*:|textAlign:\s*['\"](?:left|right)['\"])"
)
WHAT = "a side of the screen: say inline-start or inline-end (inset-inline-start, margin-inline-end, text-align: start)"


def look(source: Source) -> Iterator[Finding]:
    """Name every left and right in styles of the web clients."""
    if source.parts[0] != "clients" or "node_modules" in source.parts:
        return
    pattern = IN_CSS if source.name.endswith(".css") else IN_CODE if source.name.endswith(".tsx") else None
    if pattern is None:
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        if found := pattern.search(line):
            yield source.finding(number, RULE, f"'{found.group(0).strip()}' is {WHAT}")
