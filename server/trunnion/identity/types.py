"""Values of identity that cross its boundary."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class ScopeKind(StrEnum):
    """By what a membership may be narrowed."""

    LOCATION = "location"
    TEAM = "team"
    CUSTOMER = "customer"


class Done(msgspec.Struct, frozen=True):
    """The plain answer of a verb: which record, and its version after it."""

    id: UUID
    version: int


class SignedIn(msgspec.Struct, frozen=True):
    """A session that was opened; `token` goes into the cookie and is never shown again."""

    session_id: UUID
    token: str
    user_id: UUID
    organisation_id: UUID
    expires_at: datetime


class NewToken(msgspec.Struct, frozen=True):
    """An API token that was made; `token` is shown this once."""

    id: UUID
    version: int
    token: str


class Founded(msgspec.Struct, frozen=True):
    """An organisation that was made with its owner."""

    organisation_id: UUID
    user_id: UUID


class Place(msgspec.Struct, frozen=True):
    """An organisation as its operator names it."""

    id: UUID
    name: str
    zone: str


class Person(msgspec.Struct, frozen=True):
    """A member as other rooms know them."""

    user_id: UUID
    name: str
    email: str
    language: str
    is_active: bool


class OrganisationFacts(msgspec.Struct, frozen=True):
    """What other rooms go by: the organisation's money, language and time."""

    id: UUID
    name: str
    currency: str
    zone: str
    language: str


class Account(msgspec.Struct, frozen=True):
    """A person's own settings, as far as the door needs them."""

    id: UUID
    language: str
    zone: str


class OpenSession(msgspec.Struct, frozen=True):
    """A sign-in that holds."""

    id: UUID
    organisation_id: UUID
    seen_at: datetime
    is_proved: bool
    user: Account
