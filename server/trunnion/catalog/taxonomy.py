"""The shipped equipment classes: categories and classes that every organisation gets, and the parts they consist of."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from .types import PartCard


@dataclass(frozen=True, slots=True)
class Shipped:
    """A category or a class of the shipped list."""

    code: str
    parent: str | None
    name_en: str
    name_zh: str
    boundary_en: str = ""
    boundary_zh: str = ""


@cache
def _tree() -> dict[str, Any]:
    text = resources.files("trunnion.catalog").joinpath("seed/equipment_classes.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def shipped() -> tuple[Shipped, ...]:
    """Categories first, then their classes."""
    categories = [Shipped(c["code"], None, c["name"]["en"], c["name"]["zh-CN"]) for c in _tree()["category"]]
    classes = [
        Shipped(
            c["code"],
            c["category"],
            c["name"]["en"],
            c["name"]["zh-CN"],
            c["boundary"]["en"],
            c["boundary"]["zh-CN"],
        )
        for c in _tree()["class"]
    ]
    return (*categories, *classes)


@cache
def parts(class_code: str) -> tuple[PartCard, ...]:
    """The sub-units of a shipped class and the maintainable items of each."""
    found = []
    for one in _tree()["class"]:
        for key in one["subunits"] if one["code"] == class_code else ():
            unit, code = _tree()["subunit"][key], f"{class_code}.{key}"
            found.append(PartCard(code, unit["name"]["en"], unit["name"]["zh-CN"], class_code))
            found += [
                PartCard(f"{code}.{k}", n["en"], n["zh-CN"], code) for k, n in unit.get("items", {}).items()
            ]
    return tuple(found)


@cache
def _prefixes() -> tuple[tuple[str, str], ...]:
    listed = [
        ("".join(prefix.casefold().split()), one["code"])
        for one in _tree()["class"]
        for prefix in (*one.get("omniclass", ()), *one.get("uniclass", ()))
    ]
    return tuple(sorted(listed, key=lambda pair: -len(pair[0])))


def class_of_category(text: str) -> str | None:
    """The class code that a category of another classification stands for, such as `23-65 55 11: Pumps`."""
    folded = "".join(text.casefold().split())
    return next((code for prefix, code in _prefixes() if folded.startswith(prefix)), None)
