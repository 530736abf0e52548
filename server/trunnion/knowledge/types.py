"""Values of knowledge that cross its boundary."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field, StringConstraints

from trunnion.kernel.inputs import Line

# Stands for every equipment class.
ANY_CLASS = "*"
Label = Annotated[Line, Field(max_length=200)]
Notation = Annotated[Line, Field(max_length=20)]
ClassCode = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z0-9_.-]{1,120})$")]
Classes = Annotated[list[ClassCode], Field(min_length=1, max_length=200)]


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


@dataclass(frozen=True)
class CodeLine:
    """A code that must exist; it is found by its id, else by its code in its list. What is empty stays."""

    list: CodeList | None = None
    code: Annotated[Line, Field(max_length=60)] = ""
    id: UUID | None = None
    name_en: Label = ""
    name_zh: Label = ""
    notation: Notation = ""
    meaning_en: Line = ""
    meaning_zh: Line = ""
    classes: Classes | None = None
