"""QR codes: the path that a token stands for, and what the index keeps of it."""

import hashlib
import secrets

# The least that nobody guesses; a longer token makes a finer symbol, which is harder to read.
BITS = 128
PATH = "/q/"
MOST_TOKEN = 60


def digest_of(token: str) -> str:
    """What the index keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(text: str) -> bool:
    """Whether a text could be a token at all."""
    return 0 < len(text) <= MOST_TOKEN and text.isascii()


# Crockford's letters: none that is taken for a figure.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_short_code() -> str:
    """Eight letters and figures for people to type; finds a code for those who are signed in, proves nothing."""
    text = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{text[:4]}-{text[4:]}"
