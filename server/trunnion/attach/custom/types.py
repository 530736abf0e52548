"""What a custom field is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import Field, StringConstraints

from trunnion.kernel.errors import FieldError

ALWAYS = "always"
Value = str | Decimal | int | bool | date | datetime | UUID | list[str] | None


class FieldType(StrEnum):
    """What a custom field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    INTEGER = "integer"
    YES_NO = "yes_no"
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"
    CHOICES = "choices"
    LINK = "link"
    REFERENCE = "reference"


class Pattern(StrEnum):
    """The forms that a text can be held to; a closed list, so that no text takes for ever to check."""

    DIGITS = "digits"
    LETTERS = "letters"
    LETTERS_DIGITS = "letters_digits"
    CODE = "code"
    EMAIL = "email"
    PHONE = "phone"
    IPV4 = "ipv4"


TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER})
PICKS = frozenset({FieldType.CHOICE, FieldType.CHOICES})

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_PLAIN = r"^[^\x00-\x1f]*$"
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=_PLAIN)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=_PLAIN)]


@dataclass(frozen=True)
class ChoiceLine:
    """One choice of a field: what is stored, and its words."""

    value: Key
    label_en: Label
    label_zh: Label
    is_archived: bool = False


Choices = Annotated[list[ChoiceLine], Field(max_length=200)]
Verbs = Annotated[list[Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]], Field(max_length=20)]
Narrow = Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=50)]


class Refused(Exception):
    """A value that does not fit its field: why, and what would be right."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def at(self, pointer: str) -> FieldError:
        """The refusal of the field at this place."""
        return FieldError(pointer, self.code, self.facts)


class Definition(msgspec.Struct, frozen=True):
    """A field as it is defined, without what only its table needs."""

    id: UUID
    subject_kind: str
    key: str
    label_en: str
    label_zh: str
    value_type: str
    unit: str
    refers_to: str
    choices: list[dict[str, Any]]
    required_at: list[str]
    default: Any
    lowest: Decimal | None
    highest: Decimal | None
    most_length: int | None
    pattern: str
    group_en: str
    group_zh: str
    narrowed_by: str
    narrowed_to: list[str]
    archived_at: datetime | None


class CustomField(msgspec.Struct, frozen=True):
    """A custom field as other rooms know it: what an import can offer as a column."""

    id: UUID
    kind: str
    key: str
    label: Mapping[str, str]
    value_type: str
    unit: str
    refers_to: str
    choices: list[dict[str, Any]]
    required_at: list[str]
