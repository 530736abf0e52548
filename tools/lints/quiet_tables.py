"""Tables do nothing by themselves: no overridden save, no signals; only a verb changes something."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, is_within

RULE = "quiet-table"
LOUD = ("save", "delete", "asave", "adelete", "save_base", "full_clean")
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals", "django.db.backends.signals")


def look(source: Source) -> Iterator[Finding]:
    """Name each overridden save and each signal in a room."""
    if not source.is_server or source.in_kernel or not source.rooms:
        return
    for line, name in source.imported():
        if is_within(name, SIGNALS):
            yield source.finding(line, RULE, f"{name}: announce an event and react to it in handlers.py")
    if source.is_file("models"):
        for node in source.nodes:
            if isinstance(node, ast.ClassDef):
                yield from look_at_table(source, node)


def look_at_table(source: Source, table: ast.ClassDef) -> Iterator[Finding]:
    """Name each method that would act behind a verb's back."""
    for inner in table.body:
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and inner.name in LOUD:
            message = f"{table.name}.{inner.name} acts behind the verb's back: do it in commands.py"
            yield source.finding(inner.lineno, RULE, message)
