"""A key into another room goes by label, downwards, protects its target and leaves no trace there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.lints.rooms import may_point
from tools.lints.source import Finding, Source

RULE = "foreign-key"
# The kernel's own `reference(...)` protects and leaves no trace by itself.
REFERENCE = "reference"
FIELDS = ("ForeignKey", "OneToOneField", "ManyToManyField", REFERENCE)


def look(source: Source) -> Iterator[Finding]:
    """Name each key across rooms that is declared otherwise."""
    if not source.is_server or not source.is_file("models"):
        return
    for call, target in keys(source):
        yield from faults(source, call, target)


def keys(source: Source) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Every key that a models file declares, with its target."""
    for call, name in source.calls():
        if name.rpartition(".")[2] in FIELDS:
            named = next((word.value for word in call.keywords if word.arg == "to"), None)
            target = call.args[0] if call.args else named
            if target is not None:
                yield call, target


def target_room(source: Source, target: ast.expr) -> str:
    """The room a key points into; empty for the own one."""
    if isinstance(target, ast.Constant) and isinstance(target.value, str):
        room, dot, _ = target.value.rpartition(".")
        return room if dot and room not in source.rooms else ""
    name = source.dotted(target)
    if name.endswith("AUTH_USER_MODEL"):
        return "identity" if "identity" not in source.rooms else ""
    parts = name.split(".")
    return parts[1] if parts[0] == "trunnion" and len(parts) > 2 and parts[1] not in source.rooms else ""


def faults(source: Source, call: ast.Call, target: ast.expr) -> Iterator[Finding]:
    """What is wrong with one key."""
    room = target_room(source, target)
    if not room:
        return
    words = {word.arg: word.value for word in call.keywords}
    if not isinstance(target, ast.Constant):
        yield source.finding(
            call.lineno, RULE, f'name the table of {room} by a label in quotes: "{room}.Thing"'
        )
    if not may_point(room, source.rooms[0]):
        message = (
            f"{source.rooms[0]} does not lie above {room}: keys point down; keep a kind and an id instead"
        )
        yield source.finding(call.lineno, RULE, message)
    kind = source.dotted(call.func).rpartition(".")[2]
    if kind == "ManyToManyField":
        yield source.finding(call.lineno, RULE, f"a link to {room} is a table of this room with two keys")
    given = {"on_delete", "related_name"} if kind != REFERENCE else {"on_delete", "related_name"} & set(words)
    if (
        "on_delete" in given
        and kind != "ManyToManyField"
        and not is_protected(source, words.get("on_delete"))
    ):
        yield source.finding(call.lineno, RULE, f"what {room} owns is not ours to let go: on_delete=PROTECT")
    if "related_name" in given and not is_traceless(words.get("related_name")):
        yield source.finding(call.lineno, RULE, f'{room} must not learn of this room: related_name="+"')


def is_protected(source: Source, on_delete: ast.expr | None) -> bool:
    """Whether the target cannot go while the key points at it."""
    return on_delete is not None and source.dotted(on_delete).rpartition(".")[2] == "PROTECT"


def is_traceless(name: ast.expr | None) -> bool:
    """Whether the target gets no accessor back."""
    return isinstance(name, ast.Constant) and name.value == "+"
