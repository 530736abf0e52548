"""The seed lists of other rooms, where they must agree with each other and with COBie workbooks."""

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pint
import pytest

from trunnion.integrations.cobie import units

ROOMS = Path(__file__).parents[3]


def seed(room: str, name: str) -> dict[str, Any]:
    return tomllib.loads((ROOMS / room / "seed" / name).read_text("utf-8"))


CLASSES = seed("catalog", "equipment_classes.toml")
UNITS = seed("kernel", "units.toml")
FAILURES = seed("knowledge", "failure_codes.toml")
CLASS_CODES = {one["code"] for one in CLASSES["class"]}


def texts(value: Any) -> list[dict[str, str]]:
    """Every leaf that holds words."""
    if isinstance(value, list):
        return [leaf for one in value for leaf in texts(one)]
    if not isinstance(value, dict):
        return []
    if "en" in value:
        return [value]
    return [leaf for one in value.values() for leaf in texts(one)]


@pytest.mark.parametrize("tree", [CLASSES, UNITS, FAILURES], ids=["classes", "units", "failures"])
def test_every_text_stands_in_both_languages(tree: dict[str, Any]) -> None:
    for text in texts(tree):
        assert set(text) == {"en", "zh-CN"}
        assert text["en"].isascii()
        assert re.search(r"[\u4e00-\u9fff]", text["zh-CN"]) or text["en"] == "pH"
        assert not re.search(r"[\u4e00-\u9fff][,;:!?]", text["zh-CN"]), text["zh-CN"]


@pytest.mark.parametrize(
    ("tree", "kind"),
    [
        (CLASSES, "category"), (CLASSES, "class"), (FAILURES, "mode"), (FAILURES, "mechanism"),
        (FAILURES, "cause"), (FAILURES, "detection"), (FAILURES, "activity"),
    ],
)  # fmt: skip
def test_codes_and_names_are_unique(tree: dict[str, Any], kind: str) -> None:
    for key in (lambda one: one["code"], lambda one: one["name"]["en"], lambda one: one["name"]["zh-CN"]):
        assert [name for name, count in Counter(map(key, tree[kind])).items() if count > 1] == []


def test_classes_use_what_is_declared_and_leave_nothing_over() -> None:
    categories = {one["code"] for one in CLASSES["category"]}
    assert {one["category"] for one in CLASSES["class"]} == categories
    assert {name for one in CLASSES["class"] for name in one["subunits"]} == set(CLASSES["subunit"])
    assert all(len(one["items"]) >= 3 for one in CLASSES["subunit"].values())


def test_public_class_notations_have_two_letters_and_ours_three() -> None:
    assert all(len(one["code"]) == (2 if one["iso"] else 3) for one in CLASSES["class"])


def test_no_classification_prefix_means_two_classes() -> None:
    prefixes = [prefix for one in CLASSES["class"] for prefix in (*one["omniclass"], *one["uniclass"])]
    assert len(set(prefixes)) == len(prefixes)


@pytest.mark.parametrize(
    ("category", "code"),
    [
        ("23-45 05 14 14: Sinks/Lavatories", "SAN"),
        ("23-30 10: Doors", "DOR"),
        ("23-40 40 14 17: Food Cooking Equipment", "CAT"),
        ("23-75 10 11 14 14: Condensing Boilers", "HB"),
        ("23-80 10 24 17: Uninterrupted Power Supply (UPS) Units", "UP"),
        ("23-15 30 17 11: Sewage and Sludge Pumps", "PU"),
        ("23-15 30 17 24: Sedimentation Tank Equipment", "WTR"),
        ("PR_65_53 : Pump products", "PU"),
    ],
)
def test_cobie_categories_find_their_class_by_longest_prefix(category: str, code: str) -> None:
    hits = [
        (len(prefix), one["code"])
        for one in CLASSES["class"]
        for prefix in (*one["omniclass"], *one["uniclass"])
        if category.casefold().startswith(prefix.casefold())
    ]
    assert max(hits)[1] == code


def test_failure_lists_always_offer_unknown_and_other() -> None:
    for kind in ("mechanism", "cause", "detection", "activity"):
        assert {"unknown", "other"} <= {one["code"] for one in FAILURES[kind]}
    everywhere = {one["code"] for one in FAILURES["mode"] if one["classes"] == ["*"]}
    assert {"UNK", "OTH"} <= everywhere


def test_modes_name_existing_classes_and_each_class_has_a_choice() -> None:
    named = [code for one in FAILURES["mode"] for code in one["classes"] if one["classes"] != ["*"]]
    assert set(named) == CLASS_CODES
    assert min(Counter(named).values()) >= 2


def test_notations_belong_to_their_group() -> None:
    for kind in ("mechanism", "cause"):
        groups = {one["notation"] for one in FAILURES[f"{kind}_group"]}
        for one in FAILURES[kind]:
            assert one["group"] in groups
            assert one["notation"].startswith(one["group"] + ".")


def test_units_are_known_to_pint_and_no_spelling_means_two() -> None:
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry()
    for one in UNITS["unit"]:
        if "pint" in one:
            registry.parse_units(one["pint"])
        else:
            assert one["ucum"].startswith(("{", "["))
    spellings = Counter(
        unicodedata.normalize("NFKC", word).lower() for one in UNITS["unit"] for word in one["spellings"]
    )
    assert [word for word, count in spellings.items() if count > 1] == []
    assert not any(re.search(r"\s", word) for word in spellings)


def test_cobie_reads_the_same_unit_from_a_word_as_the_catalog() -> None:
    differing = [
        (word, one["ucum"], units.ucum_of(word))
        for one in UNITS["unit"]
        for word in one["spellings"]
        if units.ucum_of(word) not in (None, one["ucum"], "{each}")
    ]
    assert differing == []


def test_common_passwords_are_sorted_lower_case_and_long_enough() -> None:
    text = (ROOMS / "identity" / "seed" / "common_passwords.txt").read_text("utf-8")
    lines = text.splitlines()
    assert lines == sorted(set(lines))
    assert all(line == line.casefold() and len(line) >= 8 and " " not in line for line in lines)
    assert len(text.encode()) < 150_000
    assert {"password", "password1", "12345678", "qwertyuiop", "1qaz2wsx", "woaini1314", "admin888"} <= set(
        lines
    )
