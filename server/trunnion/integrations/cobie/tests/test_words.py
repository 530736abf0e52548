"""Every code that the reader, the checks or the writer can give has words in both languages."""

import re
import tomllib
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[1]
WORDS = tomllib.loads((ROOM.parent / "words.toml").read_text("utf-8"))["refusal"]["cobie"]
USED = {
    code for file in ROOM.rglob("*.py") for code in re.findall(r'"cobie\.(\w+)"', file.read_text("utf-8"))
} - {
    "name"  # the scheme of the names by which records are found again, no code
}


def test_the_words_and_the_codes_are_the_same_set() -> None:
    assert set(WORDS) == USED


@pytest.mark.parametrize("code", sorted(USED))
def test_both_languages_use_the_same_facts(code: str) -> None:
    english, chinese = WORDS[code]["en"], WORDS[code]["zh-CN"]
    assert re.findall(r"[\u4e00-\u9fff]", chinese)
    assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", chinese))
