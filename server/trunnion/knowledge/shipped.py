"""The shipped failure codes, read from the seed file."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from .rules import standing_of
from .types import ANY_CLASS, CodeList

# Each list starts at a round figure, so that a listing by position shows the lists one after the other.
LIST_STEP = 10_000


@cache
def shipped() -> tuple[dict[str, Any], ...]:
    """Every shipped code as the fields of its row."""
    text = resources.files("trunnion.knowledge").joinpath("seed/failure_codes.toml").read_text("utf-8")
    document = tomllib.loads(text)
    return tuple(fields for code_list in CodeList for fields in _of_list(document, code_list))


def first_position(code_list: CodeList) -> int:
    """Where the positions of a list begin."""
    return list(CodeList).index(code_list) * LIST_STEP


def _of_list(document: dict[str, Any], code_list: CodeList) -> Iterator[dict[str, Any]]:
    groups = {g["notation"]: g["name"] for g in document.get(f"{code_list}_group", [])}
    for index, entry in enumerate(document[code_list]):
        group = groups.get(entry.get("group", ""), {})
        meaning = entry.get("meaning", {})
        # A mode's code is itself the public notation where the seed says so.
        notation = entry.get("notation") or (entry["code"] if entry.get("iso") else "")
        yield {
            "list": code_list, "code": entry["code"], "notation": notation, "group": entry.get("group", ""),
            "group_name_en": group.get("en", ""), "group_name_zh": group.get("zh-CN", ""),
            "name_en": entry["name"]["en"], "name_zh": entry["name"]["zh-CN"],
            "meaning_en": meaning.get("en", ""), "meaning_zh": meaning.get("zh-CN", ""),
            "classes": entry.get("classes", [ANY_CLASS]), "standing": standing_of(entry["code"]),
            "position": first_position(code_list) + index + 1, "is_shipped": True,
        }  # fmt: skip
