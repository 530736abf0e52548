"""Callers without an account: their replay keys, and how often they may call."""

import hashlib

from trunnion.kernel.limits import allow

from .links import digest_of
from .rules.files import WINDOW


def own_key(key: str | None, token: str) -> str | None:
    """The replay key of one guest: two guests who happen to send the same key never meet."""
    return hashlib.sha256(f"{digest_of(token)}:{key}".encode()).hexdigest() if key else None


def limit(what: str, token: str, address: str, per_token: int, per_address: int) -> None:
    """Counts a guest's call for the link or label and for the address; raises TooMany (429) beyond."""
    allow(f"service:{what}:{digest_of(token)}", per_token, WINDOW, "service.too_often")
    allow(f"service:{what}:{address}", per_address, WINDOW, "service.too_often")
