"""Who somebody was, for the one job that still has to know."""

from dataclasses import dataclass
from uuid import UUID

import msgspec

from trunnion.identity.factors.sealing import opened, seal


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A person before they were forgotten, and what they are called since."""

    user_id: UUID
    membership_id: UUID
    name: str
    email: str
    alias: str

    def sealed(self) -> str:
        """Readable by this installation only."""
        return seal(msgspec.json.encode(self).decode())

    @classmethod
    def of(cls, text: str) -> "Forgotten":
        """What was sealed; raises ValueError where the installation's secret is another one."""
        return msgspec.json.decode(opened(text) or "", type=cls)
