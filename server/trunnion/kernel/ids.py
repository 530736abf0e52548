"""Identifiers: UUIDv7 for rows, unguessable tokens for whatever is a secret or a public address."""

import os
import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_newest = [0]


def uuid7() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 12 bits that rise within one process, then random bits.

    Two ids made one after the other by one process always sort in the order of their making.
    """
    with _lock:
        stamp = _newest[0] = max((time.time_ns() // 1_000_000) << 12, _newest[0] + 1)
    tail = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    return UUID(int=((stamp >> 12) << 80) | (7 << 76) | ((stamp & 0xFFF) << 64) | (0b10 << 62) | tail)


def token(bits: int = 160) -> str:
    """An unguessable text of at least `bits` random bits (128 at the least), safe in addresses and on labels."""
    if bits < 128:
        raise ValueError("a token needs at least 128 bits")
    return secrets.token_urlsafe((bits + 7) // 8)
