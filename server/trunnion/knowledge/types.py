"""Values of knowledge that cross its boundary."""

from enum import StrEnum
from uuid import UUID

import msgspec


class CodeList(StrEnum):
    """The lists that a failure is described with; each is a field of its own and never joined with another."""

    MODE = "mode"
    MECHANISM = "mechanism"
    CAUSE = "cause"
    DETECTION = "detection"
    ACTIVITY = "activity"


class Standing(StrEnum):
    """Whether a code says something, or admits that nothing fits or nothing is known."""

    PLAIN = "plain"
    OTHER = "other"
    UNKNOWN = "unknown"


class FailureCodeCard(msgspec.Struct, frozen=True):
    """A failure code as other rooms and clients know it."""

    id: UUID
    list: CodeList
    code: str
    notation: str
    group: str
    name_en: str
    name_zh: str
    standing: Standing

    def name(self, language: str) -> str:
        """The name in a reader's language."""
        return self.name_zh if language.startswith("zh") else self.name_en
