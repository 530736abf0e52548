"""Facts of knowledge."""

from uuid import UUID

from trunnion.kernel.events import Event


class FailureCodeArchived(Event, name="knowledge.failure_code.archived"):
    """A code is no longer offered; what was recorded with it keeps it."""

    failure_code_id: UUID
    list: str
    code: str


class FailureCodesSeeded(Event, name="knowledge.failure_code.seeded"):
    """An organisation received the shipped codes that it did not have."""

    count: int
