"""Codes of authenticator apps by RFC 6238: six digits, thirty seconds, SHA-1, as every app knows them."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
# A clock may be half a minute off in either direction.
DRIFT = (0, -1, 1)


def new_secret() -> str:
    """A fresh secret of 160 random bits, in the alphabet that apps read."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(now: datetime) -> int:
    """The number of the thirty seconds that an instant lies in."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of one step."""
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8), hashlib.sha1)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4]) & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The step whose code this is, if it is near enough and later than the last one used; None otherwise."""
    present = step_at(now)
    given = code.replace(" ", "")
    found = None
    for drift in DRIFT:
        step = present + drift
        # All of them are compared, so that time tells nothing.
        fits = hmac.compare_digest(code_at(secret, step).encode(), given.encode(errors="replace"))
        if fits and step > after:
            found = step
    return found


def uri(secret: str, account: str, issuer: str) -> str:
    """The address by which apps take the secret in, usually as a QR code."""
    asked = urlencode({"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP_SECONDS})
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{asked}"
