"""Sort keys: text in the order that a reader of Chinese or English expects, comparable byte by byte."""

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_NUMBER = re.compile(r"\d+")
# In texts of these signs alone each run is spelled by itself, so that the words that all names share are spelled once.
_PLAIN = re.compile(r"[\x00-\x7f一-鿿]*")
_RUNS = re.compile(r"[\x00-\x7f]+|[一-鿿]+")
KEY_LENGTH = 120


@lru_cache(maxsize=50_000)
def sort_key(text: str | None) -> str:
    """The key: Chinese as pinyin with tone digits, case and accents folded, numbers by value (P-2 before P-10)."""
    if not text:
        return ""
    runs = _RUNS.findall(text) if _PLAIN.fullmatch(text) else [text]
    spelled = " ".join(run if run.isascii() else _spelled(run) for run in runs)
    plain = spelled.casefold() if spelled.isascii() else _folded(spelled)
    return _NUMBER.sub(
        lambda m: f"{len(m.group().lstrip('0') or '0'):02d}{m.group().lstrip('0') or '0'}", plain
    )[:KEY_LENGTH]


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def _spelled(run: str) -> str:
    return " ".join(lazy_pinyin(run, style=Style.TONE3, neutral_tone_with_five=True))
