"""Sort keys: text in the order that a reader of Chinese or English expects, comparable byte by byte."""

import re
import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_NUMBER = re.compile(r"\d+")
KEY_LENGTH = 120


@lru_cache(maxsize=50_000)
def sort_key(text: str | None) -> str:
    """The key: Chinese as pinyin with tone digits, case and accents folded, numbers by value (P-2 before P-10)."""
    if not text:
        return ""
    spelled = " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))
    folded = unicodedata.normalize("NFKD", spelled).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return _NUMBER.sub(
        lambda m: f"{len(m.group().lstrip('0') or '0'):02d}{m.group().lstrip('0') or '0'}", plain
    )[:KEY_LENGTH]
