"""Password digests by Argon2id, with the same work done for unknown accounts as for known ones."""

import hashlib
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

# 19 MiB, two passes: the floor that OWASP's password storage sheet names for Argon2id.
COST: dict[str, Any] = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}
_hasher = PasswordHasher(**COST)


def digest(password: str) -> str:
    """The Argon2id digest to store."""
    return _hasher.hash(password)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


def matches(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes as long when there is nothing stored."""
    try:
        _hasher.verify(stored or _nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None


def token_digest(token: str) -> str:
    """The digest by which a random token is found; a token of 128 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
