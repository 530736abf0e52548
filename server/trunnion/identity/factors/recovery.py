"""Recovery codes: ten of 120 random bits each, so that a plain digest of them is safe to keep."""

import base64
import secrets

from trunnion.identity.passwords import token_digest

COUNT = 10
BYTES = 15


def fresh() -> list[str]:
    """Ten codes such as `ABCD-EFGH-IJKL-MNOP-QRST-UVWX`."""
    found = []
    for _ in range(COUNT):
        letters = base64.b32encode(secrets.token_bytes(BYTES)).decode()
        found.append("-".join(letters[at : at + 4] for at in range(0, len(letters), 4)))
    return found


def digest(code: str) -> str:
    """What is kept of a code, however it was typed."""
    return token_digest("".join(code.split()).replace("-", "").upper())
