"""Pure decisions of catalog."""

import unicodedata


def alias_key(text: str) -> str:
    """What two spellings of one code or name have in common: case, width and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())[:200]
