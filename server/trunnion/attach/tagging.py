"""When two spellings are one tag."""

import unicodedata


def folded(name: str) -> str:
    """What two spellings of one tag have in common."""
    return unicodedata.normalize("NFKC", name).casefold()[:60]
