"""The steps of a procedure: what each asks, whether it must be answered, and on which earlier answers it depends."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from trunnion.kernel.inputs import Line, Name, Prose, SignedAmount

from .questions import Asks, Question, TaskResult

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Unit = Annotated[Line, Field(max_length=20)]
Short = Annotated[Line, Field(max_length=200)]
Choices = Annotated[tuple[Annotated[Line, Field(min_length=1, max_length=100)], ...], Field(max_length=30)]
# Short enough for a person to do in one go, and for one order to carry.
MOST_STEPS = 200
MOST_CHECKS = 400
MOST_REPEATS = 20


class Requirement(StrEnum):
    """Whether a step may be left out: freely, with a reason, or not at all."""

    OPTIONAL = "optional"
    REASON = "reason"
    MUST = "must"


@dataclass(frozen=True)
class Condition:
    """What an earlier answer must be: one of these results, one of these values, a number above or below."""

    step: Key
    results: Annotated[tuple[TaskResult, ...], Field(max_length=4)] = ()
    values: Choices = ()
    above: SignedAmount | None = None
    below: SignedAmount | None = None

    def holds(self, result: str, value: str) -> bool:
        """Whether an answer is such a one; what is not answered is none."""
        if not result or (self.results and result not in self.results):
            return False
        if self.values and value not in self.values:
            return False
        if self.above is None and self.below is None:
            return True
        number = _decimal(value)
        if number is None:
            return False
        return (self.above is None or number > self.above) and (self.below is None or number < self.below)


@dataclass(frozen=True)
class Step:
    """One step; `key` stays the same from version to version, so that its answers can be compared."""

    key: Key
    title: Name
    asks: Asks = Asks.CHECK
    section: Short = ""
    instruction: Prose = ""
    unit: Unit = ""
    low: SignedAmount | None = None
    high: SignedAmount | None = None
    choices: Choices = ()
    requirement: Requirement = Requirement.OPTIONAL
    repeats: Annotated[int, Field(ge=1, le=MOST_REPEATS)] = 1
    when: Annotated[tuple[Condition, ...], Field(max_length=5)] = ()
    # A picture or a paper that hangs on the procedure.
    file_id: UUID | None = None
    # Which of the asset's meters is read, by its name.
    meter: Short = ""

    @property
    def question(self) -> Question:
        """What it asks."""
        return Question(self.asks, self.unit, self.low, self.high, list(self.choices))


Steps = Annotated[tuple[Step, ...], Field(max_length=MOST_STEPS)]


def _decimal(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
