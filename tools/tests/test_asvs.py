"""Each line of docs/security/asvs.toml is proved by tests that exist, or waived with a reason and until a day."""

from __future__ import annotations

import ast
import re
import tomllib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs/security/asvs.toml"
LINES = 42
ID = re.compile(r"^\d{1,2}\.\d{1,2}\.\d{1,2}$")


@cache
def names_in(path: Path) -> frozenset[str]:
    """The tests of a file, those of a class by its name too."""
    text = path.read_text("utf-8")
    if path.suffix == ".ts":
        return frozenset(re.findall(r"\bit\('([^']+)'", text))
    found = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return frozenset(found)


def faults(lines: list[dict[str, Any]], today: date) -> list[str]:
    """What is wrong with the table: a line without proof, a test that is not there, a waiver that is over."""
    wrong = []
    for line in lines:
        label = f"line {line['number']}"
        waivers = {one["id"]: one for one in line.get("waiver", [])}
        wrong += [f"{label}: {one} is not named by it" for one in waivers if one not in line["ids"]]
        if not line["tests"] and set(waivers) != set(line["ids"]):
            wrong.append(f"{label}: neither tests nor a waiver for each requirement")
        wrong += [f"{label}: no such test: {one}" for one in line["tests"] if not is_test(one)]
        for name, one in waivers.items():
            if len(str(one.get("reason", "")).split()) < 4:
                wrong.append(f"{label}: {name} is waived without a reason")
            if not isinstance(one.get("until"), date) or one["until"] < today:
                wrong.append(f"{label}: the waiver of {name} is over")
    return wrong


def is_test(told: str) -> bool:
    """Whether `file::name` is a test."""
    file, _, name = told.partition("::")
    path = ROOT / file.replace("server:", "server/trunnion/")
    return path.is_file() and name in names_in(path) and (path.suffix == ".ts" or "test_" in name)


@pytest.fixture(scope="module")
def table() -> list[dict[str, Any]]:
    """The lines."""
    found: list[dict[str, Any]] = tomllib.loads(TABLE.read_text("utf-8"))["line"]
    return found


def test_every_line_is_proved_or_waived(table: list[dict[str, Any]]) -> None:
    """Today."""
    assert faults(table, datetime.now(UTC).date()) == []


def test_the_table_is_whole(table: list[dict[str, Any]]) -> None:
    """Forty-two lines in their order, each requirement once."""
    assert [line["number"] for line in table] == list(range(1, LINES + 1))
    ids = [one for line in table for one in line["ids"]]
    assert all(ID.match(one) for one in ids)
    assert len(ids) == len(set(ids))
    assert all(line["must"] for line in table)


def test_what_is_wrong_is_named() -> None:
    """A line without proof, a test that nobody wrote, a waiver without reason or beyond its day."""
    day = date(2026, 11, 22)
    good = {"number": 1, "ids": ["1.2.4"], "tests": ["tools/tests/test_asvs.py::test_what_is_wrong_is_named"]}
    assert faults([good], day) == []
    assert "neither" in faults([good | {"tests": []}], day)[0]
    assert "no such test" in faults([good | {"tests": ["tools/tests/test_asvs.py::test_nobody"]}], day)[0]
    assert "no such test" in faults([good | {"tests": ["tools/tests/test_gone.py::test_x"]}], day)[0]
    waiver = {"id": "1.2.4", "reason": "It comes with the mail", "until": date(2026, 11, 22)}
    assert faults([good | {"tests": [], "waiver": [waiver]}], day) == []
    assert "is over" in faults([good | {"waiver": [waiver | {"until": date(2026, 11, 21)}]}], day)[0]
    assert "without a reason" in faults([good | {"waiver": [waiver | {"reason": "later"}]}], day)[0]
    assert "not named" in faults([good | {"waiver": [waiver | {"id": "9.9.9"}]}], day)[0]
