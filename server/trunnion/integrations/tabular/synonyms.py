"""What headings and values are called in the trade, in Chinese and English: the words of the program and more."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import available_timezones

from trunnion.kernel.words import LANGUAGES, catalogue

from .declare import TARGETS, Field, Kind, Target

_NOISE = re.compile(r"[\s_\-*:：.,，、/\\()（）\[\]【】#№'\"]+")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


def folded(text: str) -> str:
    """A heading or value without what people write differently: width, capital letters, blanks, signs."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def without_brackets(text: str) -> str:
    """A heading without a remark such as a unit in brackets."""
    return _BRACKETS.sub("", text)


def unit_in(heading: str) -> str:
    """The text in a heading's brackets, which may be a unit."""
    found = _BRACKETS.search(heading)
    return found[0][1:-1].strip() if found else ""


def zone_in(heading: str) -> str:
    """The time zone in a heading's brackets, such as `Read at (Asia/Shanghai)`; empty where there is none."""
    text = unit_in(heading)
    return text if text in _zones() else ""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _seed() -> dict[str, Any]:
    text = resources.files("trunnion.integrations.tabular").joinpath("synonyms.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def names_of(target: str) -> dict[str, str]:
    """Every known heading of a target, folded, with the field that it means."""
    declared = TARGETS[target]
    own, shared = _seed().get(target, {}), _seed()["shared"]
    found: dict[str, str] = {}
    for one in declared.fields:
        for word in [*own.get(one.name, ()), *_words_of(declared.listing, declared.kind, one.name), one.name]:
            found.setdefault(folded(word), one.name)
    for one in declared.fields:
        for word in shared.get(one.name, ()):
            found.setdefault(folded(word), one.name)
    return found


def headings_of(target: Target) -> dict[str, str]:
    """The same with what the organisation calls the fields of its own."""
    found = dict(names_of(target.name))
    for one in target.fields:
        for word in (*(one.label or {}).values(), one.name, one.name.partition(".")[2]) if one.label else ():
            found.setdefault(folded(word), one.name)
    return found


def _words_of(listing: str, kind: str, name: str) -> list[str]:
    """What the program itself calls the field: in the list that it exports, and at the record."""
    plain = name.removesuffix("_id")
    keys = [f"column.{listing}.{plain}", f"column.{listing}.{name}", f"field.{kind}.{plain}"]
    # A list calls the customer's machine by its number and its name; what is exported must come in again.
    keys += [f"column.{listing}.{plain}_{end}" for end in ("name", "number")]
    return [word for language in LANGUAGES for key in keys if (word := catalogue()[language].get(key))]


def title_of(target: str, name: str, language: str) -> str:
    """What a field is called, in one language: the first synonym there, or the program's word."""
    words = _seed()["titles"].get(target, {}).get(name) or _seed()["titles"]["shared"].get(name)
    if words:
        return str(words[1] if language == "zh-CN" else words[0])
    return name


@cache
def yes_and_no() -> dict[str, str]:
    """Every known writing of yes and no, folded."""
    return {folded(word): value for value, words in _seed()["boolean"].items() for word in words}


@cache
def values_of(target: str, name: str) -> dict[str, str]:
    """Every known writing of a choice's values, folded, with the value."""
    field = TARGETS[target].field(name)
    if field is None:
        return {}
    found: dict[str, str] = {}
    if field.kind is Kind.BOOLEAN:
        return yes_and_no()
    more = _seed().get("values", {}).get(target, {}).get(name, {})
    for choice in field.choices or ():
        for word in [*_choice_words(field, choice.value), *more.get(choice.value, ())]:
            found.setdefault(folded(word), choice.value)
    return found


def _choice_words(field: Field, value: str) -> list[str]:
    said = (catalogue()[language].get(f"{field.words}.{value}", "") for language in LANGUAGES)
    return [value, *(word for word in said if word)]
