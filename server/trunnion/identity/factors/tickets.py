"""Tickets between the two steps of a sign-in or an enrolment: signed, for one person, over after five minutes."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

from trunnion.kernel.ids import token
from trunnion.kernel.limits import allow

LIFE = timedelta(minutes=5)
SIGN_IN = "trunnion.factor.sign-in"
ENROL = "trunnion.factor.enrol"
CHALLENGE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose it is, and what a passkey's answer must fit."""

    user_id: UUID
    # A new password makes tickets of the old one void.
    password_mark: str
    challenge: bytes
    number: str


def mark_of(password_hash: str) -> str:
    """By what a ticket knows the password that it was given for."""
    return hashlib.sha256(password_hash.encode()).hexdigest()[:24]


def write(purpose: str, user_id: UUID, password_hash: str) -> tuple[str, bytes]:
    """A fresh ticket and its challenge."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    held = [user_id.hex, mark_of(password_hash), challenge.hex(), token(128)]
    return signing.dumps(held, salt=purpose), challenge


def read(purpose: str, text: str) -> Ticket | None:
    """What a ticket says; None for what is none, or none any more."""
    try:
        user, mark, challenge, number = signing.loads(text, salt=purpose, max_age=LIFE)
        return Ticket(UUID(user), str(mark), bytes.fromhex(challenge), str(number))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def spend(ticket: Ticket) -> None:
    """Uses a ticket up; raises TooMany for one that was used before."""
    allow(f"factor-ticket:{ticket.number}", 1, LIFE)
