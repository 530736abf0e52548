"""What a file says of records before they are ours: frozen drafts, and what becomes of each."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from trunnion.integrations.cobie.types import Finding, Severity


class Thing(StrEnum):
    """Which kind of record a draft becomes; in the order in which they are written."""

    LOCATION = "location"
    ASSET = "asset"
    METER = "meter"


KIND = {Thing.LOCATION: "assets.location", Thing.ASSET: "assets.asset", Thing.METER: "assets.meter"}


class Verdict(StrEnum):
    """What becomes of a draft."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"


@dataclass(slots=True)
class Draft:
    """One record as a file tells of it.

    `key` is what the file calls it, `within` the key of what it lies in or belongs to. A value that is not stated is
    left alone. `attributes` are (text, unit) by name.
    """

    thing: Thing
    row: int
    key: str
    values: dict[str, Any]
    within: str = ""
    # Our own ids, where the file came from us.
    id: UUID | None = None
    within_id: UUID | None = None
    attributes: dict[str, tuple[str, str]] = field(default_factory=dict)
    verdict: Verdict = Verdict.NEW


@dataclass(slots=True)
class Batch:
    """All drafts of a file, and what reading it brought up. `scheme` is what their references are called by."""

    scheme: str
    name: str
    drafts: list[Draft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def error(self, draft: Draft, column: str, code: str, **facts: object) -> None:
        """Sets a draft aside and says why."""
        draft.verdict = Verdict.ERROR
        self.findings.append(Finding(draft.thing.value, draft.row, column, code, facts, Severity.ERROR))

    def note(self, row: int | None, column: str, code: str, **facts: object) -> None:
        """Tells something that sets nothing aside."""
        self.findings.append(Finding(None, row, column, code, facts))
