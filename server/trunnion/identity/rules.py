"""Pure rules of identity: what a password must be, how long a sign-in lasts, how often one may try."""

from datetime import timedelta
from functools import cache
from importlib import resources

SESSION_LIFE = timedelta(days=30)
SESSION_IDLE = timedelta(days=7)
# How stale the last-seen time may be; writing it at each request would make every read a write.
SEEN_EVERY = timedelta(minutes=10)
PASSWORD_SHORTEST = 8
PASSWORD_LONGEST = 256
# Failed attempts for one account from one address, and for one address over all accounts, within a window. There is
# no limit for an account alone: it would let a stranger lock its owner out.
TRIES_PER_PAIR = 8
TRIES_PER_ADDRESS = 60
TRY_WINDOW = timedelta(minutes=15)
# How long a browser is known by its last sign-in.
DEVICE_LIFE = timedelta(days=180)


@cache
def common_passwords() -> frozenset[str]:
    """The passwords that attackers try first, kept offline."""
    text = resources.files("trunnion.identity").joinpath("seed/common_passwords.txt").read_text("utf-8")
    return frozenset(text.split())


def password_fault(password: str, about: tuple[str, ...] = ()) -> str | None:
    """Why a password is not good enough, as a refusal code; None when it is. Length counts, composition does not."""
    if len(password) < PASSWORD_SHORTEST:
        return "password.too_short"
    if len(password) > PASSWORD_LONGEST:
        return "password.too_long"
    folded = password.casefold()
    if folded in common_passwords() or len(set(folded)) < 4:
        return "password.common"
    if any(word and len(word) > 3 and word.casefold() == folded for word in about):
        return "password.personal"
    return None
