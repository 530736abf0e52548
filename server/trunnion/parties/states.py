"""The legal moves of a party."""

from enum import StrEnum

from trunnion.kernel.moves import Machine, Move


class PartyState(StrEnum):
    """Whether the organisation still deals with a party."""

    ACTIVE = "active"
    ARCHIVED = "archived"


PARTY = Machine(
    "parties.party",
    PartyState,
    PartyState.ACTIVE,
    (
        Move.of("edit", [PartyState.ACTIVE], None),
        Move.of("archive", [PartyState.ACTIVE], PartyState.ARCHIVED),
        Move.of("restore", [PartyState.ARCHIVED], PartyState.ACTIVE),
    ),
)
