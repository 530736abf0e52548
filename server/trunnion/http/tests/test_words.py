"""Whatever a person can meet has words in both languages: verbs, rights, columns, states, events, refusals."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

import trunnion
from trunnion.http.api import mount
from trunnion.kernel.command import COMMANDS
from trunnion.kernel.context import Door
from trunnion.kernel.events import EVENTS
from trunnion.kernel.listing.columns import LISTINGS
from trunnion.kernel.models.jobs import JobState
from trunnion.kernel.moves import MACHINES
from trunnion.kernel.permissions import PERMISSIONS
from trunnion.kernel.policies import KINDS
from trunnion.kernel.words import catalogue

mount()
ROOT = Path(trunnion.__file__).parent
SOURCES = [
    p for p in ROOT.rglob("*.py") if not {"tests", "migrations", "static"} & set(p.relative_to(ROOT).parts)
]
# Which argument of these calls is the code of a refusal.
CODES = {
    "Refusal": 0,
    "Invalid": 0,
    "NotSignedIn": 0,
    "TooMany": 0,
    "FieldError": 1,
    "field": 1,
    "__init__": 0,
}
PLACE = re.compile(r"\{(\w+)\}")


def codes_of(source: Path) -> Iterator[str]:
    """The refusal codes that a file names."""
    tree = ast.parse(source.read_text("utf-8"))
    refusals = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _is_refusal(node)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name not in refusals:
            continue
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = CODES.get(name, 0 if name in refusals else None)
            if place is None or (name == "__init__" and not refusals):
                continue
            if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                value = node.args[place].value
                if isinstance(value, str) and re.fullmatch(r"[a-z_][a-z0-9_.]*", value):
                    yield value


def _is_refusal(node: ast.ClassDef) -> bool:
    names = {getattr(b, "id", getattr(b, "attr", "")) for b in node.bases}
    return bool(
        names & {"Refusal", "Invalid", "NotVisible", "NotGranted", "TooMany", "NotSignedIn", "WrongState"}
    )


# Moves that are the end of another verb: `integrations.cobie.apply` finishes its import.
DONE_WITHIN = {"integrations.import.finish"}


def wanted() -> Iterator[str]:
    """Every key that somebody will ask for."""
    yield from (f"verb.{name}" for name in COMMANDS)
    yield from (f"permission.{name}" for name in PERMISSIONS if name not in COMMANDS)
    for listing in LISTINGS.values():
        for column in listing.describe()["columns"]:
            yield column["words_key"]
            yield from (choice["words_key"] for choice in column["choices"])
    yield from (f"state.{kind}.{state}" for kind, machine in MACHINES.items() for state in machine.states)
    yield from (f"verb.{kind}.{move.verb}" for kind, machine in MACHINES.items() for move in machine.moves)
    yield from (f"kind.{kind}" for kind in KINDS)
    yield from (f"event.{name}" for name in EVENTS)
    yield from (f"door.{door}" for door in Door)
    yield from (f"state.kernel.job.{state}" for state in JobState)


def test_everything_has_words_in_both_languages():
    words = catalogue()
    missing = {(key, language) for key in wanted() for language in words if not words[language].get(key)}
    assert sorted(missing) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_refusal_has_words(source):
    missing = {code for code in codes_of(source) if f"refusal.{code}" not in catalogue()["en"]}
    assert sorted(missing) == []


def test_the_search_for_refusals_finds_them():
    found = {code for source in SOURCES for code in codes_of(source)}
    assert {
        "not_found",
        "stale_version",
        "listing.column_unknown",
        "last_owner",
    } <= found
    assert len(found) > 60


def test_both_languages_say_the_same_with_the_same_places():
    words = catalogue()
    assert words["en"].keys() == words["zh-CN"].keys()
    differing = {
        key: (sorted(PLACE.findall(text)), sorted(PLACE.findall(words["zh-CN"][key])))
        for key, text in words["en"].items()
        if sorted(set(PLACE.findall(text))) != sorted(set(PLACE.findall(words["zh-CN"][key])))
    }
    assert differing == {}


def test_no_words_are_left_empty_or_in_the_other_language():
    words = catalogue()
    chinese = re.compile(r"[一-鿿]")
    empty = [key for language in words for key, text in words[language].items() if not text.strip()]
    assert empty == []
    mixed_up = [
        key for key, text in words["en"].items() if chinese.search(text) and not key.startswith("language.")
    ]
    assert mixed_up == []
    latin = [k for k, t in words["zh-CN"].items() if not chinese.search(t) and re.search(r"[a-z]{4}", t)]
    assert len(latin) < len(words["en"]) / 50, latin


def test_a_fault_of_the_validator_without_words_of_its_own_is_told_in_general():
    words = catalogue()["en"]
    assert "refusal.field.unfit" in words
    common = {
        "missing",
        "string_type",
        "int_parsing",
        "enum",
        "uuid_parsing",
        "timezone_aware",
        "decimal_parsing",
    }
    known = set(get_args(ErrorType))
    assert common <= known
    assert not {c for c in common if f"refusal.field.{c}" not in words}


@pytest.mark.parametrize("kind", sorted(MACHINES))
def test_every_state_can_be_reached_and_left_as_it_says(kind):
    machine = MACHINES[kind]
    states = {str(s) for s in machine.states}
    assert states == machine.reachable()
    for move in machine.moves:
        assert move.from_ <= states, move
        assert move.to in (*states, None, "<back>"), move
        assert f"{kind}.{move.verb}" in {*COMMANDS, *DONE_WITHIN}, f"{kind}.{move.verb} is no verb"
    stuck = {s for s in states if not machine.legal(s)} - machine.final
    assert stuck == set(), "states without a way out that are not said to be final"
