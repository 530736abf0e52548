"""Which words a room owes: of its verbs, arguments, lists, choices, states, events, kinds and refusals."""

import ast
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from django.urls import get_resolver

from trunnion.kernel.command import COMMANDS
from trunnion.kernel.events import EVENTS
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.moves import MACHINES
from trunnion.kernel.permissions import PERMISSIONS
from trunnion.kernel.policies import KINDS
from trunnion.kernel.words import catalogue


def missing_words(room: str) -> list[str]:
    """The keys that a room uses and that lack a text in Chinese or in English."""
    # The routes name permissions of their own.
    _ = get_resolver().url_patterns
    have = catalogue()
    return sorted(
        key for key in set(_keys(f"{room}.", room)) if not all(texts.get(key) for texts in have.values())
    )


def _keys(prefix: str, room: str) -> Iterator[str]:
    for name, known in COMMANDS.items():
        if name.startswith(prefix):
            yield f"verb.{name}"
            yield from (
                f"field.{name.rpartition('.')[0]}.{argument}" for argument in known.model.model_fields
            )
    yield from (
        f"permission.{name}" for name in PERMISSIONS if name.startswith(prefix) and name not in COMMANDS
    )
    for name, listing in LISTINGS.items():
        for column in listing.columns if name.startswith(prefix) else ():
            yield f"column.{name}.{column.key}"
            yield from (f"{column.words}.{choice.value}" for choice in column.choices or ())
    yield from (f"event.{name}" for name in EVENTS if name.startswith(prefix))
    yield from (f"kind.{name}" for name in KINDS if name.startswith(prefix))
    for machine in MACHINES.values():
        yield from (f"state.{machine.kind}.{s}" for s in machine.states if machine.kind.startswith(prefix))
    yield from (f"refusal.{code}" for code in _refusals(room))


def _refusals(room: str) -> Iterator[str]:
    folder = Path(str(resources.files(f"trunnion.{room}")))
    for path in folder.rglob("*.py"):
        if "tests" not in path.parts:
            yield from _codes(ast.parse(path.read_text("utf-8")))


def _codes(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = ast.unparse(call.func)
        place = {
            "Invalid.field": 1,
            "FieldError": 1,
            "Refusal": 0,
            "TooLarge": 0,
            "PydanticCustomError": 0,
        }.get(name)
        code = call.args[place] if place is not None and len(call.args) > place else None
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            yield f"field.{code.value}" if name == "PydanticCustomError" else code.value
