"""Every word stands in Chinese and in English, with the same placeholders."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from tools.lints.source import Finding, Source

RULE = "words"
LANGUAGES = ("en", "zh-CN")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
HEADER = re.compile(r"^\s*\[([^\[\]]+)\]\s*(?:#.*)?$")
KEY = re.compile(r"^\s*((?:[\w-]+|\"[^\"]*\")(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=")


def look(source: Source) -> Iterator[Finding]:
    """Name each word that is missing in one language."""
    if source.name != "words.toml":
        return
    try:
        words = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as problem:
        yield source.finding(1, RULE, f"cannot be read: {problem}")
        return
    lines = key_lines(source.text)
    for key, fault in faults(words, ""):
        yield source.finding(lines.get(key, 1), RULE, f"{key}: {fault}")


def faults(table: dict[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    """Walk down to the leaves and say what each lacks."""
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if not isinstance(value, dict):
            yield key, 'a word is a table: { en = "...", zh-CN = "..." }'
        elif set(value) & set(LANGUAGES):
            yield from ((key, fault) for fault in leaf_faults(value))
        elif not value or all(isinstance(inner, str) for inner in value.values()):
            yield key, f"has no text in {' and '.join(LANGUAGES)}"
        else:
            yield from faults(value, key)


def leaf_faults(leaf: dict[str, object]) -> Iterator[str]:
    """What one word lacks."""
    for language in LANGUAGES:
        text = leaf.get(language)
        if not isinstance(text, str) or not text.strip():
            yield f"has no text in {language}"
    for extra in sorted(set(leaf) - set(LANGUAGES)):
        yield f"'{extra}' is not a language of the house ({', '.join(LANGUAGES)})"
    used = [set(PLACEHOLDER.findall(str(leaf.get(language, "")))) for language in LANGUAGES]
    if all(isinstance(leaf.get(language), str) for language in LANGUAGES) and used[0] != used[1]:
        yield f"the languages differ in placeholders: {', '.join(sorted(used[0] ^ used[1]))}"


def key_lines(text: str) -> dict[str, int]:
    """The line on which each key is first spoken of."""
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            section = plain(header.group(1))
            lines.setdefault(section, number)
        elif key := KEY.match(line):
            name = plain(key.group(1))
            lines.setdefault(f"{section}.{name}" if section else name, number)
            # `[word]` with `en = ...` below it is one word too.
            if name in LANGUAGES:
                lines.setdefault(section, number)
    return lines


def plain(key: str) -> str:
    """A key without quotes and blanks."""
    return ".".join(part.strip().strip('"') for part in key.split("."))
