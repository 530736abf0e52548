"""Values of second factors that cross the room's boundary."""

from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec


class Way(StrEnum):
    """How somebody proves that it is them, beside the password."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


class SecondNeeded(msgspec.Struct, frozen=True):
    """The password was right and is not enough: what may follow, and the ticket to bring along."""

    ticket: str
    ways: list[Way]
    # What the browser needs to ask for a passkey; nothing where there is none.
    passkey: dict[str, Any] | None = None


class NewTotp(msgspec.Struct, frozen=True):
    """What an authenticator app is to be told; shown this once."""

    id: UUID
    secret: str
    uri: str
    picture: str


class PasskeyOffer(msgspec.Struct, frozen=True):
    """What a browser needs to make a passkey, and the ticket to bring back with it."""

    ticket: str
    options: dict[str, Any]


class Enrolled(msgspec.Struct, frozen=True):
    """A factor that holds from now on; `codes` are the recovery codes, shown with the first factor only."""

    id: UUID
    version: int
    codes: list[str]


class Codes(msgspec.Struct, frozen=True):
    """Fresh recovery codes; the former ones are void."""

    codes: list[str]
