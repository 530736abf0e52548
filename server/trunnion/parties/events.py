"""Facts of parties."""

from dataclasses import field
from uuid import UUID

from trunnion.kernel.events import Event


class PartyCreated(Event, name="parties.party.created"):
    """A party became known."""

    party_id: UUID
    number: str
    name: str


class PartyRenamed(Event, name="parties.party.renamed", gathers="party_ids"):
    """Parties are called differently; `party_id` is the one of a fact that was told before they were many."""

    party_ids: list[UUID] = field(default_factory=list)
    party_id: UUID | None = None

    @property
    def ids(self) -> list[UUID]:
        """Which."""
        return [*self.party_ids, *([self.party_id] if self.party_id else [])]


class PartyMerged(Event, name="parties.party.merged"):
    """Two parties turned out to be one."""

    party_id: UUID
    into_id: UUID


class PartyUnmerged(Event, name="parties.party.unmerged"):
    """Two parties that were taken for one are two again."""

    party_id: UUID
    from_id: UUID | None


class PartyArchived(Event, name="parties.party.archived"):
    """The organisation no longer deals with a party."""

    party_id: UUID


class PartyRestored(Event, name="parties.party.restored"):
    """The organisation deals with a party again."""

    party_id: UUID
