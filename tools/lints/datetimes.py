"""Every instant knows its zone, and pure rules are told the time instead of asking for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source

RULE = "naive-datetime"
CLASS = "datetime.datetime"
ALWAYS_NAIVE = {
    f"{CLASS}.utcnow": "the kernel's clock.now()",
    f"{CLASS}.utcfromtimestamp": "datetime.fromtimestamp(seconds, UTC)",
    f"{CLASS}.today": "the kernel's clock.now()",
    "datetime.date.today": "the day of an instant in the site's zone",
    "datetime.date.fromtimestamp": "the day of an instant in the site's zone",
}
# The place of the zone among the positional arguments.
ZONED = {CLASS: 7, f"{CLASS}.now": 0, f"{CLASS}.fromtimestamp": 1}


def look(source: Source) -> Iterator[Finding]:
    """Name each call that makes an instant without a zone."""
    if not source.is_python or source.is_migration:
        return
    for call, name in source.calls():
        if name in ALWAYS_NAIVE:
            yield source.finding(call.lineno, RULE, f"{name}() knows no zone: use {ALWAYS_NAIVE[name]}")
        elif name in ZONED and not has_zone(call, ZONED[name]):
            yield source.finding(
                call.lineno, RULE, f"{name}(...) needs a zone: give tzinfo, in UTC unless shown to people"
            )
        elif is_asking(source, name):
            yield source.finding(call.lineno, "rule-asks-clock", "rules take the time as an argument")


def has_zone(call: ast.Call, place: int) -> bool:
    """Whether a zone is among the arguments; what is unpacked gets the benefit of the doubt."""
    if len(call.args) > place or any(isinstance(argument, ast.Starred) for argument in call.args):
        return not (len(call.args) > place and is_none(call.args[place]))
    given = [word for word in call.keywords if word.arg in ("tz", "tzinfo", None)]
    return any(not is_none(word.value) for word in given)


def is_none(node: ast.expr) -> bool:
    """Whether an argument is the word None."""
    return isinstance(node, ast.Constant) and node.value is None


def is_asking(source: Source, name: str) -> bool:
    """Whether a pure rule reads a clock."""
    is_rule = source.is_server and source.is_file("rules") and not source.in_kernel
    return is_rule and ("." in name) and name.rpartition(".")[2] == "now"
