"""Words: what every verb, state, field and refusal is called in Chinese and in English, gathered from the rooms."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from django.apps import apps

LANGUAGES = ("en", "zh-CN")
_PLACE = re.compile(r"\{(\w+)\}")


def _leaves(tree: dict[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    for key, value in tree.items():
        name = f"{prefix}.{key}" if prefix else key
        if set(value) <= set(LANGUAGES) and all(isinstance(v, str) for v in value.values()):
            yield name, value
        else:
            yield from _leaves(value, name)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every language's words by key; a key that two rooms define is a mistake."""
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for config in apps.get_app_configs():
        if not config.name.startswith("trunnion."):
            continue
        places = getattr(config, "places", [config.name])
        for file in (f for place in places for f in resources.files(place).iterdir()):
            if file.name != "words.toml":
                continue
            for key, texts in _leaves(tomllib.loads(file.read_text("utf-8")), ""):
                for language in LANGUAGES:
                    if key in found[language]:
                        raise ValueError(f"{config.name}: the words key {key} is defined twice")
                    found[language][key] = texts.get(language, "")
    return found


def say(key: str, language: str, /, **facts: Any) -> str:
    """The words of a key with `{name}` replaced by facts; the key itself where there are none."""
    text = catalogue().get(language, {}).get(key) or catalogue()["en"].get(key) or key
    return _PLACE.sub(lambda m: _told(facts[m[1]]) if m[1] in facts else m[0], text)


def _told(fact: Any) -> str:
    return ", ".join(map(str, fact)) if isinstance(fact, list | tuple | set | frozenset) else str(fact)
