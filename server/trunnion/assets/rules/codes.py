"""QR codes: the path that a token stands for, and what the index keeps of it."""

import hashlib

BITS = 160
PATH = "/q/"
MOST_TOKEN = 60


def digest_of(token: str) -> str:
    """What the index keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(text: str) -> bool:
    """Whether a text could be a token at all."""
    return 0 < len(text) <= MOST_TOKEN and text.isascii()
