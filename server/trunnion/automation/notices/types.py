"""Values of notices."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import msgspec


class What(StrEnum):
    """What somebody is told of; each can be switched off by its reader."""

    MENTION = "mention"
    TALK = "talk"
    ASSIGNED = "assigned"
    PROGRESS = "progress"
    APPROVAL = "approval"
    DECISION = "decision"
    RATING = "rating"
    WARRANTY = "warranty"
    INSPECTION = "inspection"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Word:
    """What there is to tell about a record; `source` is the same however often the same fact is told."""

    what: What
    kind: str
    row_id: UUID
    source: str
    # What the record is called, where it has no row that says so.
    title: str = ""
    # An event's name or a day, put into words by whoever shows it.
    detail: str = ""


class Marked(msgspec.Struct, frozen=True):
    """How many notices are read now that were not."""

    marked: int
