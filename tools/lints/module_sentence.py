"""Every module opens with one sentence that says what it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.lints.length import is_generated
from tools.lints.source import Finding, Source

RULE = "module-sentence"
ENDS = (".", "!", "?", "。")


def look(source: Source) -> Iterator[Finding]:
    """Name a module without an opening sentence."""
    if source.is_python and not source.is_migration:
        yield from look_at_python(source)
    elif is_client(source) and not source.text.lstrip().startswith(("//", "/*")):
        yield source.finding(1, RULE, "open the file with a comment: one sentence that says what it is for")


def is_client(source: Source) -> bool:
    """Whether this is a hand-written module of a web client."""
    return source.parts[0] == "clients" and source.name.endswith((".ts", ".tsx")) and not is_generated(source)


def look_at_python(source: Source) -> Iterator[Finding]:
    """Name a Python module whose docstring is missing or is no sentence."""
    if not source.text.strip():
        return
    opening = ast.get_docstring(source.tree)
    if opening is None:
        yield source.finding(
            1, RULE, "open the module with a docstring: one sentence that says what it is for"
        )
        return
    sentence = opening.split("\n\n")[0].strip()
    if not sentence.endswith(ENDS) and not sentence.endswith(tuple(f'{end}"' for end in ENDS)):
        yield source.finding(
            1, RULE, "the docstring's first paragraph is one whole sentence, ended by a full stop"
        )
