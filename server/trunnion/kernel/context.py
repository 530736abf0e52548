"""The context: who acts, for which organisation, by which door, with which grants; frozen and passed explicitly."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from .errors import NotSignedIn


class Door(StrEnum):
    """The way by which a command came in."""

    WEB = "web"
    FIELD = "field"
    PORTAL = "portal"
    API = "api"
    CLI = "cli"
    JOB = "job"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the organisation an actor sees; None means all of it."""

    location_ids: frozenset[UUID] | None = None
    team_ids: frozenset[UUID] | None = None
    party_ids: frozenset[UUID] | None = None


class Everything(frozenset[str]):
    """The grants of the system itself: every verb."""

    def __contains__(self, item: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a command may know of its caller.

    `key` is the replay key of a retried or offline request; `seen_version` the version of the record that the
    caller saw; `device_at` the caller's own clock when the person acted (evidence, not truth).
    """

    organisation_id: UUID
    actor_id: UUID | None
    door: Door
    grants: frozenset[str] = frozenset()
    scope: Scope = field(default_factory=Scope)
    actor_name: str = ""
    on_behalf_of: str = ""
    # Whose deed the software reacts to.
    caused_by: UUID | None = None
    key: str | None = None
    seen_version: int | None = None
    device_at: datetime | None = None
    language: str = "en"
    zone: str = "UTC"
    # The sign-in by which the actor came, and whether it lacks the second factor that a role of theirs needs.
    session_id: UUID | None = None
    awaits_factor: bool = False

    def may(self, permission: str) -> bool:
        """Whether the grants hold this permission."""
        return permission in self.grants

    @property
    def person_id(self) -> UUID:
        """The person who acts; raises NotSignedIn where it is the software itself or a guest."""
        if self.actor_id is None:
            raise NotSignedIn
        return self.actor_id

    def with_(self, **changes: Any) -> "Context":
        """The same context with some facts replaced."""
        return replace(self, **changes)

    def granting(self, permissions: Iterable[str]) -> "Context":
        """The same context with exactly these grants."""
        return replace(self, grants=frozenset(permissions))


def system(organisation_id: UUID, door: Door = Door.JOB, **facts: Any) -> Context:
    """The context in which the software itself acts for an organisation: jobs, handlers, the command line."""
    return Context(organisation_id=organisation_id, actor_id=None, door=door, grants=Everything(), **facts)
