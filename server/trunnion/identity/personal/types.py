"""Values of personal data that cross the room's boundary."""

from uuid import UUID

import msgspec


class Erasing(msgspec.Struct, frozen=True):
    """Who they were is gone; the job takes the journal's contents away."""

    id: UUID
    version: int
    name: str
    job_id: UUID
