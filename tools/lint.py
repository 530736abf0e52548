"""Runs the house lints over a repository: `python tools/lint.py [ROOT]`; a finding says what is right."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

# So that `python tools/lint.py` works like `python -m tools.lint`.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.lints import (
    addresses,
    datetimes,
    foreign_keys,
    left_behind,
    length,
    logical_sides,
    machine_paths,
    module_sentence,
    names,
    outbound,
    processes,
    quiet_tables,
    raw_sql,
    reads_and_writes,
    web_framework,
    words,
)
from tools.lints.source import Finding, Source

LINTS: tuple[ModuleType, ...] = (
    addresses,
    datetimes,
    foreign_keys,
    left_behind,
    length,
    logical_sides,
    machine_paths,
    module_sentence,
    names,
    outbound,
    processes,
    quiet_tables,
    raw_sql,
    reads_and_writes,
    web_framework,
    words,
)
SAMPLES = "tools/lints/samples/"
SKIPPED = {".git", ".venv", "node_modules", "__pycache__", "dist", "static", "var"}
# One line may be excused, by rule and with a reason.
EXCUSE = re.compile(r"\ballow\((?P<rule>[\w-]+)\): \S")


def paths(root: Path) -> Iterator[str]:
    """The files under version control and those that soon will be; without version control, all."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and (root / ".git").exists():
        yield from sorted(set(filter(None, listed.stdout.split("\0"))))
        return
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and not SKIPPED.intersection(inside.parts):
            yield inside.as_posix()


def read(root: Path) -> list[Source]:
    """Every file of the repository, the lints' own bad samples aside."""
    sources = []
    for path in paths(root):
        if path.startswith(SAMPLES) or not (root / path).is_file():
            continue
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = ""  # a picture or another file without lines: its name still counts
        sources.append(Source(path, text))
    return sources


def look(lint: ModuleType, sources: list[Source]) -> Iterator[Finding]:
    """The findings of one lint: most look at one file at a time, some at all of them."""
    if hasattr(lint, "look_at_all"):
        yield from lint.look_at_all(sources)
    else:
        for source in sources:
            yield from lint.look(source)


def is_excused(finding: Finding, sources: dict[str, Source]) -> bool:
    """Whether the line itself says, with a reason, that this rule does not hold for it."""
    lines = sources[finding.path].text.splitlines()
    line = lines[finding.line - 1] if finding.line <= len(lines) else ""
    excuse = EXCUSE.search(line)
    return excuse is not None and excuse["rule"] == finding.rule


def findings(root: Path, lints: tuple[ModuleType, ...] = LINTS) -> list[Finding]:
    """Every finding in a repository, in order of place."""
    sources = read(root)
    by_path = {source.path: source for source in sources}
    found = {finding for lint in lints for finding in look(lint, sources)}
    return sorted(finding for finding in found if not is_excused(finding, by_path))


def main() -> int:
    """Print the findings; exit code 1 when there are any."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    if not root.is_dir():
        print(f"lint: {root} is not a folder", file=sys.stderr)
        return 2
    found = findings(root)
    for finding in found:
        print(finding)
    if found:
        print(
            f"{len(found)} findings. A line may be excused with its reason: # allow(rule): why",
            file=sys.stderr,
        )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
